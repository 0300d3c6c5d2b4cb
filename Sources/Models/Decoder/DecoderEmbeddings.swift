import Checkpoints
import Tensors

/// The decoder's embeddings: `LayerNorm(word + type[0] + position)`.
///
/// Word embeddings are the rows of the output layer, with which they are tied: they are in memory once.
struct DecoderEmbeddings: Sendable {
  /// `<name>.position_embeddings.weight`, `[positions, H]`
  let positions: Matrix
  /// Row 0 of `<name>.token_type_embeddings.weight`, which every token gets: `[1, H]`
  let type: Matrix
  /// `<name>.LayerNorm`
  let norm: LayerNorm

  init(_ reader: WeightReader, _ name: String, text: MPLUGConfiguration.Text) throws {
    positions = try reader.table(
      name + ".position_embeddings.weight", rows: text.positions, width: text.width)
    type = try reader.table(name + ".token_type_embeddings.weight", rows: 2, width: text.width)
      .rows(0..<1)
    norm = try reader.norm(name + ".LayerNorm", width: text.width, epsilon: text.epsilon)
  }

  /// - Parameters:
  ///   - places: The position of each id in its text.
  ///   - words: The layer whose rows are the word embeddings.
  /// - Returns: `[ids, H]`
  func callAsFunction(
    _ ids: [Int32], at places: [Int], words: Linear, _ engine: Engine
  ) -> Matrix {
    let sums = engine.matrix(ids.count, words.inputs)
    for (row, id) in ids.enumerated() {
      let (sum, position) = (sums.row(row), positions.row(places[row]))
      words.copyWeights(of: Int(id), to: sum)
      for channel in 0..<words.inputs {
        sum[channel] = (sum[channel] + type.pointer[channel]) + position[channel]
      }
    }
    return engine.layerNorm(sums, norm)
  }
}
