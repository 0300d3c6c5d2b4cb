import Tensors

/// Tokens of several items, one item after the other.
package struct HiddenStates: Sendable {
  /// `[tokens of all items, width]`
  package let rows: Matrix
  /// The rows of each item; consecutive items may be taken together, as the frames of a video.
  package let sequences: [Range<Int>]

  package init(rows: Matrix, sequences: [Range<Int>]) {
    self.rows = rows
    self.sequences = sequences
  }

  /// The rows of items of some lengths that lie one after the other.
  package static func sequences(ofLengths lengths: [Int]) -> [Range<Int>] {
    let ends = lengths.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1) }
    return zip(ends, ends.dropFirst()).map { $0..<$1 }
  }

  /// The tokens of each item and then those of the same item of others, such as `[v; t]`.
  ///
  /// - Parameter others: As many items, of the same width.
  package func joined(with others: HiddenStates, _ engine: Engine) -> HiddenStates {
    precondition(sequences.count == others.sequences.count)
    let pairs = zip(sequences, others.sequences)
    return HiddenStates(
      rows: engine.stack(
        pairs.flatMap { [rows.rows($0), others.rows.rows($1)] }, width: rows.width),
      sequences: Self.sequences(ofLengths: pairs.map { $0.count + $1.count }))
  }

  /// All rows of each item, in order: nothing masked.
  package var allRows: [[Int]] { sequences.map(Array.init) }

  /// The items with every `count` consecutive ones as one: the frames of a video, concatenated.
  package func joined(every count: Int) -> HiddenStates {
    precondition(count > 0 && sequences.count.isMultiple(of: count))
    return HiddenStates(
      rows: rows,
      sequences: stride(from: 0, to: sequences.count, by: count).map {
        sequences[$0].lowerBound..<sequences[$0 + count - 1].upperBound
      })
  }

  /// Some consecutive items, their rows counted from 0. Nothing is copied.
  package func items(_ range: Range<Int>) -> HiddenStates {
    guard let first = range.first.map({ sequences[$0].lowerBound }) else {
      return HiddenStates(rows: rows.rows(0..<0), sequences: [])
    }
    return HiddenStates(
      rows: rows.rows(first..<sequences[range.upperBound - 1].upperBound),
      sequences: sequences[range].map { $0.lowerBound - first..<$0.upperBound - first })
  }

  /// The first token of each item, `[items, width]`: [CLS], or the class token of a picture.
  package func firstTokens(_ engine: Engine) -> Matrix {
    engine.gather(rows, sequences.map(\.lowerBound))
  }
}
