import CTensors
import Foundation

/// Computes: which instructions, how many threads, and the memory that layers use again and again.
///
/// A result depends neither on the instructions nor on the threads nor on what else is in a batch, to
/// the bit.
package final class Engine: Sendable {
  /// The instructions of the kernels.
  package let instructionSet: InstructionSet
  /// How many threads work at most.
  package let threads: Int
  let pool: MatrixPool

  var body: ctensors_body { instructionSet.body }

  package init(
    instructionSet: InstructionSet = .fastest,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) {
    self.instructionSet = instructionSet
    self.threads = max(1, threads)
    pool = MatrixPool(limit: 1 << 26)
  }

  /// A matrix whose numbers are not set yet.
  package func matrix(_ rows: Int, _ width: Int) -> Matrix {
    Matrix(rows: rows, width: width, storage: MatrixStorage(rows * width, pool))
  }

  /// A matrix of given numbers, row by row.
  package func matrix(_ rows: Int, _ width: Int, _ floats: [Float]) -> Matrix {
    precondition(floats.count == rows * width)
    let matrix = matrix(rows, width)
    floats.withUnsafeBufferPointer { source in
      if let first = source.baseAddress { matrix.pointer.update(from: first, count: source.count) }
    }
    return matrix
  }

  /// Calls a function for 0, 1, …, `count` − 1, on several threads, and returns when all are done.
  package func parallel(_ count: Int, _ body: (Int) -> Void) {
    let workers = min(threads, count)
    guard workers > 1 else {
      for index in 0..<count { body(index) }
      return
    }
    withoutActuallyEscaping(body) { body in
      let work = SharedWork(count: count, body: body)
      DispatchQueue.concurrentPerform(iterations: workers) { _ in work.run() }
    }
  }
}

/// Tasks that threads take from a common counter.
private final class SharedWork: @unchecked Sendable {
  private let lock = NSLock()
  private var next = 0
  private let count: Int
  private let body: (Int) -> Void

  init(count: Int, body: @escaping (Int) -> Void) {
    self.count = count
    self.body = body
  }

  func run() {
    while true {
      let index = lock.withLock {
        next += 1
        return next - 1
      }
      guard index < count else { return }
      body(index)
    }
  }
}

extension Engine {
  /// Whether all numbers are finite.
  package func allFinite(_ floats: UnsafePointer<Float>, _ count: Int) -> Bool {
    ctensors_all_finite(body, count, floats)
  }
}
