import CTensors

/// Keys and values of one sequence, packed for attention: computed once, attended to by any number of
/// queries.
package struct KeyValueMemory: Sendable {
  /// How many keys.
  package let count: Int
  /// How many heads.
  package let heads: Int
  /// Channels of a head.
  package let depth: Int
  /// A row per head: `[ceil(count/32)][depth][32]`; `[count][depth]` for a library.
  let keys: Matrix
  /// A row per head: `[ceil(depth/32)][count][32]`; `[count][depth]` for a library.
  let values: Matrix
  /// The library that makes the products, which takes keys and values as they are.
  let library: OpenBLAS?
}

extension Engine {
  /// Packs the keys and values of sequences.
  ///
  /// - Parameters:
  ///   - keys: `[rows, heads·depth]`
  ///   - values: `[rows, heads·depth]`
  ///   - sequences: For each memory the rows of its keys, in order; rows that are masked are left
  ///     out, which is exact: their weight would be zero.
  package func memories(
    keys: Matrix, values: Matrix, sequences: [[Int]], heads: Int
  ) -> [KeyValueMemory] {
    precondition(keys.width == values.width && heads > 0 && keys.width % heads == 0)
    precondition(
      sequences.joined().allSatisfy { $0 >= 0 && $0 < min(keys.rows, values.rows) })
    let depth = keys.width / heads
    if let library = products.library {
      return sequences.map {
        KeyValueMemory(
          count: $0.count, heads: heads, depth: depth, keys: rowsOfHeads(keys, $0, heads),
          values: rowsOfHeads(values, $0, heads), library: library)
      }
    }
    let panel = CTENSORS_PANEL
    let memories = sequences.map { rows in
      KeyValueMemory(
        count: rows.count, heads: heads, depth: depth,
        keys: matrix(heads, (rows.count + panel - 1) / panel * panel * depth),
        values: matrix(heads, (depth + panel - 1) / panel * panel * rows.count),
        library: nil)
    }
    let stretches = sequences.map(stretchesOfRows)
    withExtendedLifetime((keys, values, memories)) {
      parallel(sequences.count * heads) { index in
        let (sequence, head) = (index / heads, index % heads)
        let memory = memories[sequence]
        pack(
          keys: keys.pointer + head * depth, keys.stride, sequences[sequence],
          isOneStretch: stretches[sequence].count == 1, depth, memory.keys.row(head))
        pack(
          values: values.pointer + head * depth, values.stride, stretches[sequence],
          rows: memory.count, depth, memory.values.row(head))
      }
    }
    return memories
  }

  /// Some rows of a matrix `[any, heads·depth]`, those of a head together: `[heads][rows][depth]`.
  private func rowsOfHeads(_ x: Matrix, _ rows: [Int], _ heads: Int) -> Matrix {
    let depth = x.width / heads
    let gathered = matrix(heads, rows.count * depth)
    withExtendedLifetime((x, gathered)) {
      for head in 0..<heads {
        for (place, row) in rows.enumerated() {
          (gathered.row(head) + place * depth).update(from: x.row(row) + head * depth, count: depth)
        }
      }
    }
    return gathered
  }

  /// Rows that follow each other, taken together.
  private func stretchesOfRows(_ rows: [Int]) -> [Range<Int>] {
    rows.reduce(into: []) { stretches, row in
      if let last = stretches.last, last.upperBound == row {
        stretches[stretches.count - 1] = last.lowerBound..<row + 1
      } else {
        stretches.append(row..<row + 1)
      }
    }
  }

  /// Keys of one head: rows that follow each other are read where they are, others are put together
  /// first, a panel at a time.
  private func pack(
    keys: UnsafePointer<Float>, _ stride: Int, _ rows: [Int], isOneStretch: Bool, _ depth: Int,
    _ panels: UnsafeMutablePointer<Float>
  ) {
    if isOneStretch {
      ctensors_pack(body, rows.count, depth, keys + rows[0] * stride, stride, panels)
      return
    }
    let panel = CTENSORS_PANEL
    let piece = matrix(panel, depth)
    for first in Swift.stride(from: 0, to: rows.count, by: panel) {
      let places = first..<min(first + panel, rows.count)
      for place in places {
        piece.row(place - first).update(from: keys + rows[place] * stride, count: depth)
      }
      piece.withPointer {
        ctensors_pack(body, places.count, depth, $0, depth, panels + first * depth)
      }
    }
  }

  /// Values of one head.
  private func pack(
    values: UnsafePointer<Float>, _ stride: Int, _ stretches: [Range<Int>], rows: Int,
    _ depth: Int, _ panels: UnsafeMutablePointer<Float>
  ) {
    let panel = CTENSORS_PANEL
    for first in Swift.stride(from: 0, to: depth, by: panel) {
      var place = 0
      for stretch in stretches {
        ctensors_pack_columns(
          body, min(panel, depth - first), stretch.count,
          values + stretch.lowerBound * stride + first, stride,
          panels + first * rows + place * panel)
        place += stretch.count
      }
    }
  }
}
