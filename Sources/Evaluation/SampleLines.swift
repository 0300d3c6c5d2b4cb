import Datasets
import Metrics
import Records

/// `samples.jsonl`: one line a sample with what it got.
public enum SampleLines {
  /// Writes `{"cluster": …, "id": …, "prediction": …, "scores": {…}, "statistics": {…}}` a line.
  ///
  /// A line has the scores that concern its sample: of the answer types, for instance, its own.
  /// Where the references have several records of one id, the second has `"repeat": 1`, the third 2.
  /// `statistics` has the numbers that a metric adds up over samples where its corpus value is no
  /// mean (BLEU): with them a later comparison can resample without scoring again.
  ///
  /// - Throws: `RecordError.writeFailed`; nothing half-written remains.
  public static func write(_ samples: ScoredSamples, to path: String) throws {
    let file = try AtomicFile(path)
    let scores = samples.scores.sorted { $0.name < $1.name }
    var line = JSONWriter()
    var seen: [SampleID: Int] = [:]
    for index in samples.ids.indices {
      line.beginObject()
      line.key("cluster")
      line.id(samples.clusters[index])
      line.key("id")
      line.id(samples.ids[index])
      line.key("prediction")
      try line.prediction(samples.predictions[index])
      let earlier = seen[samples.ids[index], default: 0]
      seen[samples.ids[index]] = earlier + 1
      if earlier > 0 {
        line.key("repeat")
        line.int(earlier)
      }
      line.key("scores")
      line.beginObject()
      // A score that does not apply to a sample, such as a query of another direction, is not there.
      for score in scores where !score.values[index].isNaN {
        line.key(score.name)
        try line.double(score.values[index])
      }
      line.endObject()
      if !samples.statistics.isEmpty {
        line.key("statistics")
        line.beginObject()
        for statistics in samples.statistics {
          line.key(statistics.name)
          line.beginArray()
          let width = statistics.rows.width
          for number in statistics.rows.rows[index * width..<(index + 1) * width] {
            try line.double(number)
          }
          line.endArray()
        }
        line.endObject()
      }
      line.endObject()
      line.newline()
      try file.append(draining: &line)
    }
    try file.commit()
  }
}
