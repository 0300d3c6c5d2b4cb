import Tensors

extension BERTAttention {
  /// Attention among the tokens of each sequence: `LayerNorm(dense(attention) + x)`.
  ///
  /// - Parameters:
  ///   - x: `[rows, H]`
  ///   - sequences: The rows of each sequence.
  ///   - visible: For each sequence the rows that may be attended to, in order.
  ///   - heads: Heads of the attention.
  /// - Returns: `[rows, H]`
  func among(
    _ x: Matrix, sequences: [Range<Int>], visible: [[Int]], heads: Int, _ engine: Engine
  ) -> Matrix {
    let (queries, memories) = queriesAndMemories(x, visible: visible, heads: heads, engine)
    let groups = zip(sequences, memories).map { AttentionGroup(queries: $0, memory: $1) }
    return finish(engine.attention(queries, groups), x, engine)
  }

  /// The queries of all rows, `[rows, H]`, and the packed keys and values of each sequence.
  func queriesAndMemories(
    _ x: Matrix, visible: [[Int]], heads: Int, _ engine: Engine
  ) -> (queries: Matrix, memories: [KeyValueMemory]) {
    precondition(memory == nil, "cross-attention has keys and values of its own")
    let width = x.width
    let projected = engine.linear(x, input)
    let memories = engine.memories(
      keys: projected.columns(width..<2 * width), values: projected.columns(2 * width..<3 * width),
      sequences: visible, heads: heads)
    return (projected.columns(0..<width), memories)
  }

  /// The packed keys and values of cross-attention, for each sequence.
  ///
  /// - Parameters:
  ///   - states: What is attended to, `[rows, encoder width]`.
  ///   - visible: For each sequence the rows that may be attended to, in order.
  func memories(
    of states: Matrix, visible: [[Int]], heads: Int, _ engine: Engine
  ) -> [KeyValueMemory] {
    guard let memory else { preconditionFailure("self-attention makes its own keys and values") }
    let width = memory.outputs / 2
    let projected = engine.linear(states, memory)
    return engine.memories(
      keys: projected.columns(0..<width), values: projected.columns(width..<2 * width),
      sequences: visible, heads: heads)
  }

  /// Cross-attention: `LayerNorm(dense(attention) + x)`.
  ///
  /// - Parameters:
  ///   - x: `[rows, H]`
  ///   - groups: Which rows attend to which memory, all rows together.
  /// - Returns: `[rows, H]`
  func across(_ x: Matrix, _ groups: [AttentionGroup], _ engine: Engine) -> Matrix {
    finish(engine.attention(engine.linear(x, input), groups), x, engine)
  }
}
