import Foundation
import Reporting
import Synchronization

/// How far a long step is, on standard error: on a terminal one line that is written over, with a
/// bar, the rate and the time left; elsewhere a line every ten seconds.
final class ProgressLine: Sendable {
  private struct State {
    var started: Date?
    var shown = Date.distantPast
    var isOnScreen = false
    var furthest = 0
  }

  private let what: String
  private let isQuiet: Bool
  private let isTerminal: Bool
  private let state = Mutex(State())

  /// A line about things of one kind, in the plural.
  init(what: String, isQuiet: Bool) {
    self.what = what
    self.isQuiet = isQuiet
    isTerminal = isatty(STDERR_FILENO) == 1
  }

  /// Tells how far the step is. May be called from any thread, as often as one likes.
  ///
  /// - Parameters:
  ///   - before: How many of `done` were done when the process began: they say nothing of the pace.
  ///   - failures: How many failed so far.
  func show(_ done: Int, of total: Int, before: Int = 0, failures: Int = 0) {
    guard !isQuiet, total > 0 else { return }
    let now = Date()
    state.withLock { state in
      let started = state.started ?? now
      if state.started == nil {
        state.started = now
        // No line for what is over in a moment.
        state.shown = now
      }
      state.furthest = max(state.furthest, done)
      guard now.timeIntervalSince(state.shown) >= (isTerminal ? 0.1 : 10) else { return }
      state.shown = now
      state.isOnScreen = isTerminal
      let line = ProgressText.line(
        state.furthest, of: total, what: what, seconds: now.timeIntervalSince(started),
        before: before, failures: failures, withBar: isTerminal)
      // Back to the first column, and clear what was there.
      Self.write(isTerminal ? "\r\u{1B}[K\(line)" : "mplug-eval: \(line)\n")
    }
  }

  /// Takes the line off the screen.
  func clear() {
    state.withLock { state in
      if state.isOnScreen { Self.write("\r\u{1B}[K") }
      state.isOnScreen = false
    }
  }

  private static func write(_ text: String) {
    // Nobody is left to be told where this fails.
    try? FileHandle.standardError.write(contentsOf: Data(text.utf8))
  }
}
