import Metrics
import Records

extension Bootstrap {
  /// How intervals were made, for `run.json`.
  package var record: JSONValue {
    [
      "level": .double(level), "method": "percentile bootstrap over clusters",
      "resamples": .int(resamples), "seed": .int(Int(truncatingIfNeeded: seed)),
    ]
  }
}
