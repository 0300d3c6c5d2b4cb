/// The Python literals of a `.npy` header.
struct PythonLiteral {
  indirect enum Value {
    case string(String)
    case bool(Bool)
    case integers([Int])
    case dictionary([Member])
    /// A list: the type of a structured array.
    case list
  }

  struct Member {
    let key: String
    let value: Value
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
    var members: [Member] = []
    while !take("}") {
      if !members.isEmpty {
        guard take(",") else { return nil }
        if take("}") { break }
      }
      skipSpaces()
      guard let key = readString(), take(":"), let value = read(depth: 1) else { return nil }
      members.append(Member(key: key, value: value))
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
