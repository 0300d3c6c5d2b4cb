import Datasets
import Dispatch
import Foundation
import Synchronization

/// Looks at many media files at once.
package struct DeepCheck: Sendable {
  /// How many files are looked at at a time.
  private let threads: Int
  /// Called with how many files were looked at and how many there are, from any thread.
  private let progress: @Sendable (_ done: Int, _ total: Int) -> Void

  /// Sets up a check.
  package init(
    threads: Int = ProcessInfo.processInfo.activeProcessorCount,
    progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void = { _, _ in }
  ) {
    self.threads = max(1, threads)
    self.progress = progress
  }

  /// The verdict on each path; a path that occurs several times is looked at once.
  func verdicts(on files: [MediaLocation.File]) -> [String: MediaCheck.Verdict] {
    var seen: Set<String> = []
    let files = files.filter { seen.insert($0.path).inserted }
    let next = Atomic<Int>(0)
    let done = Atomic<Int>(0)
    let verdicts = Mutex<[String: MediaCheck.Verdict]>([:])
    // A few at a time, so that neither the counter nor the lock is where threads meet.
    let step = 16
    DispatchQueue.concurrentPerform(iterations: min(threads, max(1, files.count))) { _ in
      while true {
        let start = next.add(step, ordering: .relaxed).oldValue
        guard start < files.count else { return }
        let part = files[start..<min(start + step, files.count)].map { file in
          (file.path, MediaCheck.verdict(on: file.path, expecting: file.reference.kind))
        }
        verdicts.withLock { known in
          for (path, verdict) in part { known[path] = verdict }
        }
        progress(done.add(part.count, ordering: .relaxed).newValue, files.count)
      }
    }
    return verdicts.withLock { $0 }
  }
}
