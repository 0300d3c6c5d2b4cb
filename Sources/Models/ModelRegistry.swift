import Tensors
import Text

/// The models that the suite runs: a literal list.
///
/// Adding a model is a folder and a line here.
package enum ModelRegistry {
  /// All families.
  package static let families: [any ModelFamily.Type] = [
    MPLUGFamily.self
  ]

  /// All models that have a name.
  ///
  /// - Throws: `ModelError.badSetting` for a preset that does not read, which a test rules out.
  package static func cards() throws -> [ModelCard] { try families.flatMap { try $0.cards() } }

  /// Loads a model.
  ///
  /// - Throws: `ModelError`, and what reading checkpoints and vocabularies throws.
  package static func load(_ request: ModelRequest) throws -> any Model {
    guard let name = request.name, !isFile(name) else { return try MPLUGFamily.load(request) }
    for family in families where try family.cards().contains(where: { $0.name == name }) {
      return try family.load(request)
    }
    let known = try cards().map(\.name)
    throw ModelError.unknownModel(
      name: name, hint: NearestNames.hint(for: name, among: known), known: known)
  }

  /// Whether `--model` names a file and not a model.
  package static func isFile(_ name: String) -> Bool {
    [".yaml", ".yml", ".json"].contains { name.lowercased().hasSuffix($0) } || name.contains("/")
  }
}

/// Models that share code and differ in sizes.
package protocol ModelFamily: Sendable {
  /// What lists show of the models that have a name.
  ///
  /// - Throws: `ModelError.badSetting`.
  static func cards() throws -> [ModelCard]

  /// Loads a model of the family.
  ///
  /// - Throws: `ModelError`, and what reading checkpoints and vocabularies throws.
  static func load(_ request: ModelRequest) throws -> any Model
}

/// What lists show of a model.
package struct ModelCard: Sendable, Equatable {
  /// The name on the command line.
  package let name: String
  /// The name in tables.
  package let title: String
  /// What it is made of, in a few words.
  package let summary: String
  /// How it does each task that it can do, given a checkpoint that was tuned for it.
  package let protocols: [TaskProtocol]
  /// The checkpoints that anybody can fetch; empty where none is published.
  package let published: [PublishedCheckpoint]
  /// Whether the repository carries its checkpoint, for the embedded benchmarks.
  package let isEmbedded: Bool
  /// What is to be said of it.
  package let note: String?

  package init(
    name: String, title: String, summary: String, protocols: [TaskProtocol],
    published: [PublishedCheckpoint] = [], isEmbedded: Bool = false, note: String? = nil
  ) {
    self.name = name
    self.title = title
    self.summary = summary
    self.protocols = protocols
    self.published = published
    self.isEmbedded = isEmbedded
    self.note = note
  }
}

/// A checkpoint that its makers published.
package struct PublishedCheckpoint: Sendable, Equatable {
  /// The benchmark on whose training data it was tuned; `pretraining` for none.
  package let tunedOn: String
  /// Where it is published.
  package let address: String

  /// Its name there: `mplug_base.pth`.
  package var name: String { String(address.split(separator: "/").last ?? "") }

  /// A checkpoint and its place.
  package init(tunedOn: String, address: String) {
    self.tunedOn = tunedOn
    self.address = address
  }
}

/// What is asked for when a model is loaded.
package struct ModelRequest: Sendable {
  /// A name of the registry, or a YAML or JSON file; nil for what the checkpoint's sizes say.
  package var name: String?
  /// The checkpoint.
  package var checkpoint: String
  /// The vocabulary, an entry a line.
  package var vocabulary: String
  /// The tasks that will be asked: only what they need is loaded.
  package var tasks: Set<ModelTask>
  /// What computes.
  package var engine: Engine

  package init(
    name: String? = nil, checkpoint: String, vocabulary: String, tasks: Set<ModelTask>,
    engine: Engine
  ) {
    self.name = name
    self.checkpoint = checkpoint
    self.vocabulary = vocabulary
    self.tasks = tasks
    self.engine = engine
  }
}
