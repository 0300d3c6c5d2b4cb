import Dispatch
import Foundation
import Records

/// What happens on Ctrl-C and on `kill`: unfinished files go, and the process ends with 128 plus the
/// signal's number, 130 or 143.
enum Interruption {
  /// Handles both signals from now on.
  static func leavesNothingHalfWritten() {
    for number in [SIGINT, SIGTERM] {
      signal(number, SIG_IGN)
      let source = DispatchSource.makeSignalSource(
        signal: number, queue: .global(qos: .userInitiated))
      source.setEventHandler {
        UnfinishedWrites.removeAll { _exit(128 + number) }
      }
      source.resume()
      // For the rest of the process.
      _ = Unmanaged.passRetained(source as AnyObject)
    }
  }
}
