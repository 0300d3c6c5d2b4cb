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
}
