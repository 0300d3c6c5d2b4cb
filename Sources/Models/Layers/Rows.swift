import Tensors

extension Engine {
  /// Some rows of a matrix, in any order, as a matrix of their own.
  ///
  /// - Returns: `[indices, width]`
  package func gather(_ x: Matrix, _ indices: [Int]) -> Matrix {
    let gathered = matrix(indices.count, x.width)
    for (place, index) in indices.enumerated() {
      gathered.row(place).update(from: x.row(index), count: x.width)
    }
    return gathered
  }

  /// Matrices of one width, one below the other. A single one is not copied.
  ///
  /// - Parameter width: Of the result where there are no parts.
  package func stack(_ parts: [Matrix], width: Int = 0) -> Matrix {
    if parts.count == 1 { return parts[0] }
    let stacked = matrix(parts.reduce(0) { $0 + $1.rows }, parts.first?.width ?? width)
    var place = 0
    for part in parts {
      precondition(part.width == stacked.width)
      for row in 0..<part.rows {
        stacked.row(place).update(from: part.row(row), count: part.width)
        place += 1
      }
    }
    return stacked
  }
}
