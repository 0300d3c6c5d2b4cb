import Foundation
import Metrics
import Resources

/// What verbs that score have in common.
enum ScoringSetup {
  /// The data of metrics. Those that another version compiled count as none: the report says how to
  /// compile them anew, and the other metrics run.
  static var resources: MetricResources {
    MetricResources {
      do {
        return try Resources.meteor(environment: ProcessInfo.processInfo.environment)
      } catch METEORDataError.wrongVersion {
        return nil
      }
    }
  }

  /// The running program, whose checkout goes into the record.
  static var program: URL { URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath() }
}
