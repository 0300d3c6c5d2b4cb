import Archives
import Pickle
import Records
import Tensors

/// The weights of a file that `torch.save` wrote: a dictionary of tensors, at the top level or
/// under `model` or `module`. What lies beside it, such as the state of the optimizer, is not looked at.
struct TorchState {
  /// The key that it was under; nil for the top level.
  let key: String?
  let tensors: [StoredTensor]
  /// Members that are no tensors.
  let others: [String]

  /// Half a gigabyte of values: a hundred times what the largest training run leaves.
  private static let memory = 512 << 20
  /// How often the tensors may cover the bytes of the file: a few names for tied weights are usual,
  /// and what all of them take when they are read or written out should stay near the file's size.
  private static let sharing = 16

  /// - Throws: `CheckpointError`, `ArchiveError` and `PickleError`.
  init(_ file: MappedFile) throws {
    var limits = PickleLimits()
    limits.memory = Self.memory
    let torch = try TorchFile(file, globals: PickleGlobals([], unlisted: .opaque), limits: limits)
    guard case .zip(let archive, let prefix) = torch.container else {
      throw CheckpointError.wrongKind(
        file: file.path, found: "the container that PyTorch wrote before version 1.6",
        remedy: "save it again with a newer PyTorch: torch.save(torch.load(FILE), NEW)")
    }
    try Self.checkByteOrder(archive, prefix)
    let (key, state) = try Self.state(of: torch.value, in: file, archive, prefix)
    let storages = TorchStorages(archive: archive, prefix: prefix)
    var tensors: [StoredTensor] = []
    var others: [String] = []
    var seen: Set<[UInt8]> = []
    var bytes = 0
    for (name, value) in state {
      guard let name = name.string else {
        throw CheckpointError.noState(
          file: file.path, reason: "a tensor has \(name.kind.rawValue) for its name",
          remedy: "save a state dictionary, model.state_dict()")
      }
      guard seen.insert(Array(name.utf8)).inserted else {
        throw CheckpointError.badTensor(
          file: file.path, tensor: name, reason: "it stands there twice",
          remedy: "save it again, no PyTorch writes this")
      }
      if let tensor = try storages.tensor(name, value) {
        tensors.append(tensor)
        // Each is bounded by its layout, so the sum of one more does not overflow.
        bytes += tensor.count * tensor.element.byteCount
        guard bytes <= Self.sharing * file.count + TensorLayout.repetitionLimit * 8 else {
          throw CheckpointError.badTensor(
            file: file.path, tensor: name,
            reason: "with it the tensors, which share or repeat their storages, have \(bytes) "
              + "bytes in a file of \(file.count)",
            remedy: "the file is damaged or no checkpoint: get it anew")
        }
      } else {
        others.append(name)
      }
    }
    (self.key, self.tensors, self.others) = (key, tensors, others)
  }

  /// Since 2.1 a member says how the numbers are stored; before, always least significant byte
  /// first.
  private static func checkByteOrder(_ archive: ZipArchive, _ prefix: String) throws {
    guard let member = archive.member(named: "\(prefix)byteorder") else { return }
    let order = String(decoding: try archive.bytes(of: member, limit: 64), as: UTF8.self)
    guard order == "little" else {
      throw CheckpointError.wrongKind(
        file: archive.name, found: "one with the byte order '\(order)'",
        remedy: "save it again on a little-endian machine")
    }
  }

  /// Finds the dictionary of tensors.
  private static func state(
    of value: PickleValue, in file: MappedFile, _ archive: ZipArchive, _ prefix: String
  ) throws -> (key: String?, members: PicklePairs) {
    func error(_ reason: String, _ remedy: String) -> CheckpointError {
      .noState(file: file.path, reason: reason, remedy: remedy)
    }
    let remedy = "save a state dictionary: torch.save({'model': model.state_dict()}, FILE)"
    if archive.member(named: "\(prefix)constants.pkl") != nil {
      throw error("is a program of TorchScript", "name the checkpoint that it was made of")
    }
    guard let top = members(of: value) else {
      throw error("holds \(describe(value)) and no dictionary", remedy)
    }
    let keys: [StaticString] = ["model", "module"]
    for key in keys {
      if let members = value[key].flatMap(members(of:)), hasTensors(members) {
        return ("\(key)", members)
      }
    }
    if hasTensors(top) { return (nil, top) }
    for key in keys {
      guard let inner = value[key] else { continue }
      let what = members(of: inner) == nil ? describe(inner) : "a dictionary without tensors"
      throw error("holds \(what) under '\(key)' and no dictionary of tensors", remedy)
    }
    let names = top.prefix(8).map { $0.key.string.map { "'\($0)'" } ?? $0.key.kind.rawValue }
    let inner = top.first { members(of: $0.value).map(hasTensors) ?? false }?.key.string
    throw error(
      "has no tensors at the top level, under 'model' or under 'module'; it has "
        + (names.isEmpty ? "no members" : names.joined(separator: ", "))
        + (top.count > names.count ? ", …" : ""),
      inner.map { "its tensors seem to be under '\($0)': save that as 'model'" } ?? remedy)
  }

  /// The members of a dictionary, or of a class that is one.
  private static func members(of value: PickleValue) -> PicklePairs? {
    switch value.kind {
    case .dict: return value.pairs
    case .object:
      let classes: Set<String> = ["collections.OrderedDict", "collections.defaultdict"]
      return classes.contains(value.constructor ?? "") ? value.pairs : nil
    default: return nil
    }
  }

  private static func hasTensors(_ members: PicklePairs) -> Bool {
    members.contains { TorchStorages.isTensor($0.value) }
  }

  private static func describe(_ value: PickleValue) -> String {
    value.constructor.map { "an object of \($0)" } ?? value.kind.rawValue
  }
}
