import Tensors

/// Tokens that go through the decoder together.
struct DecoderRows {
  /// The ids.
  var ids: [Int32] = []
  /// The position of each in its text.
  var positions: [Int] = []
  /// For each the rows of the keys and values that it sees, its own among them.
  var visible: [[UInt32]] = []
  /// Which rows attend to which memory.
  var groups: [(rows: Range<Int>, memory: Int)] = []

  /// Adds a token.
  mutating func append(_ id: Int32, at position: Int, sees visible: [UInt32], memory: Int) {
    if let last = groups.last, last.memory == memory {
      groups[groups.count - 1].rows = last.rows.lowerBound..<ids.count + 1
    } else {
      groups.append((ids.count..<ids.count + 1, memory))
    }
    ids.append(id)
    positions.append(position)
    self.visible.append(visible)
  }
}

extension TextDecoder {
  /// The last layer's output.
  ///
  /// - Parameter keysValues: Given a layer and its queries, keys and values of the rows side by side,
  ///   `[rows, 3H]`, the keys and the values that `rows.visible` counts.
  /// - Returns: `[rows, H]`
  func hidden(
    _ rows: DecoderRows, memories: [DecoderMemory], _ engine: Engine,
    keysValues: (_ layer: Int, _ fused: Matrix) -> (keys: Matrix, values: Matrix)
  ) -> Matrix {
    var x = embeddings(rows.ids, at: rows.positions, words: head.output, engine)
    for (index, layer) in layers.enumerated() {
      let fused = engine.linear(x, layer.selfAttention.input)
      let (keys, values) = keysValues(index, fused)
      let attended = engine.attention(
        fused.columns(0..<text.width), keys: keys, values: values, visible: rows.visible,
        heads: text.heads)
      x = layer.selfAttention.finish(attended, x, engine)
      x = layer.crossAttention.finish(
        cross(x, layer: index, rows, memories, engine), x, engine)
      x = layer.feedForward(x, engine)
    }
    return x
  }

  private func cross(
    _ x: Matrix, layer: Int, _ rows: DecoderRows, _ memories: [DecoderMemory], _ engine: Engine
  ) -> Matrix {
    let queries = engine.linear(x, layers[layer].crossAttention.input)
    guard memories.contains(where: { $0.held.count <= layer }) else {
      let groups = rows.groups.map { rows, memory in
        AttentionGroup(queries: rows, memory: memories[memory].held[layer])
      }
      return engine.attention(queries, groups)
    }
    // Computed for the moment: one item's at a time, so that only one is in memory.
    let output = engine.matrix(queries.rows, queries.width)
    for (memory, groups) in Dictionary(grouping: rows.groups, by: \.memory) {
      let keyValues = keyValues(memories[memory], layer: layer, engine)
      for group in groups {
        let part = engine.attention(
          queries.rows(group.rows),
          [AttentionGroup(queries: 0..<group.rows.count, memory: keyValues)])
        for (place, row) in group.rows.enumerated() {
          output.row(row).update(from: part.row(place), count: part.width)
        }
      }
    }
    return output
  }

  /// - Throws: `ModelError` for an id outside the vocabulary and for a text longer than the table of
  ///   positions.
  func check(ids: some Sequence<Int32>) throws {
    for id in ids where id < 0 || Int(id) >= vocabulary {
      throw ModelError.unknownToken(
        id: Int(id), vocabulary: vocabulary,
        remedy: "tokenize with the vocabulary that the model was trained with")
    }
  }

  /// - Throws: `ModelError` for a text longer than the table of positions.
  func check(length: Int) throws {
    guard length <= text.positions else {
      throw ModelError.textTooLong(
        tokens: length, limit: text.positions,
        remedy: "a shorter prompt or a smaller maximum length")
    }
  }
}
