import Tensors

/// A transformer block of CLIP, pre-norm.
///
/// Source: `ResidualAttentionBlock` of the reference.
struct VisualBlock: Sendable {
  /// `<name>.ln_1`
  let attentionNorm: LayerNorm
  /// `<name>.attn.in_proj_weight`, `<name>.attn.in_proj_bias`: query, key and value, `[D → 3D]`
  let input: Linear
  /// `<name>.attn.out_proj`
  let output: Linear
  /// `<name>.ln_2`
  let feedForwardNorm: LayerNorm
  /// `<name>.mlp.c_fc`
  let expand: Linear
  /// `<name>.mlp.c_proj`
  let contract: Linear

  init(_ reader: WeightReader, _ name: String, vision: MPLUGConfiguration.Vision) throws {
    let width = vision.width
    let epsilon = VisualEncoder.epsilon
    attentionNorm = try reader.norm(name + ".ln_1", width: width, epsilon: epsilon)
    input = try reader.linear(
      inputs: width,
      parts: [(name + ".attn.in_proj_weight", name + ".attn.in_proj_bias", 3 * width)])
    output = try reader.linear(name + ".attn.out_proj", inputs: width, outputs: width)
    feedForwardNorm = try reader.norm(name + ".ln_2", width: width, epsilon: epsilon)
    expand = try reader.linear(name + ".mlp.c_fc", inputs: width, outputs: 4 * width)
    contract = try reader.linear(name + ".mlp.c_proj", inputs: 4 * width, outputs: width)
  }

  /// - Parameters:
  ///   - x: `[rows, D]`
  ///   - sequences: The rows of each picture.
  /// - Returns: `[rows, D]`
  func callAsFunction(
    _ x: Matrix, sequences: [Range<Int>], heads: Int, _ engine: Engine
  ) -> Matrix {
    let attended = engine.linear(
      attention(engine.layerNorm(x, attentionNorm), sequences, heads, engine), output, residual: x)
    let inner = engine.linear(
      engine.layerNorm(attended, feedForwardNorm), expand, activation: .quickGELU)
    return engine.linear(inner, contract, residual: attended)
  }

  private func attention(
    _ x: Matrix, _ sequences: [Range<Int>], _ heads: Int, _ engine: Engine
  ) -> Matrix {
    let width = x.width
    let projected = engine.linear(x, input)
    let memories = engine.memories(
      keys: projected.columns(width..<2 * width), values: projected.columns(2 * width..<3 * width),
      sequences: sequences.map(Array.init), heads: heads)
    return engine.attention(
      projected.columns(0..<width),
      zip(sequences, memories).map { AttentionGroup(queries: $0, memory: $1) })
  }
}
