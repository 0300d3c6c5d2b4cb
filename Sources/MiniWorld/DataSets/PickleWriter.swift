import Records

/// Writes a pickle of protocol 2 as Python 3 does, without what only saves room: a list of
/// dictionaries of strings, integers and lists.
///
/// Source: CPython, `Lib/pickle.py` and `pickletools.py` (the opcodes and their arguments).
struct PickleWriter {
  private(set) var bytes: [UInt8] = []

  /// What a value can be.
  indirect enum Value {
    case int(Int)
    case string(String)
    case list([Value])
    case dictionary([(key: String, value: Value)])
  }

  /// Writes a file with a list whose elements the function adds, one after the other.
  ///
  /// - Throws: `RecordError.writeFailed`, and what the function throws; nothing then remains.
  static func list(
    _ path: String, _ body: (_ element: (Value) throws -> Void) throws -> Void
  ) throws {
    let file = try AtomicFile(path)
    // PROTO 2, EMPTY_LIST
    try file.append([0x80, 2, UInt8(ascii: "]")])
    try body { value in
      var writer = PickleWriter()
      writer.append(value)
      // APPEND
      writer.bytes.append(UInt8(ascii: "a"))
      try file.append(writer.bytes)
    }
    try file.append(".")
    try file.commit()
  }

  private mutating func append(_ value: Value) {
    switch value {
    case .int(let number): append(number)
    case .string(let text):
      // BINUNICODE
      bytes.append(UInt8(ascii: "X"))
      append(littleEndian: UInt32(text.utf8.count))
      bytes += text.utf8
    case .list(let values):
      // EMPTY_LIST, MARK … APPENDS
      bytes += [UInt8(ascii: "]"), UInt8(ascii: "(")]
      for value in values { append(value) }
      bytes.append(UInt8(ascii: "e"))
    case .dictionary(let members):
      // EMPTY_DICT, MARK … SETITEMS
      bytes += [UInt8(ascii: "}"), UInt8(ascii: "(")]
      for (key, value) in members {
        append(.string(key))
        append(value)
      }
      bytes.append(UInt8(ascii: "u"))
    }
  }

  private mutating func append(_ number: Int) {
    switch number {
    case 0...0xFF: bytes += [UInt8(ascii: "K"), UInt8(number)]  // BININT1
    case 0x100...0xFFFF:  // BININT2
      bytes += [UInt8(ascii: "M"), UInt8(number & 0xFF), UInt8(number >> 8)]
    case Int(Int32.min)...Int(Int32.max):  // BININT
      bytes.append(UInt8(ascii: "J"))
      append(littleEndian: UInt32(bitPattern: Int32(number)))
    default:  // LONG1 of eight bytes
      bytes += [0x8A, 8]
      withUnsafeBytes(of: Int64(number).littleEndian) { bytes += $0 }
    }
  }

  private mutating func append(littleEndian number: UInt32) {
    withUnsafeBytes(of: number.littleEndian) { bytes += $0 }
  }
}
