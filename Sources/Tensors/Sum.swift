import CTensors

extension Engine {
  /// The sum of two matrices of one shape.
  package func sum(_ x: Matrix, _ y: Matrix) -> Matrix {
    precondition(x.rows == y.rows && x.width == y.width)
    let total = matrix(x.rows, x.width)
    withExtendedLifetime((x, y, total)) {
      for row in 0..<x.rows {
        total.row(row).update(from: y.row(row), count: y.width)
        ctensors_add(body, x.width, x.row(row), total.row(row))
      }
    }
    return total
  }
}
