import Tensors

/// The positional embedding of the visual encoder, for pictures of any size.
///
/// Source: `resize_pos_embed` of the reference: bilinear, half-pixel centres, no antialiasing,
/// in float32.
package struct PositionGrid: Sendable {
  /// `[1 + side², D]`: the class token, then the patches row by row.
  let table: Matrix
  /// Patches on a side of what is stored.
  package let side: Int

  /// - Parameter table: `[1 + side², D]`
  package init(_ table: Matrix) {
    self.table = table
    side = Self.side(ofRows: table.rows)
  }

  /// Patches on a side of an embedding of some rows, the class token's among them; 16 where nothing
  /// is known.
  static func side(ofRows rows: Int?) -> Int {
    guard let rows else { return 16 }
    // A limit that no picture reaches, so that a false shape asks for no memory.
    return min(max(Int(Double(max(rows - 1, 0)).squareRoot()), 1), 1 << 10)
  }

  /// The embedding of a square of patches.
  ///
  /// - Returns: `[1 + wanted², D]`; what is stored, where the sides agree.
  package func resized(to wanted: Int, _ engine: Engine) -> Matrix {
    if wanted == side { return table }
    let width = table.width
    let resized = engine.matrix(1 + wanted * wanted, width)
    resized.row(0).update(from: table.row(0), count: width)
    let neighbours = (0..<wanted).map { neighbour(of: $0, among: wanted) }
    for (y, (top, bottom, down)) in neighbours.enumerated() {
      for (x, (left, right, across)) in neighbours.enumerated() {
        let corners = [top * side + left, top * side + right, bottom * side + left]
          .map { table.row(1 + $0) }
        let last = table.row(1 + bottom * side + right)
        let place = resized.row(1 + y * wanted + x)
        for channel in 0..<width {
          let upper = (1 - across) * corners[0][channel] + across * corners[1][channel]
          let lower = (1 - across) * corners[2][channel] + across * last[channel]
          place[channel] = (1 - down) * upper + down * lower
        }
      }
    }
    return resized
  }

  /// The two stored places around a wanted one, and the weight of the second.
  private func neighbour(of index: Int, among wanted: Int) -> (Int, Int, Float) {
    let scale = Float(side) / Float(wanted)
    let source = max((Float(index) + 0.5) * scale - 0.5, 0)
    let first = min(Int(source), side - 1)
    return (first, min(first + 1, side - 1), source - Float(first))
  }
}
