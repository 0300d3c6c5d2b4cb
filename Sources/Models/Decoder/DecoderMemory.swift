import Tensors

/// What a decoder attends to for one item: keys and values of every layer, shared by all texts, beams
/// and steps.
///
/// Layers beyond a budget of bytes are not held but computed whenever they are wanted, to the same
/// bits.
package struct DecoderMemory: Sendable {
  /// How many tokens are attended to.
  package let count: Int
  /// Keys and values of the first layers.
  let held: [KeyValueMemory]
  /// The tokens, `[count, width]`, for the layers that are not held; nil where all are.
  let states: Matrix?
}

extension TextDecoder {
  /// Bytes that the keys and values of an item take in all layers.
  package func memoryBytes(tokens: Int) -> Int { layers.count * layerBytes(tokens: tokens) }

  private func layerBytes(tokens: Int) -> Int { 8 * text.width * ((tokens + 31) / 32 * 32) }

  /// Keys and values of every layer for each item.
  ///
  /// - Parameters:
  ///   - states: What is attended to, `[tokens of all items, H]`.
  ///   - visible: For each item the rows that may be attended to, at least one; all where nil. The
  ///     others are left out, which is exact: their weight would be zero.
  ///   - budget: Bytes that all these memories may hold together; what does not fit is computed
  ///     again whenever it is wanted. A search over many steps wants no limit.
  package func memories(
    _ states: HiddenStates, visible: [[Int]]? = nil, budget: Int = .max, _ engine: Engine
  ) -> [DecoderMemory] {
    let visible = visible ?? states.allRows
    precondition(visible.count == states.sequences.count && visible.allSatisfy { !$0.isEmpty })
    let bytes = visible.reduce(0) { $0 + layerBytes(tokens: $1.count) }
    let heldLayers = min(layers.count, budget / max(bytes, 1))
    var held = visible.map { _ in [KeyValueMemory]() }
    for items in pieces(of: states.sequences) {
      let (first, last) = (items.lowerBound, items.upperBound - 1)
      let rows = states.sequences[first].lowerBound..<states.sequences[last].upperBound
      let part = states.rows.rows(rows)
      let seen = items.map { visible[$0].map { $0 - rows.lowerBound } }
      for layer in 0..<heldLayers {
        let memories = keyValues(part, layer: layer, visible: seen, engine)
        for (item, memory) in zip(items, memories) { held[item].append(memory) }
      }
    }
    return visible.enumerated().map { item, rows in
      DecoderMemory(
        count: rows.count, held: held[item],
        states: heldLayers < layers.count ? engine.gather(states.rows, rows) : nil)
    }
  }

  /// Consecutive items whose rows follow each other, of some thousand rows together: the projected keys
  /// and values of a whole batch would take hundreds of megabytes.
  private func pieces(of sequences: [Range<Int>]) -> [Range<Int>] {
    var pieces: [Range<Int>] = []
    for (item, rows) in sequences.enumerated() {
      if let last = pieces.last, rows.lowerBound == sequences[last.upperBound - 1].upperBound,
        rows.upperBound - sequences[last.lowerBound].lowerBound <= 2048
      {
        pieces[pieces.count - 1] = last.lowerBound..<item + 1
      } else {
        pieces.append(item..<item + 1)
      }
    }
    return pieces
  }

  private func keyValues(
    _ states: Matrix, layer: Int, visible: [[Int]], _ engine: Engine
  ) -> [KeyValueMemory] {
    layers[layer].crossAttention.memories(
      of: states, visible: visible, heads: text.heads, engine)
  }

  /// The keys and values of a layer for one item.
  func keyValues(_ memory: DecoderMemory, layer: Int, _ engine: Engine) -> KeyValueMemory {
    if layer < memory.held.count { return memory.held[layer] }
    guard let states = memory.states else { preconditionFailure("a memory of another decoder") }
    return keyValues(states, layer: layer, visible: [Array(0..<states.rows)], engine)[0]
  }
}
