import Foundation
import Synchronization

/// The hidden files and folders that this process is filling: what an interrupted process removes
/// before it ends, so that nothing half-written stays.
package enum UnfinishedWrites {
  private static let paths = Mutex<Set<String>>([])

  /// Takes note of a hidden name that was created.
  static func begin(_ path: String) {
    paths.withLock { _ = $0.insert(path) }
  }

  /// Runs the last step for a hidden name, its renaming or removal, which no interruption divides.
  static func end<Result>(_ path: String, _ step: () throws -> Result) rethrows -> Result {
    try paths.withLock { paths in
      paths.remove(path)
      return try step()
    }
  }

  /// Runs a write that no interruption divides: the process ends before or after it.
  static func undivided<Result>(_ write: () throws -> Result) rethrows -> Result {
    try paths.withLock { _ in try write() }
  }

  /// Removes what is unfinished and runs the last act of the process, which must not return.
  package static func removeAll(andThen end: () -> Never) -> Never {
    paths.withLock { paths in
      for path in paths { try? FileManager.default.removeItem(atPath: path) }
      // Still under the lock: nothing is renamed into place after this.
      end()
    }
  }
}
