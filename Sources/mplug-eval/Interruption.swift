import Dispatch
import Foundation
import Records

/// What happens on Ctrl-C, on `kill` and when the terminal goes: unfinished files go too, and the
/// process ends with 128 plus the signal's number, such as 130 or 143.
enum Interruption {
  /// Handles the signals from now on; a hang-up that the caller had ignored, as `nohup` does, stays
  /// so.
  static func leavesNothingHalfWritten() {
    // A script's shell has SIGINT ignored in what it starts with `&`; who sends it then means it.
    for number in [SIGINT, SIGTERM, SIGHUP] where number != SIGHUP || !isIgnored(number) {
      // Until the source listens, a signal ends the process at once: nothing is written yet. Were it
      // ignored before, one that came in between would be lost.
      signal(number, SIG_DFL)
      let source = DispatchSource.makeSignalSource(
        signal: number, queue: .global(qos: .userInitiated))
      source.setEventHandler {
        UnfinishedWrites.removeAll { _exit(128 + number) }
      }
      let listens = DispatchSemaphore(value: 0)
      source.setRegistrationHandler { listens.signal() }
      source.resume()
      // Listening, the source has a handler of its own in place; ignoring the signal would undo it.
      listens.wait()
      // For the rest of the process.
      _ = Unmanaged.passRetained(source as AnyObject)
    }
  }

  private static func isIgnored(_ number: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(number, nil, &action) == 0 else { return false }
    return unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
      == unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
