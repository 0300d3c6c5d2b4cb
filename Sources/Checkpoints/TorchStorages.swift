import Archives
import Pickle
import Records
import Tensors

/// The storages of a `torch.save` archive, and tensors over them.
///
/// Source: `torch/serialization.py` and `torch/_utils.py`.
struct TorchStorages {
  let archive: ZipArchive
  /// What stands before `data/<key>` in the names of members.
  let prefix: String

  /// A storage that a persistent id names.
  private struct Storage {
    let element: ElementType
    /// Where it begins in the file, and how many elements it has.
    let start: Int
    let count: Int
  }

  /// How many wrappers may be around a tensor.
  private static let depth = 4

  /// Whether this is what rebuilds a tensor.
  static func isTensor(_ value: PickleValue) -> Bool {
    value.constructor.map { $0.hasPrefix("torch._utils._rebuild_") || isWrapper($0) } ?? false
  }

  private static func isWrapper(_ name: String) -> Bool {
    name == "torch._tensor._rebuild_from_type_v2" || name == "torch._tensor._rebuild_from_type"
  }

  /// The tensor that a value rebuilds; nil for a value that is none.
  ///
  /// - Throws: `CheckpointError` and `ArchiveError`.
  func tensor(_ name: String, _ value: PickleValue) throws -> StoredTensor? {
    guard Self.isTensor(value), let function = value.constructor, let arguments = value.arguments
    else { return nil }
    return try tensor(name, function, arguments, depth: 0)
  }

  private func tensor(
    _ name: String, _ function: String, _ arguments: PickleElements, depth: Int
  ) throws -> StoredTensor {
    func bad(_ reason: String, _ remedy: String = "save the file again") -> CheckpointError {
      .badTensor(file: archive.name, tensor: name, reason: reason, remedy: remedy)
    }
    guard depth < Self.depth else { throw bad("is wrapped more than \(Self.depth) times") }
    switch function {
    case "torch._utils._rebuild_parameter", "torch._utils._rebuild_parameter_with_state":
      guard let inner = arguments.first, let function = inner.constructor,
        let arguments = inner.arguments
      else { throw bad("is a parameter of no tensor") }
      return try tensor(name, function, arguments, depth: depth + 1)
    case _ where Self.isWrapper(function):
      // (function, class, arguments of the function, state): tensors with attributes of Python.
      guard arguments.count >= 3, let function = arguments[0].globalName,
        let inner = arguments[2].elements
      else { throw bad("is a subclass of a tensor in no known form") }
      return try tensor(name, function, inner, depth: depth + 1)
    case "torch._utils._rebuild_tensor", "torch._utils._rebuild_tensor_v2",
      "torch._utils._rebuild_tensor_v3":
      break
    default:
      throw bad(
        "\(function) makes it, and only dense tensors are read", "save it as a dense tensor")
    }
    let isTyped = function != "torch._utils._rebuild_tensor_v3"
    guard arguments.count >= (isTyped ? 4 : 7), let offset = arguments[1].int,
      let shape = Self.integers(arguments[2]), let strides = Self.integers(arguments[3])
    else { throw bad("its offset, size or stride is no number") }
    let named = isTyped ? nil : arguments[6].globalName
    if !isTyped, named == nil { throw bad("its element type is no name") }
    let storage = try self.storage(arguments[0], type: named, bad)
    do {
      return StoredTensor(
        name: name, element: storage.element,
        layout: try TensorLayout(
          shape: shape, strides: strides, offset: offset, available: storage.count),
        start: storage.start)
    } catch let defect as TensorLayout.Defect {
      throw bad(defect.reason, "the file is damaged: get it anew")
    }
  }

  private static func integers(_ value: PickleValue) -> [Int]? {
    guard let elements = value.elements, elements.count < 1 << 10 else { return nil }
    let numbers = elements.compactMap(\.int)
    return numbers.count == elements.count ? numbers : nil
  }

  /// Finds the storage of `('storage', <class>, key, location, element count)`.
  ///
  /// - Parameter type: the tensor's own element type where the storage has none.
  private func storage(
    _ value: PickleValue, type: String?, _ bad: (String, String) -> CheckpointError
  ) throws -> Storage {
    let remedy = "save the file again"
    guard let id = value.persistentID?.elements, id.count >= 5, id[0].isString("storage"),
      let typeName = id[1].globalName, let key = id[2].string, let stated = id[4].int, stated >= 0
    else { throw bad("its storage is in no known form", remedy) }
    let title = type ?? typeName
    guard let element = Self.element(title) else {
      throw bad("its numbers are \(title), which are not read", "save it as float32")
    }
    // A storage without a type of its own counts bytes.
    let isUntyped = Self.untyped.contains(Self.lastPart(typeName))
    let unit = isUntyped ? 1 : Self.element(typeName)?.byteCount ?? element.byteCount
    let (bytes, overflows) = stated.multipliedReportingOverflow(by: unit)
    guard let member = archive.member(named: "\(prefix)data/\(key)") else {
      guard stated == 0 else { throw bad("its storage '\(key)' is not in the file", remedy) }
      return Storage(element: element, start: 0, count: 0)
    }
    let content = try archive.stored(member)
    guard !overflows, bytes <= content.count else {
      throw bad(
        "its storage '\(key)' should have \(stated) elements and has \(content.count) bytes",
        "the file is damaged: get it anew")
    }
    return Storage(element: element, start: member.offset, count: bytes / element.byteCount)
  }

  private static let untyped: Set<Substring> = ["UntypedStorage", "_UntypedStorage"]

  private static func lastPart(_ name: String) -> Substring {
    name.split(separator: ".").last ?? ""
  }

  /// Storage classes (`torch.FloatStorage`, `torch.cuda.FloatStorage`) and types (`torch.float32`).
  private static func element(_ name: String) -> ElementType? {
    guard name.hasPrefix("torch.") else { return nil }
    switch lastPart(name) {
    case "DoubleStorage", "float64": return .float64
    case "FloatStorage", "float32": return .float32
    case "HalfStorage", "float16": return .float16
    case "BFloat16Storage", "bfloat16": return .bfloat16
    case "LongStorage", "int64": return .int64
    case "IntStorage", "int32": return .int32
    case "ShortStorage", "int16": return .int16
    case "CharStorage", "int8": return .int8
    case "ByteStorage", "uint8", "UntypedStorage", "_UntypedStorage": return .uint8
    case "BoolStorage", "bool": return .bool
    default: return nil
    }
  }
}
