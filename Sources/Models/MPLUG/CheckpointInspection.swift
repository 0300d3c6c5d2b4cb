import Checkpoints
import Records
import Tensors

/// What a checkpoint holds: its container, its tensors in groups, the sizes that they show.
package struct CheckpointInspection: Sendable {
  /// Tensors that belong together.
  package struct Group: Sendable, Equatable {
    /// The part of the model, or what the tensors are.
    package let name: String
    /// Whether a task of inference reads them; nil where the file is no mPLUG.
    package let isUsed: Bool?
    /// How many.
    package fileprivate(set) var tensors = 0
    /// How many numbers in all.
    package fileprivate(set) var numbers = 0
    /// What the numbers are stored as, in the order of first use.
    package fileprivate(set) var types: [ElementType] = []
  }

  /// The file.
  package let checkpoint: Checkpoint
  /// Its tensors under mPLUG's names; nil where it is no mPLUG.
  package let weights: MPLUGWeights?
  /// Parts in the order of the file, then what inference leaves alone.
  package let groups: [Group]
  /// The sizes that can be seen; nil where the file is no mPLUG.
  package let sizes: MPLUGSizes?
  /// What it seems to be where it is no mPLUG.
  package let seeming: String?

  /// Looks at a checkpoint.
  ///
  /// - Throws: `CheckpointError` where two of its names become the same.
  package init(_ checkpoint: Checkpoint) throws {
    self.checkpoint = checkpoint
    seeming = ArchitectureGuess.sentence(for: checkpoint)
    let weights = seeming == nil ? try MPLUGWeights(checkpoint) : nil
    self.weights = weights
    sizes = weights.map { MPLUGSizes($0) }
    var groups: [Group] = []
    var places: [String: Int] = [:]
    for (name, tensor) in weights?.names ?? checkpoint.tensors.map({ ($0.name, $0) }) {
      let (title, isUsed) = Self.group(of: name, isMPLUG: weights != nil)
      let place = places[title] ?? groups.count
      if place == groups.count {
        places[title] = place
        groups.append(Group(name: title, isUsed: isUsed))
      }
      groups[place].tensors += 1
      groups[place].numbers += tensor.count
      if !groups[place].types.contains(tensor.element) {
        groups[place].types.append(tensor.element)
      }
    }
    self.groups = groups.filter { $0.isUsed != false } + groups.filter { $0.isUsed == false }
  }

  private static func group(of name: String, isMPLUG: Bool) -> (title: String, isUsed: Bool?) {
    let part = String(name.prefix { $0 != "." })
    guard isMPLUG else { return (part, nil) }
    if let reason = MPLUGNames.ignored(name) { return (reason, false) }
    return MPLUGNames.isUsed(name) ? (part, true) : ("unknown", false)
  }

  /// Whether names are those of pretraining, with `bert.` and `fusion.` in them.
  package var hasPretrainingNames: Bool {
    weights?.names.contains { $0.name != $0.tensor.name } ?? false
  }

  /// Counts the numbers that no weight should be; reads all of the file.
  ///
  /// - Throws: `CheckpointError`.
  package func census() throws -> [NumberCensus] {
    try checkpoint.tensors.map { try NumberCensus($0, in: checkpoint) }.filter { !$0.isClean }
  }
}

// MARK: - A model held against it

extension CheckpointInspection {
  /// A model's needs held against the file.
  package struct ModelAudit: Sendable {
    /// The model.
    package let model: String
    /// The parts of it that the file has something of, which are those that were looked for.
    package let parts: [String]
    /// What fits and what does not.
    package let audit: KeyAudit
    /// Why the model cannot be loaded from the file; nil where it can.
    package let refusal: CheckpointError?
  }

  /// Holds the needs of a model against the file: of each part that the file has something of, all.
  ///
  /// - Throws: `CheckpointError` where two names of the file become the same.
  package func audit(of preset: MPLUGPreset) throws -> ModelAudit {
    let configuration = preset.configuration
    let weights = try MPLUGWeights(checkpoint, fusion: configuration.fusionIndices(all: false))
    let sizes = MPLUGSizes(weights)
    let side = PositionGrid.side(ofRows: sizes.visionPositions)
    let known: [(String, MPLUGPart)] =
      [
        ("visual", .visual), ("text", .text), ("fusion", .fusion), ("decoder", .decoder),
        ("contrastive", .contrastive), ("matching", .matching),
      ] + (sizes.classes.map { [("classification", .classification(classes: $0))] } ?? [])
    let present = known.filter { _, part in
      // Fusion layers may be there under numbers that the model does not have.
      if part == .fusion { return !sizes.fusionLayers.isEmpty }
      return configuration.expectedTensors(for: [part], side: side)
        .contains { weights[$0.name] != nil }
    }
    let parts = present.isEmpty ? known : present
    let expected = configuration.expectedTensors(for: Set(parts.map(\.1)), side: side)
    var refusal: CheckpointError?
    do {
      try weights.check(expected, for: configuration)
    } catch let error as CheckpointError {
      refusal = error
    }
    return ModelAudit(
      model: preset.name, parts: parts.map(\.0), audit: weights.audit(expected), refusal: refusal)
  }
}

// MARK: - JSON

extension CheckpointInspection.ModelAudit {
  /// The audit as a JSON object.
  package var record: JSONValue {
    guard case .object(var record) = audit.record else { return .null }
    record["model"] = .string(model)
    record["parts"] = .strings(parts)
    record["loadable"] = .bool(refusal == nil)
    record["refusal"] = refusal.map { .string("\($0)") } ?? .null
    return .object(record)
  }
}

extension CheckpointInspection {
  /// How the container is called.
  package var container: String {
    switch checkpoint.container {
    case .torch: ".pth"
    case .safetensors: ".safetensors"
    }
  }

  /// The key that the weights are under; nil for the top level.
  package var key: String? {
    if case .torch(let key) = checkpoint.container { key } else { nil }
  }

  /// All of it as a JSON object.
  ///
  /// - Parameter listsTensors: whether each tensor is listed, not only the groups.
  package func record(listsTensors: Bool) -> JSONObject {
    var record = JSONObject([
      ("file", .string(checkpoint.path)), ("container", .string(container)),
      ("state", key.map { .string($0) } ?? .null),
      ("prefix", checkpoint.prefix.map { .string($0) } ?? .null),
      ("bytes", .int(checkpoint.size)), ("tensors", .int(checkpoint.tensors.count)),
      ("no_tensors", .strings(checkpoint.others)),
      (
        "names",
        weights == nil ? .null : .string(hasPretrainingNames ? "pretraining" : "fine-tuned")
      ),
      ("seems", seeming.map { .string($0) } ?? .null),
      (
        "groups",
        .array(
          groups.map {
            [
              "name": .string($0.name), "used": $0.isUsed.map { .bool($0) } ?? .null,
              "tensors": .int($0.tensors), "numbers": .int($0.numbers),
              "types": .strings($0.types.map(\.rawValue)),
            ]
          })
      ),
      (
        "sizes",
        sizes.map { sizes in
          .object(
            JSONObject(sizes.fields.map { ($0.name, $0.value.map { .int($0) } ?? .null) }))
        } ?? .null
      ),
    ])
    if listsTensors {
      record["list"] = .array(
        checkpoint.tensors.map {
          [
            "name": .string($0.name), "type": .string($0.element.rawValue),
            "shape": .array($0.shape.map { .int($0) }),
          ]
        })
    }
    return record
  }
}
