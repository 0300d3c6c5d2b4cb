import Tensors

extension BERTLayer {
  /// As `coAttend`, for the first token of each text alone.
  ///
  /// - Returns: `[texts, H]`
  func coAttendCLS(
    _ text: HiddenStates, visible: [[Int]], memories: [KeyValueMemory], heads: Int,
    _ engine: Engine
  ) -> Matrix {
    var x = selfAttention.amongFirst(
      text.rows, first: text.sequences.map(\.lowerBound), visible: visible, heads: heads, engine)
    let groups = memories.enumerated().map { AttentionGroup(queries: $0..<$0 + 1, memory: $1) }
    x = attentionToMemory.across(x, groups, engine)
    return feedForward(x, engine)
  }

  /// As `merge`, for the first token of each text alone.
  ///
  /// - Returns: `[texts, H]`
  func mergeCLS(_ pair: FusionPair, heads: Int, _ engine: Engine) -> Matrix {
    let joint = JointRows(pair, engine)
    let first = zip(joint.sequences, pair.image.sequences).map { $0.lowerBound + $1.count }
    return feedForward(
      selfAttention.amongFirst(
        joint.rows, first: first, visible: joint.visible, heads: heads, engine),
      engine)
  }
}

extension BERTAttention {
  /// As `among`, for one row of each sequence alone.
  ///
  /// - Parameter first: The row of each sequence.
  /// - Returns: `[sequences, H]`
  fileprivate func amongFirst(
    _ x: Matrix, first: [Int], visible: [[Int]], heads: Int, _ engine: Engine
  ) -> Matrix {
    let (queries, memories) = queriesAndMemories(x, visible: visible, heads: heads, engine)
    let groups = memories.enumerated().map { AttentionGroup(queries: $0..<$0 + 1, memory: $1) }
    return finish(
      engine.attention(engine.gather(queries, first), groups), engine.gather(x, first), engine)
  }
}
