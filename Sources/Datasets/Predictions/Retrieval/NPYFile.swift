import Metrics
import Records

/// numpy's `.npy`, versions 1 to 3.
///
/// Source: numpy, `numpy/lib/format.py`.
enum NPYFile {
  static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)

  /// Numpy pads headers to 64 bytes and refuses those above 10,000.
  private static let headerLimit = 1 << 16

  /// The array of a file.
  ///
  /// - Throws: `DatasetError.badTensor` for a header that is damaged or describes another kind of
  ///   array, and where the file's size is not what the header says.
  static func read(_ file: MappedFile) throws -> ArrayEntry {
    func error(_ reason: String, _ remedy: String = "save it again with numpy.save") -> DatasetError
    {
      .badTensor(path: file.path, member: "header", reason: reason, remedy: remedy)
    }
    let bytes = file.bytes
    guard bytes.count >= 10 else { throw error("the file ends inside the header: it is truncated") }
    let version = bytes[6]
    guard (1...3).contains(version) else {
      throw error("unknown version \(version).\(bytes[7]) of the .npy format")
    }
    let start = version == 1 ? 10 : 12
    guard bytes.count >= start else {
      throw error("the file ends inside the header: it is truncated")
    }
    let length = (8..<start).reversed().reduce(0) { $0 << 8 | Int(bytes[$1]) }
    guard length <= headerLimit else {
      throw error("a header of \(length) bytes, which no score matrix has")
    }
    guard bytes.count - start >= length else {
      throw error("the file ends inside the header: it is truncated")
    }
    var parser = PythonLiteral(Array(bytes[start..<start + length]))
    guard case .dictionary(let members)? = parser.readAll() else {
      throw error("the header is no Python dictionary")
    }
    guard Set(members.map(\.key)) == ["descr", "fortran_order", "shape"], members.count == 3 else {
      throw error(
        "expected descr, fortran_order and shape, found "
          + members.map(\.key).joined(separator: ", "))
    }
    guard
      case .bool(let isFortranOrder)? = members.first(where: { $0.key == "fortran_order" })?.value
    else { throw error("fortran_order is neither True nor False") }
    guard case .integers(let shape)? = members.first(where: { $0.key == "shape" })?.value else {
      throw error("shape is no tuple of integers")
    }
    let type = members.first { $0.key == "descr" }?.value
    let element = try element(type) { error($0, $1) }
    return try ArrayEntry(
      nil, element: element, shape: shape, isFortranOrder: isFortranOrder, start: start + length,
      in: file)
  }

  private static func element(
    _ type: PythonLiteral.Value?, _ error: (String, String) -> DatasetError
  ) throws -> ScoreMatrix.Element {
    let remedy = "save scores.astype('<f4')"
    guard case .string(let name)? = type else {
      throw error("expected float32 ('<f4'), found a structured array", remedy)
    }
    switch name {
    case "<f2": return .float16
    case "<f4": return .float32
    case "<f8": return .float64
    case "|O": throw error("expected float32 ('<f4'), found pickled Python objects", remedy)
    default: throw error("expected float32 ('<f4'), found '\(name)'", remedy)
    }
  }
}

/// The Python literals of a `.npy` header.
private struct PythonLiteral {
  enum Value {
    case string(String)
    case bool(Bool)
    case integers([Int])
    case dictionary([(key: String, value: Value)])
    /// A list: the type of a structured array.
    case list
  }

  private let bytes: [UInt8]
  private var cursor = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The one value that there is; nil for anything else.
  mutating func readAll() -> Value? {
    let value = read(depth: 0)
    skipSpaces()
    return cursor == bytes.count ? value : nil
  }

  private mutating func read(depth: Int) -> Value? {
    skipSpaces()
    guard cursor < bytes.count else { return nil }
    switch bytes[cursor] {
    case UInt8(ascii: "{") where depth == 0: return readDictionary()
    case UInt8(ascii: "("): return readTuple().map { .integers($0) }
    case UInt8(ascii: "'"), UInt8(ascii: "\""): return readString().map { .string($0) }
    case UInt8(ascii: "["): return skipList() ? .list : nil
    default: break
    }
    for (word, value) in [("True", true), ("False", false)]
    where bytes[cursor...].starts(with: word.utf8) {
      cursor += word.utf8.count
      return .bool(value)
    }
    return nil
  }

  private mutating func readDictionary() -> Value? {
    cursor += 1
    var members: [(key: String, value: Value)] = []
    while !take("}") {
      if !members.isEmpty {
        guard take(",") else { return nil }
        if take("}") { break }
      }
      skipSpaces()
      guard let key = readString(), take(":"), let value = read(depth: 1) else { return nil }
      members.append((key, value))
    }
    return .dictionary(members)
  }

  private mutating func readTuple() -> [Int]? {
    cursor += 1
    var numbers: [Int] = []
    while !take(")") {
      if !numbers.isEmpty {
        guard take(",") else { return nil }
        if take(")") { break }
      }
      skipSpaces()
      let digits = bytes[cursor...].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard let number = Int(String(decoding: digits, as: UTF8.self)) else { return nil }
      cursor += digits.count
      // Python 2 wrote long integers as 5L.
      _ = take("L")
      numbers.append(number)
    }
    return numbers
  }

  private mutating func readString() -> String? {
    guard cursor < bytes.count, bytes[cursor] == 0x27 || bytes[cursor] == 0x22 else { return nil }
    let content = bytes[(cursor + 1)...].prefix { $0 != bytes[cursor] && $0 != 0x5C && $0 >= 0x20 }
    guard content.endIndex < bytes.count, bytes[content.endIndex] == bytes[cursor] else {
      return nil
    }
    cursor = content.endIndex + 1
    return String(decoding: content, as: UTF8.self)
  }

  private mutating func skipList() -> Bool {
    var depth = 0
    while cursor < bytes.count {
      switch bytes[cursor] {
      case UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "]"): depth -= 1
      default: break
      }
      cursor += 1
      if depth == 0 { return true }
    }
    return false
  }

  private mutating func take(_ character: Unicode.Scalar) -> Bool {
    skipSpaces()
    guard cursor < bytes.count, bytes[cursor] == UInt8(ascii: character) else { return false }
    cursor += 1
    return true
  }

  private mutating func skipSpaces() {
    while cursor < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[cursor]) { cursor += 1 }
  }
}
