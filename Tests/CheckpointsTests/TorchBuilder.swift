import Records
import TestSupport

/// Values of a pickle, of plain ones and of those that name classes.
indirect enum Pickle {
  case none
  case bool(Bool)
  case int(Int)
  /// 2^64 and more, by its bytes.
  case wideInt([UInt8])
  case string(String)
  case tuple([Pickle])
  case list([Pickle])
  case dict([(Pickle, Pickle)])
  case global(String, String)
  case call(Pickle, [Pickle])
  /// An object whose members are set.
  case members(Pickle, [(Pickle, Pickle)])
  case build(Pickle, Pickle)
  case persistent(Pickle)

  /// A whole pickle of protocol 2.
  var bytes: [UInt8] {
    var out: [UInt8] = [0x80, 2]
    append(to: &out)
    return out + Array(".".utf8)
  }

  private func append(to out: inout [UInt8]) {
    func code(_ text: String) { out += Array(text.utf8) }
    switch self {
    case .none: code("N")
    case .bool(let bool): out.append(bool ? 0x88 : 0x89)
    case .int(let int): code("I\(int)\n")
    case .wideInt(let bytes): out += [0x8A, UInt8(bytes.count)] + bytes
    case .string(let string):
      code("X")
      withUnsafeBytes(of: UInt32(string.utf8.count).littleEndian) { out += Array($0) }
      code(string)
    case .tuple(let elements):
      code("(")
      for element in elements { element.append(to: &out) }
      code("t")
    case .list(let elements):
      code("](")
      for element in elements { element.append(to: &out) }
      code("e")
    case .dict(let members):
      code("}(")
      Self.append(members, to: &out)
      code("u")
    case .global(let module, let name): code("c\(module)\n\(name)\n")
    case .call(let function, let arguments):
      function.append(to: &out)
      Pickle.tuple(arguments).append(to: &out)
      code("R")
    case .members(let object, let members):
      object.append(to: &out)
      code("(")
      Self.append(members, to: &out)
      code("u")
    case .build(let object, let state):
      object.append(to: &out)
      state.append(to: &out)
      code("b")
    case .persistent(let id):
      id.append(to: &out)
      code("Q")
    }
  }

  private static func append(_ members: [(Pickle, Pickle)], to out: inout [UInt8]) {
    for (key, value) in members {
      key.append(to: &out)
      value.append(to: &out)
    }
  }

  /// A storage, as `torch.save` names it.
  static func storage(
    _ key: String, count: Int, type: (String, String) = ("torch", "FloatStorage")
  ) -> Pickle {
    .persistent(
      .tuple([
        .string("storage"), .global(type.0, type.1), .string(key), .string("cuda:0"), .int(count),
      ]))
  }

  /// `_rebuild_tensor_v2`.
  static func tensor(
    _ storage: Pickle, offset: Int = 0, shape: [Int], strides: [Int]
  ) -> Pickle {
    .call(
      .global("torch._utils", "_rebuild_tensor_v2"),
      [
        storage, .int(offset), .tuple(shape.map { .int($0) }), .tuple(strides.map { .int($0) }),
        .bool(false), ordered([]),
      ])
  }

  /// An `OrderedDict`.
  static func ordered(_ members: [(String, Pickle)]) -> Pickle {
    .members(
      .call(.global("collections", "OrderedDict"), []), members.map { (.string($0.0), $0.1) })
  }

  /// A dictionary with strings for keys.
  static func named(_ members: [(String, Pickle)]) -> Pickle {
    .dict(members.map { (.string($0.0), $0.1) })
  }
}

/// Archives as `torch.save` writes them, any part of which can be wrong.
struct TorchBuilder {
  var value: Pickle
  var storages: [(key: String, bytes: [UInt8])] = [("0", floats([1, 2, 3, 4, 5, 6]))]
  var order: String? = "little"
  /// Changes the archive before it is written.
  var change: (inout ZipBuilder) -> Void = { _ in }

  init(_ value: Pickle) { self.value = value }

  /// A file whose only tensor is `w`, under `model`.
  init(w: Pickle) { value = .named([("model", .ordered([("w", w)]))]) }

  static func floats(_ floats: [Float]) -> [UInt8] { floats.withUnsafeBytes { Array($0) } }

  var bytes: [UInt8] {
    var zip = ZipBuilder(entries: [ZipBuilder.Entry("archive/data.pkl", value.bytes)])
    if let order { zip.entries.append(ZipBuilder.Entry("archive/byteorder", Array(order.utf8))) }
    zip.entries += storages.map { ZipBuilder.Entry("archive/data/\($0.key)", $0.bytes) }
    zip.entries.append(ZipBuilder.Entry("archive/version", Array("3\n".utf8)))
    change(&zip)
    return zip.bytes()
  }

  var file: MappedFile { MappedFile(bytes: bytes, name: "some.pth") }
}
