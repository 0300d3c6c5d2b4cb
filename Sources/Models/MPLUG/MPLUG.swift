import Checkpoints
import Tensors

/// An mPLUG with the parts that a task needs.
package final class MPLUG: Sendable {
  /// Its sizes.
  package let configuration: MPLUGConfiguration
  /// What computes.
  package let engine: Engine
  /// What was loaded.
  package let parts: Set<MPLUGPart>
  /// What the file has held against what the parts need, to be shown.
  package let audit: KeyAudit
  /// The file.
  package let checkpoint: CheckpointIdentity

  /// Part `.visual`.
  package let visual: VisualEncoder?
  /// Part `.visual`.
  package let projection: VisualProjection?
  /// Part `.text`.
  package let text: TextEncoder?
  /// Part `.fusion` or `.reasoning`.
  package let fusion: FusionEncoder?
  /// Part `.decoder`.
  package let decoder: TextDecoder?
  /// Part `.contrastive`.
  package let contrastive: ContrastiveHeads?
  /// Part `.matching`.
  package let matching: MatchingHead?
  /// Part `.classification`.
  package let classification: ClassificationHead?

  /// Loads a checkpoint.
  ///
  /// The original loads what fits and leaves the rest random; here a tensor that is missing or has
  /// another shape is an error, found before any weight is read.
  ///
  /// - Parameters:
  ///   - path: A `.pth` or `.safetensors` file.
  ///   - parts: What is loaded; nothing else is asked of the file. At most one classification head.
  /// - Throws: `CheckpointError` and what opening a file throws; `ModelError` for weights that are no
  ///   numbers.
  package static func load(
    _ path: String, configuration: MPLUGConfiguration, parts: Set<MPLUGPart>, engine: Engine
  ) throws -> MPLUG {
    try load(Checkpoint(path), configuration: configuration, parts: parts, engine: engine)
  }

  /// As `load` of a path, of a file that is open.
  ///
  /// - Throws: As `load` of a path, but for opening the file.
  package static func load(
    _ checkpoint: Checkpoint, configuration: MPLUGConfiguration, parts: Set<MPLUGPart>,
    engine: Engine
  ) throws -> MPLUG {
    try MPLUG(checkpoint, configuration, parts, engine)
  }

  private init(
    _ checkpoint: Checkpoint, _ configuration: MPLUGConfiguration, _ parts: Set<MPLUGPart>,
    _ engine: Engine
  ) throws {
    let weights = try MPLUGWeights(
      checkpoint, fusion: configuration.fusionIndices(all: false))
    audit = try weights.check(
      configuration.expectedTensors(
        for: parts, side: PositionGrid.side(ofRows: MPLUGSizes(weights).visionPositions)),
      for: configuration)
    self.configuration = configuration
    self.engine = engine
    self.parts = parts
    self.checkpoint = CheckpointIdentity(checkpoint)

    let reader = WeightReader(weights, engine: engine)
    func load<Part>(
      _ needed: [MPLUGPart], _ make: (WeightReader, MPLUGConfiguration) throws -> Part
    ) throws -> Part? {
      parts.isDisjoint(with: needed) ? nil : try make(reader, configuration)
    }
    visual = try load([.visual]) { try VisualEncoder($0, $1) }
    projection = try load([.visual]) { try VisualProjection($0, $1) }
    text = try load([.text]) { try TextEncoder($0, $1) }
    fusion = try load([.fusion, .reasoning]) {
      try FusionEncoder($0, $1, reasoning: parts.contains(.reasoning))
    }
    decoder = try load([.decoder]) { try TextDecoder($0, $1) }
    contrastive = try load([.contrastive]) { try ContrastiveHeads($0, $1) }
    matching = try load([.matching]) { try MatchingHead($0, $1) }
    classification = try parts.compactMap(\.classes).first.map {
      try ClassificationHead(reader, configuration, classes: $0)
    }
  }
}
