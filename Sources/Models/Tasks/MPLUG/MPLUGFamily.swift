import Checkpoints
import Text

/// mPLUG: base, large and their kin, which differ in sizes alone.
package enum MPLUGFamily: ModelFamily {
  package static func cards() throws -> [ModelCard] {
    try MPLUGPreset.all().map { preset in
      let protocols = try TaskTable.protocols(yaml: preset.text, file: preset.file)
      return ModelCard(
        name: preset.name, title: preset.title, summary: preset.configuration.summary,
        protocols: ModelTask.allCases.compactMap { protocols[$0] },
        published: preset.published, isEmbedded: preset.isEmbedded, note: preset.note)
    }
  }

  package static func load(_ request: ModelRequest) throws -> any Model {
    try model(request)
  }

  /// As `load`, with the type.
  ///
  /// - Throws: `ModelError`, `VocabularyError`, `CheckpointError`, and what opening files throws.
  package static func model(_ request: ModelRequest) throws -> MPLUGModel {
    let (preset, opened): (MPLUGPreset, Checkpoint?)
    if let name = request.name {
      (preset, opened) = (try Self.preset(named: name), nil)
    } else {
      let checkpoint = try Checkpoint(request.checkpoint)
      (preset, opened) = (try Self.preset(fitting: checkpoint), checkpoint)
    }
    let protocols = try TaskTable.protocols(yaml: preset.text, file: preset.file)
    // Before the weights: the smaller file is found wrong sooner.
    let vocabulary = try WordPieceVocabulary(
      path: request.vocabulary, size: preset.configuration.text.vocabulary,
      hasBoxes: request.tasks.contains(.grounding))
    for task in request.tasks where protocols[task] == nil {
      throw ModelError.noProtocol(of: task, model: preset.name)
    }
    let network = try MPLUG.load(
      opened ?? Checkpoint(request.checkpoint), configuration: preset.configuration,
      parts: request.tasks.reduce(into: []) { $0.formUnion($1.parts) }, engine: request.engine)
    return MPLUGModel(
      name: preset.name, network: network, tokenizer: WordPieceTokenizer(vocabulary),
      protocols: protocols, engine: request.engine)
  }

  /// The preset that `--model` names, or the file of a user's.
  ///
  /// - Throws: `ModelError`, and what reading the file throws.
  package static func preset(named name: String) throws -> MPLUGPreset {
    if ModelRegistry.isFile(name) { return try MPLUGPreset(file: name) }
    if let preset = try MPLUGPreset.named(name) { return preset }
    let known = try MPLUGPreset.all().map(\.name)
    throw ModelError.unknownModel(
      name: name, hint: NearestNames.hint(for: name, among: known), known: known)
  }

  /// The first preset whose sizes are those of a checkpoint.
  private static func preset(fitting checkpoint: Checkpoint) throws -> MPLUGPreset {
    let sizes = MPLUGSizes(try MPLUGWeights(checkpoint))
    let presets = try MPLUGPreset.all()
    if let preset = presets.first(where: { sizes.differences(from: $0.configuration).isEmpty }) {
      return preset
    }
    let nearest = presets.min {
      sizes.differences(from: $0.configuration).count
        < sizes.differences(from: $1.configuration).count
    }
    let differences = nearest.map { sizes.differences(from: $0.configuration).prefix(3) } ?? []
    throw CheckpointError.notLoadable(
      file: checkpoint.path,
      reason: "its sizes are those of no known model"
        + (nearest.map { ", \($0.name) is nearest (\(differences.joined(separator: ", ")))" } ?? ""),
      remedy: "describe the model in a YAML file and name that with --model")
  }
}

extension ModelError {
  /// A configuration does not speak of a task.
  static func noProtocol(of task: ModelTask, model: String) -> ModelError {
    .cannot(
      model: model, task: task.rawValue, reason: "its configuration states no resolution for it",
      remedy: "add `\(task.rawValue): {resolution: …}` under `tasks:`")
  }
}

extension MPLUGConfiguration {
  /// What it is made of, in a few words.
  fileprivate var summary: String {
    "ViT \(vision.width)/\(vision.patch) of \(vision.layers) layers; text \(textLayers), fusion "
      + "\(fusionLayers), decoder \(decoderLayers) layers of \(text.width)"
  }
}
