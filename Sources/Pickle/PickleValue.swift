import Records

/// A value that a pickle built. It keeps the whole of them alive.
package struct PickleValue: Sendable {
  /// What a value can be.
  package enum Kind: String, Sendable {
    case none = "None"
    case bool = "a boolean"
    case int = "an integer"
    case wideInt = "an integer beyond 64 bits"
    case float = "a float"
    case string = "a string"
    case bytes = "bytes"
    case list = "a list"
    case tuple = "a tuple"
    case dict = "a dictionary"
    case global = "a name to import"
    case object = "an object"
    case persistent = "a persistent id"
  }

  let tree: PickleTree
  let item: PickleItem

  /// What this value is.
  package var kind: Kind {
    switch item {
    case .none: .none
    case .bool: .bool
    case .int: .int
    case .wideInt: .wideInt
    case .float: .float
    case .text: .string
    case .bytes: .bytes
    case .list: .list
    case .tuple: .tuple
    case .dict: .dict
    case .global: .global
    case .object: .object
    case .persistent: .persistent
    }
  }

  /// Where the opcode stands that made this list, tuple, dictionary or object; nil for others.
  package var offset: Int? { item.container.map { tree.offsets[Int($0)] } }

  /// Nil for another kind.
  package var bool: Bool? {
    guard case .bool(let bool) = item else { return nil }
    return bool
  }

  /// Nil for another kind, booleans included.
  package var int: Int? {
    guard case .int(let int) = item else { return nil }
    return int
  }

  /// A float, or an integer as one; nil for another kind.
  package var double: Double? {
    switch item {
    case .float(let float): float
    case .int(let int): Double(int)
    default: nil
    }
  }

  /// A string, or a byte string of Python 2; nil for another kind.
  package var string: String? {
    guard case .text(let place) = item else { return nil }
    return withBytes(of: place) { bytes, isLatin1 in
      isLatin1
        ? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
        : String(decoding: bytes, as: UTF8.self)
    }
  }

  /// Whether it is this string.
  package func isString(_ text: StaticString) -> Bool {
    guard case .text(let place) = item else { return false }
    return withBytes(of: place) { bytes, _ in
      text.withUTF8Buffer { $0.count == bytes.count && $0.elementsEqual(bytes) }
    }
  }

  /// Bytes of Python 3; nil for another kind.
  package var bytes: [UInt8]? {
    guard case .bytes(let place) = item else { return nil }
    return withBytes(of: place) { bytes, _ in Array(bytes) }
  }

  /// The elements of a list or a tuple; nil for another kind.
  package var elements: PickleElements? {
    switch item {
    case .list(let place), .tuple(let place): PickleElements(tree, place)
    default: nil
    }
  }

  /// The members of a dictionary, or those that were set on an object, in the order of the file;
  /// nil for another kind. A key that comes twice is given twice; Python keeps the last.
  package var pairs: PicklePairs? {
    switch item {
    case .dict(let place): return PicklePairs(elements: PickleElements(tree, place))
    case .object:
      guard let members = object(.pairs), case .dict(let place) = members.item else {
        return PicklePairs(elements: nil)
      }
      return PicklePairs(elements: PickleElements(tree, place))
    default: return nil
    }
  }

  /// A member of a dictionary or of an object's dictionary part; of several the last.
  package subscript(key: StaticString) -> PickleValue? {
    pairs?.reversed().first { $0.key.isString(key) }?.value
  }

  private func withBytes<Result>(
    of place: Int32, _ body: (_ bytes: UnsafeBufferPointer<UInt8>, _ isLatin1: Bool) -> Result
  ) -> Result {
    let span = tree.spans[Int(place)]
    let range = span.start..<span.start + Int(span.count)
    return span.isInFile
      ? tree.file.withBytes { body(UnsafeBufferPointer(rebasing: $0[range]), span.isLatin1) }
      : tree.unescaped.withUnsafeBufferPointer {
        body(UnsafeBufferPointer(rebasing: $0[range]), span.isLatin1)
      }
  }
}

// MARK: - Opaque values

extension PickleValue {
  /// The full name of a global, such as `torch.FloatStorage`; nil for another kind.
  package var globalName: String? {
    guard case .global(let place) = item else { return nil }
    return tree.globals[Int(place)]
  }

  /// The full name of what would make this object; nil for another kind.
  package var constructor: String? { object(.constructor)?.globalName }

  /// What this object would be made with, a tuple; nil for another kind.
  package var arguments: PickleElements? { object(.arguments)?.elements }

  /// The state that BUILD gives this object; nil where it gives none and for another kind.
  package var state: PickleValue? { object(.state).flatMap { $0.kind == .none ? nil : $0 } }

  /// What is appended to this object; nil where nothing is and for another kind.
  package var appended: PickleElements? { object(.elements)?.elements }

  /// The id of a persistent object, such as a storage; nil for another kind.
  package var persistentID: PickleValue? {
    guard case .persistent(let place) = item else { return nil }
    return PickleElements(tree, place).first
  }

  private func object(_ field: PickleObjectField) -> PickleValue? {
    guard case .object(let place) = item else { return nil }
    return PickleElements(tree, place)[Int(field.rawValue)]
  }
}
