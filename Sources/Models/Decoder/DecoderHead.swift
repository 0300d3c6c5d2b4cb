import Checkpoints
import Tensors

/// The decoder's head: `LayerNorm(gelu(dense(x)))`, then a logit per word.
///
/// Source: `BertLMPredictionHead` of the reference.
struct DecoderHead: Sendable {
  /// `text_decoder.cls.predictions.transform.dense`
  let transform: Linear
  /// `text_decoder.cls.predictions.transform.LayerNorm`
  let norm: LayerNorm
  /// `text_decoder.cls.predictions.decoder.{weight,bias}`, `[V, H]` and `[V]`, tied with
  /// `text_decoder.bert.embeddings.word_embeddings.weight` and `text_decoder.cls.predictions.bias`.
  let output: Linear

  init(_ reader: WeightReader, text: MPLUGConfiguration.Text) throws {
    let name = "text_decoder.cls.predictions"
    transform = try reader.linear(
      name + ".transform.dense", inputs: text.width, outputs: text.width)
    norm = try reader.norm(name + ".transform.LayerNorm", width: text.width, epsilon: text.epsilon)
    // Of tied tensors that differ PyTorch keeps what it loads last, those of `decoder`.
    let source = reader.source
    let isUntied = source.shape(of: name + ".decoder.weight") != nil
    let hasBias = source.shape(of: name + ".decoder.bias") != nil
    output = try reader.linear(
      inputs: text.width,
      parts: [
        (
          isUntied
            ? name + ".decoder.weight" : "text_decoder.bert.embeddings.word_embeddings.weight",
          hasBias ? name + ".decoder.bias" : name + ".bias", text.vocabulary
        )
      ])
  }

  /// - Parameter x: `[rows, H]`
  /// - Returns: `[rows, V]`
  func callAsFunction(_ x: Matrix, _ engine: Engine) -> Matrix {
    let transformed = engine.layerNorm(engine.linear(x, transform, activation: .gelu), norm)
    return engine.linear(transformed, output)
  }
}
