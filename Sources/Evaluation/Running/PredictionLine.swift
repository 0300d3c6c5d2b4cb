import Datasets
import Models
import Records

/// One line of `predictions.jsonl`: the official record of a sample with what is known beside it.
package struct PredictionLine: Sendable {
  /// The sample.
  package let id: SampleID
  /// The whole record.
  package let record: JSONObject

  /// A line.
  ///
  /// - Parameters:
  ///   - others: Members beside the prediction, such as `candidates`.
  ///   - remarks: What is to be said of the sample.
  ///   - media: SHA-256 of the files of its images or clips.
  package init(
    _ members: PredictionMembers, id: SampleID, prediction: JSONValue,
    others: [(String, JSONValue)],
    remarks: [String], media: [String]
  ) {
    self.id = id
    var record = JSONObject([(members.id, id.json), (members.prediction, prediction)] + others)
    if !remarks.isEmpty { record["remarks"] = .strings(remarks) }
    record["media"] = .strings(media)
    self.record = record
  }

  /// A line that was read; nil where it has no id or no prediction.
  package init?(_ value: JSONValue, _ members: PredictionMembers) {
    guard let record = value.object, let id = record[members.id].flatMap(SampleID.init(json:)),
      record[members.prediction] != nil
    else { return nil }
    self.id = id
    self.record = record
  }
}

extension JSONValue {
  /// The shortest number that reads back as the same single-precision one.
  static func float(_ value: Float) -> JSONValue { .double(Double("\(value)") ?? Double(value)) }
}
