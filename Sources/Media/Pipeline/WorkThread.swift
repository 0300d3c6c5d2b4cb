import Foundation

/// A thread of the system, apart from the pools of Swift concurrency and Dispatch: work that blocks
/// or takes long starves neither.
final class WorkThread: @unchecked Sendable {
  private let lock = NSLock()
  /// Nil once it was joined; read and written under the lock.
  private var thread: pthread_t?

  /// Starts a thread, which must be joined; nil where the system has none left.
  init?(body: @escaping @Sendable () -> Void) {
    let start = Unmanaged.passRetained(Start(body: body))
    var thread = pthread_t()
    let status = pthread_create(
      &thread, nil,
      { @Sendable argument in
        guard let argument else { return nil }
        Unmanaged<Start>.fromOpaque(argument).takeRetainedValue().body()
        return nil
      }, start.toOpaque())
    guard status == 0 else {
      start.release()
      return nil
    }
    self.thread = thread
  }

  /// Waits for the end of the thread.
  func join() {
    lock.withLock {
      if let thread { pthread_join(thread, nil) }
      thread = nil
    }
  }

  /// What a thread begins with.
  private final class Start: Sendable {
    let body: @Sendable () -> Void

    init(body: @escaping @Sendable () -> Void) { self.body = body }
  }
}
