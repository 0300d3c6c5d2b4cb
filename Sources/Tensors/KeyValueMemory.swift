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
  /// A row per head: `[ceil(count/32)][depth][32]`.
  let keys: Matrix
  /// A row per head: `[ceil(depth/32)][count][32]`.
  let values: Matrix
}

/// Rows of a matrix of queries that attend to one memory.
package struct AttentionGroup: Sendable {
  /// The rows of the queries.
  package let queries: Range<Int>
  /// What they attend to.
  package let memory: KeyValueMemory

  package init(queries: Range<Int>, memory: KeyValueMemory) {
    self.queries = queries
    self.memory = memory
  }
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
    precondition(keys.width == values.width && keys.width % heads == 0)
    let depth = keys.width / heads
    let panel = CTENSORS_PANEL
    let memories = sequences.map { rows in
      KeyValueMemory(
        count: rows.count, heads: heads, depth: depth,
        keys: matrix(heads, (rows.count + panel - 1) / panel * panel * depth),
        values: matrix(heads, (depth + panel - 1) / panel * panel * rows.count))
    }
    parallel(sequences.count * heads) { index in
      let (rows, head) = (sequences[index / heads], index % heads)
      let memory = memories[index / heads]
      let piece = matrix(rows.count, depth)
      for (source, target) in [(keys, memory.keys), (values, memory.values)] {
        for (place, row) in rows.enumerated() {
          (piece.pointer + place * depth).update(from: source.row(row) + head * depth, count: depth)
        }
        if source.pointer == keys.pointer {
          ctensors_pack(body, rows.count, depth, piece.pointer, depth, target.row(head))
        } else {
          ctensors_pack_columns(body, depth, rows.count, piece.pointer, depth, target.row(head))
        }
      }
    }
    return memories
  }

  /// `softmax(scale · q·kᵀ) · v` for each head, over all keys of the group's memory.
  ///
  /// - Parameters:
  ///   - queries: `[rows, heads·depth]`
  ///   - groups: Which rows attend to which memory; rows in no group are left undefined.
  ///   - scale: `1/√depth` by default.
  /// - Returns: `[rows, heads·depth]`
  package func attention(
    _ queries: Matrix, _ groups: [AttentionGroup], scale: Float? = nil
  ) -> Matrix {
    let output = matrix(queries.rows, queries.width)
    let panel = CTENSORS_PANEL
    let block = 48
    var tasks: [(rows: Range<Int>, head: Int, memory: KeyValueMemory)] = []
    for group in groups {
      for head in 0..<group.memory.heads {
        for first in stride(from: group.queries.lowerBound, to: group.queries.upperBound, by: block)
        {
          tasks.append(
            (first..<min(first + block, group.queries.upperBound), head, group.memory))
        }
      }
    }
    parallel(tasks.count) { index in
      let (rows, head, memory) = tasks[index]
      let (count, depth) = (memory.count, memory.depth)
      let width = (count + panel - 1) / panel * panel
      let scores = matrix(rows.count, max(width, 1))
      let sums = matrix(1, rows.count)
      var product = ctensors_product()
      product.m = rows.count
      product.n = count
      product.k = depth
      product.a = UnsafePointer(queries.row(rows.lowerBound) + head * depth)
      product.a_stride = queries.stride
      product.panels = UnsafePointer(memory.keys.row(head))
      product.c = scores.pointer
      product.c_stride = scores.stride
      ctensors_multiply(body, &product)
      ctensors_exponentials(
        body, rows.count, count, scale ?? 1 / Float(depth).squareRoot(), scores.pointer,
        scores.stride, sums.pointer)
      product.n = depth
      product.k = count
      product.a = UnsafePointer(scores.pointer)
      product.a_stride = scores.stride
      product.panels = UnsafePointer(memory.values.row(head))
      product.c = output.row(rows.lowerBound) + head * depth
      product.c_stride = output.stride
      ctensors_multiply(body, &product)
      ctensors_divide_rows(
        body, rows.count, depth, sums.pointer, output.row(rows.lowerBound) + head * depth,
        output.stride)
    }
    return output
  }
}
