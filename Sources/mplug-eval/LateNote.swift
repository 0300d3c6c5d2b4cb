import Dispatch
import Synchronization

/// A line on standard error about a step that takes long: none where it is over within a second.
final class LateNote: Sendable {
  private let isOver = Mutex(false)

  /// Starts the clock.
  ///
  /// - Parameter text: Is asked for when the second is over.
  init(isQuiet: Bool, _ text: @escaping @Sendable () -> String) {
    guard !isQuiet else { return }
    DispatchQueue.global().asyncAfter(deadline: .now() + 1) { [self] in
      isOver.withLock { isOver in
        if !isOver { Terminal.say(text()) }
      }
    }
  }

  /// Says that the step is over; nothing is written afterwards.
  func end() { isOver.withLock { $0 = true } }
}
