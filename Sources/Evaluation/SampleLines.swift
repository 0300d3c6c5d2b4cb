import Datasets
import Metrics
import Records

/// `samples.jsonl`: one line a sample with what it got.
public enum SampleLines {
  /// Writes the lines to a file of their own.
  ///
  /// - Throws: `RecordError.writeFailed`; nothing half-written remains.
  public static func write(_ samples: ScoredSamples, to path: String) throws {
    try AtomicFile.write(to: path) { try write(samples, to: &$0) }
  }

  /// Writes `{"cluster": …, "id": …, "prediction": …, "scores": {…}, "statistics": {…}}` a line.
  ///
  /// `statistics` has the numbers that a metric adds up over samples where its corpus value is no
  /// mean (BLEU): with them a later comparison can resample without scoring again.
  static func write(_ samples: ScoredSamples, to file: inout FileWriter) throws {
    let scores = samples.scores.sorted { $0.name < $1.name }
    // The four orders of BLEU share one row: it is written once.
    let statistics = samples.statistics.first
    var line = JSONWriter()
    for index in samples.ids.indices {
      line.removeAll()
      line.beginObject()
      line.key("cluster")
      line.value(samples.clusters[index])
      line.key("id")
      line.value(samples.ids[index])
      line.key("prediction")
      line.value(samples.predictions[index])
      line.key("scores")
      line.beginObject()
      for score in scores {
        line.key(score.name)
        try line.value(score.values[index])
      }
      line.endObject()
      if let statistics {
        line.key("statistics")
        line.beginObject()
        line.key(statistics.name)
        line.beginArray()
        let width = statistics.rows.width
        for column in 0..<width { try line.value(statistics.rows.rows[index * width + column]) }
        line.endArray()
        line.endObject()
      }
      line.endObject()
      line.raw("\n")
      try file.append(line.bytes)
    }
  }
}
