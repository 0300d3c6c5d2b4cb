import CTensors

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
  /// `softmax(scale · q·kᵀ) · v` for each head, over all keys of the group's memory; zeros where it has
  /// none.
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
    var tasks: [(rows: Range<Int>, head: Int, memory: KeyValueMemory)] = []
    for group in groups {
      let memory = group.memory
      precondition(memory.heads * memory.depth == queries.width)
      precondition(group.queries.lowerBound >= 0 && group.queries.upperBound <= queries.rows)
      let blocks = blocksOfQueries(group)
      for head in 0..<memory.heads {
        for rows in blocks { tasks.append((rows, head, memory)) }
      }
    }
    withExtendedLifetime((queries, output)) {
      parallel(tasks.count) { index in
        let (rows, head, memory) = tasks[index]
        attend(queries, output, rows, head, memory, scale ?? 1 / Float(memory.depth).squareRoot())
      }
    }
    return output
  }

  /// Queries whose scores stay in a cache of 1 MiB beside the keys and values of a head, in tiles of
  /// twelve; of very many keys, two tiles share what is read of them.
  private func blocksOfQueries(_ group: AttentionGroup) -> [Range<Int>] {
    let (count, start) = (group.queries.count, group.queries.lowerBound)
    let fitting = (144 << 10) / MemoryLayout<Float>.stride / max(group.memory.count, 1)
    let largest = max(24, min(fitting / 12 * 12, 96))
    let blocks = (count + largest - 1) / largest
    return (0..<blocks).map {
      start + $0 * count / blocks..<start + ($0 + 1) * count / blocks
    }
  }

  /// Some queries over the keys and values of one head.
  private func attend(
    _ queries: Matrix, _ output: Matrix, _ rows: Range<Int>, _ head: Int, _ memory: KeyValueMemory,
    _ scale: Float
  ) {
    let (count, depth) = (memory.count, memory.depth)
    let target = output.row(rows.lowerBound) + head * depth
    // A multiple of 16 floats, so that rows of scores begin where a line of the cache does.
    let scores = matrix(rows.count, (count + 15) / 16 * 16)
    let sums = matrix(1, rows.count)
    withExtendedLifetime((scores, sums, memory)) {
      var product = ctensors_product()
      product.m = rows.count
      product.n = count
      product.k = depth
      product.a = UnsafePointer(queries.row(rows.lowerBound) + head * depth)
      product.a_stride = queries.stride
      product.c = scores.pointer
      product.c_stride = scores.stride
      multiply(&product, memory.keys.row(head), memory, CTENSORS_ROWS_OF_OUTPUTS)
      ctensors_exponentials(
        body, rows.count, count, scale, scores.pointer, scores.stride, sums.pointer)
      product.n = depth
      product.k = count
      product.a = UnsafePointer(scores.pointer)
      product.a_stride = scores.stride
      product.c = target
      product.c_stride = output.stride
      multiply(&product, memory.values.row(head), memory, CTENSORS_ROWS_OF_INPUTS)
      if count > 0 {
        ctensors_divide_rows(body, rows.count, depth, sums.pointer, target, output.stride)
      }
    }
  }

  /// A product with keys or values of one head, `[count, depth]` where a library makes it.
  private func multiply(
    _ product: inout ctensors_product, _ second: UnsafePointer<Float>, _ memory: KeyValueMemory,
    _ layout: ctensors_layout
  ) {
    if let library = memory.library {
      library.multiply(product, second, stride: memory.depth, layout: layout, body: body)
    } else {
      product.panels = second
      ctensors_multiply(body, &product)
    }
  }
}
