/// Texts of a batch as ids, one text after the other.
///
/// Without padding every row is a token. With the reference's padding the rows of padding are computed
/// like others and seen by none.
package struct TokenBatch: Sendable {
  /// The ids, `[rows]`.
  package let ids: [Int32]
  /// The rows of each text.
  package let sequences: [Range<Int>]
  /// For each text the rows that may be attended to, in order.
  package let visible: [[Int]]

  /// Texts of any lengths, without padding.
  package init(_ texts: [[Int32]]) {
    self.init(texts, masks: texts.map { $0.map { _ in true } })
  }

  /// Texts with masks, as the reference pads them: false for a token that nothing attends to.
  package init(_ texts: [[Int32]], masks: [[Bool]]) {
    var (ids, sequences, visible): ([Int32], [Range<Int>], [[Int]]) = ([], [], [])
    for (text, mask) in zip(texts, masks) {
      let start = ids.count
      ids += text
      sequences.append(start..<ids.count)
      visible.append(mask.indices.filter { mask[$0] }.map { start + $0 })
    }
    self.ids = ids
    self.sequences = sequences
    self.visible = visible
  }

  /// The position of each row in its text, from 0, `[rows]`; padding has positions too.
  package var positions: [Int] { sequences.flatMap { 0..<$0.count } }

  /// Checks that each text has a token that may be attended to.
  ///
  /// - Throws: `ModelError.emptyText`
  package func requireVisibleTokens() throws {
    if let index = visible.firstIndex(where: \.isEmpty) {
      throw ModelError.emptyText(index: index, remedy: "an empty text is [CLS] alone")
    }
  }
}
