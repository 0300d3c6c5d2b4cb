import Checkpoints
import Text

/// The weights of a checkpoint under the names that fine-tuned models have, whatever the file calls
/// them; of tied tensors both names give the one that counts.
package struct MPLUGWeights: WeightSource {
  /// The file.
  package let checkpoint: Checkpoint
  /// Pairs of names for one tensor that hold different numbers; the first counts.
  package let tiedDiffering: [[String]]
  /// All names as the model has them, in the order of the file, with the tensors of the file.
  package let names: [(name: String, tensor: StoredTensor)]

  private let tensors: [String: StoredTensor]

  /// The file; errors name it.
  package var path: String { checkpoint.path }

  /// Renames the tensors of a checkpoint.
  ///
  /// - Parameter fusion: the layers of fusion that the model runs. A file that holds exactly as
  ///   many under other numbers holds these, in order; nil keeps the numbers.
  /// - Throws: `CheckpointError` where two names of the file become the same.
  package init(_ checkpoint: Checkpoint, fusion: Range<Int>? = nil) throws {
    self.checkpoint = checkpoint
    var tensors: [String: StoredTensor] = [:]
    var names = checkpoint.tensors.map { (name: MPLUGNames.fineTuned($0.name), tensor: $0) }
    let numbers = Set(
      names.compactMap { MPLUGNames.numbered($0.name, behind: MPLUGNames.fusionLayer)?.layer })
    if let fusion, numbers.count == fusion.count, numbers != Set(fusion) {
      let moved = Dictionary(uniqueKeysWithValues: zip(numbers.sorted(), fusion))
      names = names.map { name, tensor in
        guard let (layer, rest) = MPLUGNames.numbered(name, behind: MPLUGNames.fusionLayer),
          let number = moved[layer]
        else { return (name, tensor) }
        return ("\(MPLUGNames.fusionLayer)\(number).\(rest)", tensor)
      }
    }
    for (name, tensor) in names {
      if let other = tensors.updateValue(tensor, forKey: name) {
        throw CheckpointError.badTensor(
          file: checkpoint.path, tensor: name,
          reason: "both '\(other.name)' and '\(tensor.name)' are it",
          remedy: "save it again with one of them")
      }
    }
    var differing: [[String]] = []
    for pair in MPLUGNames.tied {
      let found = pair.compactMap { tensors[$0] }
      guard let counting = found.first else { continue }
      if let other = found.last, !checkpoint.isEqual(counting, other) { differing.append(pair) }
      for name in pair { tensors[name] = counting }
    }
    self.tensors = tensors
    self.names = names
    tiedDiffering = differing
  }

  /// The tensor of a name; nil where there is none.
  package subscript(name: String) -> StoredTensor? { tensors[name] }

  /// The shape of a tensor; nil where there is none of this name.
  package func shape(of name: String) -> [Int]? { tensors[name]?.shape }

  /// Writes some elements of a tensor, counted in row-major order, as float32.
  ///
  /// - Throws: `CheckpointError` where the tensor does not exist or holds integers.
  package func read(
    _ name: String, _ elements: Range<Int>, into memory: UnsafeMutablePointer<Float>
  ) throws {
    guard let tensor = tensors[name] else {
      return try checkpoint.read(name, elements, into: memory)
    }
    try checkpoint.read(tensor, elements, into: memory)
  }

  /// Says that a tensor will not be read soon: its pages may go.
  package func release(_ name: String) {
    if let tensor = tensors[name] { checkpoint.release(tensor) }
  }
}

// MARK: - Selection

extension MPLUGWeights {
  /// What some task of inference reads, under the names that fine-tuned models have, each tensor
  /// once: of tied ones the name that is not the head's.
  package var forInference: [(name: String, tensor: StoredTensor)] {
    var seen: Set<String> = []
    return names.compactMap { name, tensor in
      guard MPLUGNames.isUsed(name) else { return nil }
      let pair = MPLUGNames.tied.first { $0.contains(name) }
      let kept = pair?.last ?? name
      guard seen.insert(kept).inserted else { return nil }
      return (kept, tensors[kept] ?? tensor)
    }
  }
}

// MARK: - Audit

extension MPLUGWeights {
  /// What the model needs held against what the file has.
  package func audit(_ expected: [ExpectedTensor]) -> KeyAudit {
    let running = Set(
      expected.compactMap {
        MPLUGNames.numbered($0.name, behind: MPLUGNames.fusionLayer)?.layer
      })
    // Of a pair of tied names the model may ask for the one that the file leaves out.
    let stored = Set(names.map(\.name))
    let others = MPLUGNames.tied.flatMap { $0 }.filter { !stored.contains($0) }
    let wanted = Set(expected.map(\.name))
    let found =
      names.map { ExpectedTensor($0.name, tensors[$0.name]?.shape ?? $0.tensor.shape) }
      + others.compactMap { name in
        wanted.contains(name) ? tensors[name].map { ExpectedTensor(name, $0.shape) } : nil
      }
    return KeyAudit(
      file: path, expected: expected, found: found, tiedDiffering: tiedDiffering
    ) { name in
      if let reason = MPLUGNames.ignored(name) { return reason }
      guard MPLUGNames.isUsed(name) else { return nil }
      if let pair = MPLUGNames.tied.first(where: { $0.contains(name) }),
        !wanted.isDisjoint(with: pair)
      {
        return "second names of tied tensors"
      }
      if let (layer, rest) = MPLUGNames.numbered(name, behind: MPLUGNames.fusionLayer),
        !running.isEmpty
      {
        return running.contains(layer) && rest.hasPrefix("crossattention.")
          ? "cross-attention of layers that merge" : "fusion layers that do not run"
      }
      return "parts that the task does not use"
    }
  }

  /// Refuses a file that the model cannot be loaded from, or that holds a larger one.
  ///
  /// - Parameter configuration: the model that was named, to say what differs.
  /// - Returns: the audit, for who wants to show it.
  /// - Throws: `CheckpointError.notLoadable`.
  @discardableResult
  package func check(
    _ expected: [ExpectedTensor], for configuration: MPLUGConfiguration
  ) throws -> KeyAudit {
    let audit = audit(expected)
    let sizes = MPLUGSizes(self)
    let differences = sizes.differences(from: configuration)
    let seeming =
      differences.isEmpty
      ? ArchitectureGuess.sentence(for: checkpoint)
      : "it is another model than the one named (\(differences.joined(separator: ", ")))"
    try audit.requireLoadable(seeming: seeming) { name, unknown in
      NearestNames.of(name, among: unknown, limit: 1).first
    }
    guard sizes.surplusLayers(over: configuration).isEmpty else {
      throw CheckpointError.notLoadable(
        file: path,
        reason: "it is another model than the one named ("
          + sizes.surplusLayers(over: configuration).joined(separator: ", ") + ")",
        remedy: "name the model that the file holds with --model")
    }
    return audit
  }
}
