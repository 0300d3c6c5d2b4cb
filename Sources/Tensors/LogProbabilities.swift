import CTensors
import Foundation

extension Engine {
  /// `log(softmax(x))` of each row, the probability rounded to float32 first: one that underflows gives
  /// minus infinity.
  package func logProbabilities(_ x: Matrix) -> Matrix {
    let y = matrix(x.rows, x.width)
    withExtendedLifetime((x, y)) {
      parallel(x.rows) { row in
        ctensors_log_probabilities(body, 1, x.width, x.row(row), x.stride, y.row(row), y.stride)
      }
    }
    return y
  }

  /// `x − log Σ exp(x)` of some elements of each row: a log-softmax, finite however small the
  /// probability is.
  ///
  /// - Parameter wanted: For each row the columns that are wanted.
  /// - Returns: For each row one number per wanted column.
  package func logSoftmax(_ x: Matrix, at wanted: [[Int]]) -> [[Float]] {
    precondition(wanted.count == x.rows)
    let results = matrix(max(x.rows, 1), max(wanted.map(\.count).max() ?? 0, 1))
    parallel(x.rows) { row in
      let (source, scratch) = (x.row(row), matrix(1, max(x.width, 1)))
      var largest = -Float.infinity
      for column in 0..<x.width { largest = max(largest, source[column]) }
      scratch.pointer.update(from: source, count: x.width)
      var sum: Float = 0
      withExtendedLifetime((x, scratch)) {
        ctensors_exponentials(body, 1, x.width, 1, scratch.pointer, scratch.stride, &sum)
        for (place, column) in wanted[row].enumerated() {
          precondition(column >= 0 && column < x.width)
          results.row(row)[place] = Float(
            Double(source[column]) - Double(largest) - log(Double(sum)))
        }
      }
    }
    return wanted.enumerated().map { row, columns in
      (0..<columns.count).map { results.row(row)[$0] }
    }
  }
}
