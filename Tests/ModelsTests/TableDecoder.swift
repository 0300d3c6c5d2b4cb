import Models
import Tensors

/// A decoder whose logits depend on the item and the last token alone.
final class TableDecoder: StepDecoder {
  let vocabulary: Int
  private let engine: Engine
  private let row: (_ item: Int, _ last: Int32) -> [Float]
  private var items: [Int] = []

  init(vocabulary: Int, _ engine: Engine, row: @escaping (_ item: Int, _ last: Int32) -> [Float]) {
    self.vocabulary = vocabulary
    self.engine = engine
    self.row = row
  }

  func start(_ prompts: [[Int32]]) throws -> Matrix {
    items = Array(prompts.indices)
    return logits(prompts.compactMap(\.last))
  }

  func step(_ tokens: [Int32], parents: [Int]) throws -> Matrix {
    items = parents.map { items[$0] }
    return logits(tokens)
  }

  private func logits(_ last: [Int32]) -> Matrix {
    engine.matrix(last.count, vocabulary, zip(items, last).flatMap { row($0, $1) })
  }
}
