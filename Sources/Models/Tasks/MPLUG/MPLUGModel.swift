import Tensors
import Text

/// An mPLUG with its tokenizer and its protocols.
package struct MPLUGModel: Sendable {
  /// The name of its configuration.
  package let name: String
  /// The layers.
  package let network: MPLUG
  /// What makes ids of texts and texts of ids.
  package let tokenizer: WordPieceTokenizer
  /// How it does the tasks that its configuration speaks of.
  let protocols: [ModelTask: TaskProtocol]
  /// What computes.
  let engine: Engine

  /// Puts a model together.
  package init(
    name: String, network: MPLUG, tokenizer: WordPieceTokenizer,
    protocols: [ModelTask: TaskProtocol], engine: Engine
  ) {
    self.name = name
    self.network = network
    self.tokenizer = tokenizer
    self.protocols = protocols
    self.engine = engine
  }

  /// Bytes that the keys and values of a batch may take. Larger batches are worked off in parts; of a
  /// video of 16 frames, which alone would take a gigabyte, some layers are computed at each step.
  /// Neither changes a result.
  static let batchBytes = 384 << 20

  /// The longest text in ids.
  var longestText: Int { min(512, network.configuration.text.positions) }

  /// The part of the network that a task needs.
  ///
  /// - Throws: `ModelError.cannot` where it is not loaded.
  func require<Part>(_ part: Part?, _ what: String, _ task: ModelTask) throws -> Part {
    guard let part else {
      throw ModelError.cannot(
        model: name, task: task.rawValue, reason: "\(what) is not loaded",
        remedy: "load the model for this task")
    }
    return part
  }

  /// The rule of a task's output.
  ///
  /// - Throws: `ModelError.cannot` where the protocol asks for another kind of output.
  func require<Rule>(
    _ rule: Rule?, _ task: TaskProtocol, _ expected: String
  ) throws -> Rule {
    guard let rule else {
      throw ModelError.cannot(
        model: name, task: task.task.rawValue, reason: "the protocol is not of \(expected)",
        remedy: "see `output` of the task")
    }
    return rule
  }
}

extension MPLUGModel: Model {
  package var tasks: Set<ModelTask> {
    Set(ModelTask.allCases.filter { $0.parts.isSubset(of: network.parts) })
  }

  package func taskProtocol(for task: ModelTask) throws -> TaskProtocol {
    if let known = protocols[task] { return known }
    throw ModelError.noProtocol(of: task, model: name)
  }
}
