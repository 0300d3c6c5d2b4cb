import CTensors
import Foundation

/// Computes: which instructions, how many threads, and the memory that layers use again and again.
///
/// A result depends neither on the instructions nor on the threads nor on what else is in a batch, to
/// the bit, as long as our kernels make the products.
package final class Engine: Sendable {
  /// The instructions of the kernels.
  package let instructionSet: InstructionSet
  /// How many threads work at most.
  package let threads: Int
  /// Who makes products of matrices. Layers and memories of keys and values keep what the engine that
  /// they were made with needs.
  package let products: ProductMaker
  let pool: MatrixPool

  var body: ctensors_body { instructionSet.body }

  package init(
    instructionSet: InstructionSet = .fastest,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount,
    products: ProductMaker = .kernels
  ) {
    self.instructionSet = instructionSet
    self.products = products
    self.threads = max(1, threads)
    pool = MatrixPool(limit: 1 << 26)
  }

  /// A matrix whose numbers are not set yet.
  package func matrix(_ rows: Int, _ width: Int) -> Matrix {
    Matrix(rows: rows, width: width, storage: MatrixStorage(rows * width, pool))
  }

  /// A matrix that stays, as weights do, its numbers not set yet: it takes what it needs and no more,
  /// and its memory serves nothing else afterwards.
  package func weights(_ rows: Int, _ width: Int) -> Matrix {
    Matrix(rows: rows, width: width, storage: MatrixStorage(kept: rows * width))
  }

  /// A matrix for much that is read now and then, its numbers not set yet: beyond a size it lies in a
  /// file without a name, and `Matrix.letGo` takes it out of memory.
  ///
  /// - Parameter limit: From how many bytes on.
  package func spilled(_ rows: Int, _ width: Int, beyond limit: Int = 256 << 20) -> Matrix {
    guard rows * width * MemoryLayout<Float>.stride > limit,
      let storage = MatrixStorage(spilled: rows * width)
    else { return matrix(rows, width) }
    return Matrix(rows: rows, width: width, storage: storage)
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
}

extension Engine {
  /// Whether all numbers are finite.
  package func allFinite(_ floats: UnsafePointer<Float>, _ count: Int) -> Bool {
    ctensors_all_finite(body, count, floats)
  }
}
