import Tensors

extension TextDecoder {
  /// The logits after every token of whole texts, or after some of them.
  ///
  /// - Parameters:
  ///   - batch: The texts. A token sees the visible ones up to itself; the first has to be visible.
  ///   - memories: What the texts attend to.
  ///   - memoryOf: For each text the index of its memory; its own index where nil. Texts that share one
  ///     stand next to each other, so that they attend together.
  ///   - rows: The rows of the batch whose logits are wanted; all where nil.
  /// - Returns: `[wanted rows, V]`
  /// - Throws: `ModelError` for an id outside the vocabulary, for a text that is too long and for one
  ///   whose first token is masked.
  package func logits(
    _ batch: TokenBatch, memories: [DecoderMemory], memoryOf: [Int]? = nil, rows: [Int]? = nil,
    _ engine: Engine
  ) throws -> Matrix {
    try check(ids: batch.ids)
    precondition(memoryOf.map { $0.count == batch.sequences.count } ?? true)
    var tokens = DecoderRows()
    for (text, sequence) in batch.sequences.enumerated() {
      try check(length: sequence.count)
      guard batch.visible[text].first == sequence.first else {
        throw ModelError.emptyText(index: text, remedy: "the mask of [CLS] is 1")
      }
      var seen: [UInt32] = []
      var visible = batch.visible[text].makeIterator()
      var next = visible.next()
      for row in sequence {
        if next == row {
          seen.append(UInt32(row))
          next = visible.next()
        }
        tokens.append(
          batch.ids[row], at: row - sequence.lowerBound, sees: seen,
          memory: memoryOf?[text] ?? text)
      }
    }
    let width = self.text.width
    let states = hidden(tokens, memories: memories, engine) { _, fused in
      (fused.columns(width..<2 * width), fused.columns(2 * width..<3 * width))
    }
    return head(rows.map { engine.gather(states, $0) } ?? states, engine)
  }
}
