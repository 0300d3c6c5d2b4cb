import Models
import Tensors

/// Passes a search's questions on and keeps what was asked and answered.
final class RecordingDecoder: StepDecoder {
  private let decoder: any StepDecoder
  /// The texts of each call, row by row.
  private(set) var texts: [[[Int32]]] = []
  private(set) var logits: [[Float]] = []

  init(_ decoder: any StepDecoder) { self.decoder = decoder }

  var vocabulary: Int { decoder.vocabulary }

  func start(_ prompts: [[Int32]]) throws -> Matrix {
    texts.append(prompts)
    let matrix = try decoder.start(prompts)
    logits.append(matrix.floats)
    return matrix
  }

  func step(_ tokens: [Int32], parents: [Int]) throws -> Matrix {
    let last = texts[texts.count - 1]
    texts.append(zip(tokens, parents).map { last[$1] + [$0] })
    let matrix = try decoder.step(tokens, parents: parents)
    logits.append(matrix.floats)
    return matrix
  }
}
