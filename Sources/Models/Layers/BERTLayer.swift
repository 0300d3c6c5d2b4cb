import Tensors

/// Attention of BERT with its output: `LayerNorm(dense(attention) + x)`.
///
/// Source: `BertSelfAttention` and `BertSelfOutput` of the reference.
struct BERTAttention: Sendable {
  /// `<name>.self.{query,key,value}` as one for self-attention: `[H → 3H]`; for cross-attention the
  /// query alone, `[H → H]`.
  let input: Linear
  /// `<name>.self.{key,value}` as one, `[encoder width → 2H]`; nil for self-attention.
  let memory: Linear?
  /// `<name>.output.dense`
  let output: Linear
  /// `<name>.output.LayerNorm`
  let norm: LayerNorm

  /// - Parameter memoryWidth: The width of what is attended to; nil for self-attention.
  init(
    _ reader: WeightReader, _ name: String, width: Int, memoryWidth: Int? = nil, epsilon: Float
  ) throws {
    func part(_ kind: String) -> (weight: String, bias: String?, outputs: Int) {
      ("\(name).self.\(kind).weight", "\(name).self.\(kind).bias", width)
    }
    let (query, key, value) = (part("query"), part("key"), part("value"))
    if let memoryWidth {
      input = try reader.linear(inputs: width, parts: [query])
      memory = try reader.linear(inputs: memoryWidth, parts: [key, value])
    } else {
      input = try reader.linear(inputs: width, parts: [query, key, value])
      memory = nil
    }
    output = try reader.linear(name + ".output.dense", inputs: width, outputs: width)
    norm = try reader.norm(name + ".output.LayerNorm", width: width, epsilon: epsilon)
  }

  /// `LayerNorm(dense(attended) + x)`
  func finish(_ attended: Matrix, _ x: Matrix, _ engine: Engine) -> Matrix {
    engine.layerNorm(engine.linear(attended, output, residual: x), norm)
  }
}

/// The feed-forward part: `LayerNorm(dense(gelu(dense(x))) + x)`.
struct BERTFeedForward: Sendable {
  /// `<name>.intermediate.dense`
  let intermediate: Linear
  /// `<name>.output.dense`
  let output: Linear
  /// `<name>.output.LayerNorm`
  let norm: LayerNorm

  init(
    _ reader: WeightReader, _ name: String, width: Int, intermediateWidth: Int, epsilon: Float
  ) throws {
    intermediate = try reader.linear(
      name + ".intermediate.dense", inputs: width, outputs: intermediateWidth)
    output = try reader.linear(name + ".output.dense", inputs: intermediateWidth, outputs: width)
    norm = try reader.norm(name + ".output.LayerNorm", width: width, epsilon: epsilon)
  }

  /// - Parameter x: `[rows, H]`; many rows, as those of a video, are worked off in parts, since what
  ///   lies between the two products is wide.
  /// - Returns: `[rows, H]`
  func callAsFunction(_ x: Matrix, _ engine: Engine) -> Matrix {
    let parts = BatchSplit.rows(x.rows, engine).map { range in
      let part = x.rows(range)
      let inner = engine.linear(part, intermediate, activation: .gelu)
      return engine.layerNorm(engine.linear(inner, output, residual: part), norm)
    }
    return engine.stack(parts, width: output.outputs)
  }
}

/// A layer of BERT, post-norm, with cross-attention where it has one.
struct BERTLayer: Sendable {
  /// `<name>.attention`
  let selfAttention: BERTAttention
  /// `<name>.crossattention`
  let crossAttention: BERTAttention?
  /// `<name>.intermediate`, `<name>.output`
  let feedForward: BERTFeedForward

  /// `crossAttention`, in a layer that was made with it.
  var attentionToMemory: BERTAttention {
    guard let crossAttention else {
      preconditionFailure("a layer without cross-attention is used as one that has it")
    }
    return crossAttention
  }

  /// - Parameter memoryWidth: The width that cross-attention attends to; nil without it.
  init(
    _ reader: WeightReader, _ name: String, text: MPLUGConfiguration.Text, memoryWidth: Int? = nil
  ) throws {
    selfAttention = try BERTAttention(
      reader, name + ".attention", width: text.width, epsilon: text.epsilon)
    crossAttention = try memoryWidth.map {
      try BERTAttention(
        reader, name + ".crossattention", width: text.width, memoryWidth: $0,
        epsilon: text.epsilon)
    }
    feedForward = try BERTFeedForward(
      reader, name, width: text.width, intermediateWidth: text.intermediateWidth,
      epsilon: text.epsilon)
  }
}
