/// The id of a sample as the official files write it: a number (VQA questions, COCO images) or a
/// string (VATEX clips, NLVR2 examples).
///
/// `7` and `"7"` are different ids. Strings are the same id only if their bytes are: `String` compares
/// by canonical equivalence, and `é` of one code point is not `é` of two in any file's program.
public enum SampleID: Sendable {
  /// A number.
  case int(Int)
  /// A string.
  case string(String)
}

extension SampleID: CustomStringConvertible {
  /// The id as text, without quotation marks.
  public var description: String {
    switch self {
    case .int(let number): "\(number)"
    case .string(let text): text
    }
  }
}

extension SampleID: Hashable {
  /// Whether both are the same number, or strings of the same bytes.
  public static func == (first: SampleID, second: SampleID) -> Bool {
    switch (first, second) {
    case (.int(let first), .int(let second)): first == second
    case (.string(let first), .string(let second)): first.utf8.elementsEqual(second.utf8)
    case (.int, .string), (.string, .int): false
    }
  }

  /// Hashes the number, or the string's bytes.
  public func hash(into hasher: inout Hasher) {
    switch self {
    case .int(let number):
      hasher.combine(0 as UInt8)
      hasher.combine(number)
    case .string(var text):
      hasher.combine(1 as UInt8)
      text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
  }
}

extension SampleID: Comparable {
  /// Numbers come before strings, strings in the order of their bytes.
  public static func < (first: SampleID, second: SampleID) -> Bool {
    switch (first, second) {
    case (.int(let first), .int(let second)): first < second
    case (.string(let first), .string(let second)):
      first.utf8.lexicographicallyPrecedes(second.utf8)
    case (.int, .string): true
    case (.string, .int): false
    }
  }
}

extension SampleID: ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
  /// A number.
  public init(integerLiteral value: Int) { self = .int(value) }
  /// A string.
  public init(stringLiteral value: String) { self = .string(value) }
}

extension SampleID {
  /// The id as a JSON value.
  package var json: JSONValue {
    switch self {
    case .int(let number): .int(number)
    case .string(let text): .string(text)
    }
  }

  /// Reads what `json` wrote; nil for any other kind of value.
  package init?(json: JSONValue) {
    switch json {
    case .int(let number): self = .int(number)
    case .string(let text): self = .string(text)
    default: return nil
    }
  }

  /// Numbers for equal and unequal ids, from 0 in the order of first appearance.
  package static func places(of ids: [SampleID]) -> [Int] {
    var known = [SampleID: Int](minimumCapacity: ids.count)
    return ids.map { id in
      if let place = known[id] { return place }
      known[id] = known.count
      return known.count - 1
    }
  }
}

extension JSONReader {
  /// Reads an id: an integer or a string.
  ///
  /// - Throws: `JSONError` for another kind, for a fraction and beyond 64 bits.
  package mutating func readID() throws -> SampleID {
    try peek() == .string ? .string(try readString()) : .int(try readInt())
  }
}

extension JSONWriter {
  /// Writes an id.
  package mutating func id(_ id: SampleID) {
    switch id {
    case .int(let number): int(number)
    case .string(let text): string(text)
    }
  }
}
