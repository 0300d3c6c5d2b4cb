import Tensors

/// A decoder that a search asks step by step.
package protocol StepDecoder: AnyObject {
  /// V
  var vocabulary: Int { get }

  /// Begins a text for each item.
  ///
  /// - Parameter prompts: The first tokens of each item's text, at least one.
  /// - Returns: The logits after the prompts, a row per item, `[items, V]`.
  func start(_ prompts: [[Int32]]) throws -> Matrix

  /// Appends a token to rows of the last call. A row may be taken several times or not at all; items
  /// none of whose rows is taken have left.
  ///
  /// - Parameters:
  ///   - tokens: The token of each new row.
  ///   - parents: For each new row the row of the last call that it continues, ascending by item.
  /// - Returns: The logits after the new rows, `[new rows, V]`.
  func step(_ tokens: [Int32], parents: [Int]) throws -> Matrix
}
