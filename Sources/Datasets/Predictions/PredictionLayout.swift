import Records

/// The form of prediction records that have an id and a text.
package struct PredictionLayout: Sendable {
  /// The member with the id.
  package let id: StaticString
  /// What it may be.
  package let idForm: IDForm
  /// The member with the text.
  package let text: StaticString
  /// What the text is, for messages.
  package let what: String
  /// An id for messages.
  let exampleID: String

  /// `[{"question_id": 262148000, "answer": "down"}, …]`: VQA and video QA.
  package static let answers = PredictionLayout(
    id: "question_id", idForm: .integer, text: "answer", what: "answer", exampleID: "1")

  /// `[{"image_id": 391895, "caption": "a man riding a motorcycle"}, …]`.
  package static let captions = PredictionLayout(
    id: "image_id", idForm: .integer, text: "caption", what: "caption", exampleID: "1")

  /// `[{"id": "2248275918.jpg#2r1c", "label": "entailment"}, …]`.
  package static let labels = PredictionLayout(
    id: "id", idForm: .either, text: "label", what: "label", exampleID: "\"2248275918.jpg#2r1c\"")

  /// A record for messages.
  var example: String { "[{\"\(id)\": \(exampleID), \"\(text)\": \"…\"}, …]" }
}
