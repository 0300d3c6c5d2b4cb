/// The filters that a PNG's rows went through.
enum PNGFilter {
  /// Undoes the filter that the row's first byte names.
  ///
  /// - Parameters:
  ///   - row: the filter's byte and `size - 1` bytes.
  ///   - above: the row above, unfiltered; zeros above the first.
  ///   - step: bytes of a pixel, at least 1.
  /// - Returns: Whether there is such a filter.
  static func undo(_ row: inout [UInt8], _ above: [UInt8], size: Int, step: Int) -> Bool {
    row.withUnsafeMutableBufferPointer { row in
      above.withUnsafeBufferPointer { above in
        switch row[0] {
        case 0: break
        case 1:
          var place = 1 + step
          while place < size {
            row[place] &+= row[place - step]
            place += 1
          }
        case 2:
          for place in 1..<size { row[place] &+= above[place] }
        case 3:
          for place in 1..<size {
            let left = place > step ? Int(row[place - step]) : 0
            row[place] &+= UInt8((left + Int(above[place])) / 2)
          }
        case 4:
          for place in 1..<size {
            let hasLeft = place > step
            let (a, b) = (hasLeft ? Int(row[place - step]) : 0, Int(above[place]))
            let c = hasLeft ? Int(above[place - step]) : 0
            let (toA, toB, toC) = (abs(b - c), abs(a - c), abs(a + b - 2 * c))
            let nearest = toA <= toB && toA <= toC ? a : toB <= toC ? b : c
            row[place] &+= UInt8(nearest)
          }
        default: return false
        }
        return true
      }
    }
  }
}
