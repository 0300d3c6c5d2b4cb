import CTensors

extension Engine {
  /// Attention in which each query has a list of its own of the keys that it sees: a decoder's
  /// self-attention, where a query sees what was written before it.
  ///
  /// - Parameters:
  ///   - queries: `[rows, heads·depth]`
  ///   - keys: `[any, heads·depth]`
  ///   - values: `[any, heads·depth]`
  ///   - visible: For each query the rows of the keys and values that it sees, in order; not empty.
  /// - Returns: `[rows, heads·depth]`
  package func attention(
    _ queries: Matrix, keys: Matrix, values: Matrix, visible: [[UInt32]], heads: Int
  ) -> Matrix {
    precondition(visible.count == queries.rows && queries.width % heads == 0)
    precondition(keys.width == queries.width && values.width == queries.width)
    // The kernel reads the rows that it is told to.
    let held = min(keys.rows, values.rows)
    precondition(visible.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 < held } })
    let output = matrix(queries.rows, queries.width)
    guard queries.rows > 0 else { return output }
    let depth = queries.width / heads
    let scale = 1 / Float(depth).squareRoot()
    // A share of the rows at a time: the scores of a share's queries lie in the same memory.
    let shares = min(queries.rows, 4 * threads)
    let scores = matrix(shares, max(visible.reduce(0) { max($0, $1.count) }, 1))
    withExtendedLifetime((queries, keys, values)) {
      parallel(shares) { share in
        let rows = share * queries.rows / shares..<(share + 1) * queries.rows / shares
        for row in rows {
          ctensors_attend_rows(
            body, heads, depth, scale, queries.row(row), keys.pointer, keys.stride,
            values.pointer, values.stride, visible[row], visible[row].count, scores.row(share),
            output.row(row))
        }
      }
    }
    return output
  }
}
