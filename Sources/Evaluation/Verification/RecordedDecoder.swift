import Models
import Tensors

/// Passes a search's questions on and keeps what was asked and answered.
final class RecordedDecoder: StepDecoder {
  /// What was asked and answered at each step, rows of several searches one after the other.
  struct Steps {
    /// The ids of each row of each step.
    var ids: [[[Int32]]] = []
    /// The logits of each row of the first steps.
    var logits: [[[Float]]] = []

    /// Appends what a search over later items has asked.
    mutating func append(_ other: Steps) {
      func joined<Row>(_ first: [[Row]], _ second: [[Row]]) -> [[Row]] {
        (0..<max(first.count, second.count)).map { step in
          (step < first.count ? first[step] : []) + (step < second.count ? second[step] : [])
        }
      }
      ids = joined(ids, other.ids)
      logits = joined(logits, other.logits)
    }
  }

  private(set) var steps = Steps()
  private let decoder: any StepDecoder
  private let keptLogits: Int

  /// - Parameter keptLogits: Of how many steps logits are kept.
  init(_ decoder: any StepDecoder, keptLogits: Int) {
    self.decoder = decoder
    self.keptLogits = keptLogits
  }

  var vocabulary: Int { decoder.vocabulary }

  func start(_ prompts: [[Int32]]) throws -> Matrix {
    keep(prompts, try decoder.start(prompts))
  }

  func step(_ tokens: [Int32], parents: [Int]) throws -> Matrix {
    let last = steps.ids[steps.ids.count - 1]
    return keep(
      zip(tokens, parents).map { last[$1] + [$0] }, try decoder.step(tokens, parents: parents))
  }

  private func keep(_ ids: [[Int32]], _ logits: Matrix) -> Matrix {
    if steps.ids.count < keptLogits {
      steps.logits.append((0..<logits.rows).map { logits.rows($0..<$0 + 1).floats })
    }
    steps.ids.append(ids)
    return logits
  }
}
