import Metrics
import Records
import Text

/// The form of prediction records that have an id and a class.
package struct LabelLayout: Sendable {
  /// The members that may hold the id.
  let ids: [StaticString]
  /// The members that may hold the class.
  let labels: [StaticString]
  /// The legal classes; nil where any other word is a prediction too, a wrong one.
  let classes: [String]?
  /// Whether `"logits"` may stand in place of the class, one number a class.
  let takesLogits: Bool
  /// A file for messages.
  let example: String

  /// `[{"id": "2248275918.jpg#2r1c", "label": "entailment"}, …]`, or `"logits": [-1.5, 0.25, 3]` in
  /// the order of `EntailmentLabel` in place of the label.
  package static let entailment = LabelLayout(
    ids: ["id"], labels: ["label"], classes: EntailmentLabel.names, takesLogits: true,
    example: #"[{"id": "2248275918.jpg#2r1c", "label": "entailment"}, …]"#)

  /// `[{"identifier": "dev-850-0-0", "label": "True"}, …]`; `id` and `prediction` serve as well.
  package static let statements = LabelLayout(
    ids: ["identifier", "id"], labels: ["label", "prediction"], classes: nil, takesLogits: false,
    example: #"[{"identifier": "dev-850-0-0", "label": "True"}, …]"#)
}

extension JSONReader {
  /// Reads a class that must be one of some.
  ///
  /// - Throws: `JSONError`, or `DatasetError.badRecord` that lists them for any other value.
  mutating func readClass(_ name: String, of classes: [String], index: Int) throws -> String {
    let before = self
    guard try peek() == .string else {
      throw before.badRecord(
        index, "\"\(name)\" must be a string, found \(foundText())",
        remedy: "write one of \(classes.joined(separator: ", "))")
    }
    let text = try readString()
    if let known = classes.first(where: { $0.utf8.elementsEqual(text.utf8) }) { return known }
    let near = NearestNames.of(String(text.prefix(64)), among: classes)
    let meant = near.isEmpty ? "" : "did you mean \(near.joined(separator: ", "))? "
    throw before.badRecord(
      index, "\"\(name)\" must be a class, found \(before.foundText())",
      remedy: "\(meant)the classes are \(classes.joined(separator: ", "))")
  }
}
