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
    let output = matrix(queries.rows, queries.width)
    let depth = queries.width / heads
    parallel(queries.rows) { row in
      let scratch = matrix(1, max(visible[row].count, 1))
      ctensors_attend_rows(
        body, heads, depth, 1 / Float(depth).squareRoot(), queries.row(row), keys.pointer,
        keys.stride, values.pointer, values.stride, visible[row], visible[row].count,
        scratch.pointer, output.row(row))
    }
    return output
  }
}
