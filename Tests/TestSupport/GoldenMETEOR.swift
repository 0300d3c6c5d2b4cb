import Foundation
import Metrics
import Resources

/// METEOR's data of the golden folder, compiled once for all tests of a process.
package enum GoldenMETEOR {
  private static let cache: Result<TemporaryFolder, any Error> = Result {
    let cache = try TemporaryFolder()
    guard let folder = Golden.folder else { return cache }
    try Resources.addMETEOR(
      from: folder.appendingPathComponent("metrics/meteor").path,
      environment: ["MPLUG_EVAL_CACHE": cache.path])
    return cache
  }

  /// The data; nil where there is no golden folder.
  package static func data() throws -> METEORResources? {
    try Resources.meteor(environment: ["MPLUG_EVAL_CACHE": try cache.get().path])
  }
}
