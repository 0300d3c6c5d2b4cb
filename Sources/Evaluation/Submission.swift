import Datasets
import Records

/// The prediction file as the official server takes it: every sample once, in the order of the
/// references.
enum Submission {
  /// Writes the list for the report's task.
  ///
  /// - Throws: `RecordError.writeFailed`; nothing half-written remains.
  static func write(_ report: ScoreReport, to path: String) throws {
    let (id, text): (StaticString, StaticString) =
      switch report.card.task {
      case .vqa: ("question_id", "answer")
      case .caption: ("image_id", "caption")
      }
    let file = try AtomicFile(path)
    var writer = JSONWriter()
    for index in report.samples.ids.indices {
      try file.append(index == 0 ? "[" : ",\n")
      writer.beginObject()
      writer.key(text)
      writer.string(report.samples.predictions[index])
      writer.key(id)
      writer.int(report.samples.ids[index])
      writer.endObject()
      try file.append(draining: &writer)
    }
    try file.append("]\n")
    try file.commit()
  }
}
