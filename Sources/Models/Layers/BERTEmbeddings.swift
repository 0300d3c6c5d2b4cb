import Tensors

/// Embeddings of BERT: `LayerNorm(word + type[0] + position)`.
///
/// Source: `BertEmbeddings` of the reference; the sums are made in its order.
package struct BERTEmbeddings: Sendable {
  /// `<name>.word_embeddings.weight`, `[V, H]`
  let words: Matrix
  /// `<name>.position_embeddings.weight`, `[positions, H]`
  let positions: Matrix
  /// Row 0 of `<name>.token_type_embeddings.weight`: the type of every token.
  let type: Matrix
  /// `<name>.LayerNorm`
  let norm: LayerNorm

  /// - Parameter name: `text_encoder.embeddings`.
  /// - Throws: `ModelError`, and what the source of the weights throws.
  package init(
    _ reader: WeightReader, _ name: String, text: MPLUGConfiguration.Text
  ) throws {
    self.words = try reader.table(
      name + ".word_embeddings.weight", rows: text.vocabulary, width: text.width)
    positions = try reader.table(
      name + ".position_embeddings.weight", rows: text.positions, width: text.width)
    type = try reader.table(name + ".token_type_embeddings.weight", rows: 2, width: text.width)
      .rows(0..<1)
    norm = try reader.norm(name + ".LayerNorm", width: text.width, epsilon: text.epsilon)
  }

  /// The embeddings of tokens.
  ///
  /// - Parameters:
  ///   - ids: `[rows]`
  ///   - places: The position of each token in its text, from 0, `[rows]`.
  /// - Returns: `[rows, H]`
  /// - Throws: `ModelError.unknownToken`, `ModelError.textTooLong`.
  package func callAsFunction(
    _ ids: [Int32], at places: [Int], _ engine: Engine
  ) throws -> Matrix {
    precondition(ids.count == places.count)
    if let id = ids.first(where: { $0 < 0 || Int($0) >= words.rows }) {
      throw ModelError.unknownToken(
        id: Int(id), vocabulary: words.rows,
        remedy: "give the vocabulary that the model was trained with, --vocab")
    }
    if let longest = places.max(), longest >= positions.rows {
      throw ModelError.textTooLong(
        tokens: longest + 1, limit: positions.rows, remedy: "cut the text to \(positions.rows) ids")
    }
    let width = words.width
    let sums = engine.matrix(ids.count, width)
    let typeRow = type.row(0)
    for (row, (id, place)) in zip(ids, places).enumerated() {
      let (word, position, sum) = (words.row(Int(id)), positions.row(place), sums.row(row))
      for channel in 0..<width {
        sum[channel] = word[channel] + typeRow[channel] + position[channel]
      }
    }
    return withExtendedLifetime(self) { engine.layerNorm(sums, norm) }
  }
}
