import Datasets
import Records

/// The prediction file as the official server takes it: every sample once, in the order of the
/// references.
enum Submission {
  /// Writes the list for the report's task.
  static func write(_ report: ScoreReport, to file: inout FileWriter) throws {
    let (id, text) =
      switch report.card.task {
      case .vqa: ("question_id", "answer")
      case .caption: ("image_id", "caption")
      }
    var line = JSONWriter()
    for index in report.samples.ids.indices {
      line.removeAll()
      line.raw(index == 0 ? "[" : ",\n")
      line.beginObject()
      line.key(text)
      line.value(report.samples.predictions[index])
      line.key(id)
      line.value(report.samples.ids[index])
      line.endObject()
      try file.append(line.bytes)
    }
    try file.append("]\n")
  }
}
