import Tensors

/// Decoding step by step: what earlier tokens left behind is kept, so that a step computes its new
/// tokens only.
package final class DecoderState {
  /// What a new token follows.
  enum Parent {
    /// Nothing: it is the first token of a text of this item.
    case item(Int)
    /// A row of the call before.
    case row(Int)
    /// An earlier token of the same call, by its place in it.
    case new(Int)
  }

  private let decoder: TextDecoder
  private let memories: [DecoderMemory]
  private let engine: Engine
  private var cache: KeyValueCache
  /// For each row of the last call the slots of its text, and its item.
  private var rows: [(path: [UInt32], item: Int)] = []

  /// How many items there are.
  package var items: Int { memories.count }

  init(_ decoder: TextDecoder, _ memories: [DecoderMemory], slots: Int, _ engine: Engine) {
    self.decoder = decoder
    self.memories = memories
    self.engine = engine
    cache = KeyValueCache(
      layers: decoder.layers.count, width: decoder.text.width, slots: slots, engine)
  }

  /// Writes tokens, each behind its parent.
  ///
  /// - Parameter kept: Which of the tokens are the rows of this call, as later parents count them; all
  ///   where nil.
  /// - Returns: The last layer's output for the rows, `[rows, H]`.
  /// - Throws: `ModelError` for an id outside the vocabulary and for a text that is too long.
  func write(_ tokens: [(id: Int32, parent: Parent)], kept: [Int]? = nil) throws -> Matrix {
    try decoder.check(ids: tokens.lazy.map(\.id))
    let live = tokens.compactMap { token -> [UInt32]? in
      if case .row(let row) = token.parent { rows[row].path } else { nil }
    }
    let slots = cache.allocate(tokens.count, keeping: live, engine)
    var batch = DecoderRows()
    var written: [(path: [UInt32], item: Int)] = []
    written.reserveCapacity(tokens.count)
    for (place, token) in tokens.enumerated() {
      var new: (path: [UInt32], item: Int) =
        switch token.parent {
        case .item(let item): ([], item)
        case .row(let row): rows[row]
        case .new(let earlier): written[earlier]
        }
      let position = new.path.count
      try decoder.check(length: position + 1)
      new.path.append(slots[place])
      batch.append(token.id, at: position, sees: new.path, memory: new.item)
      written.append(new)
    }
    let width = decoder.text.width
    let states = decoder.hidden(batch, memories: memories, engine) { layer, fused in
      cache.store(fused, layer: layer, slots: slots)
      let both = cache.layers[layer]
      return (both.columns(0..<width), both.columns(width..<2 * width))
    }
    guard let kept else {
      rows = written
      return states
    }
    rows = kept.map { written[$0] }
    return engine.gather(states, kept)
  }

  /// Logits of states, `[rows, V]`.
  func logits(_ states: Matrix) -> Matrix { decoder.head(states, engine) }
}

extension DecoderState: StepDecoder {
  package var vocabulary: Int { decoder.vocabulary }

  package func start(_ prompts: [[Int32]]) throws -> Matrix {
    precondition(prompts.count == items && prompts.allSatisfy { !$0.isEmpty })
    var tokens: [(id: Int32, parent: Parent)] = []
    var last: [Int] = []
    for (item, prompt) in prompts.enumerated() {
      for (place, id) in prompt.enumerated() {
        tokens.append((id, place == 0 ? .item(item) : .new(tokens.count - 1)))
      }
      last.append(tokens.count - 1)
    }
    return logits(try write(tokens, kept: last))
  }

  package func step(_ tokens: [Int32], parents: [Int]) throws -> Matrix {
    logits(try write(zip(tokens, parents).map { ($0, .row($1)) }))
  }
}

extension TextDecoder {
  /// Begins decoding step by step.
  ///
  /// - Parameters:
  ///   - memories: What the texts attend to, one per item.
  ///   - tokensPerItem: How many tokens an item's texts may have at a time before memory has to be
  ///     moved; beams times length is enough.
  package func start(
    _ memories: [DecoderMemory], tokensPerItem: Int = 128, _ engine: Engine
  ) -> DecoderState {
    DecoderState(self, memories, slots: max(1, memories.count * tokensPerItem), engine)
  }
}
