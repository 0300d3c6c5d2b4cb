extension PickleMachine {
  /// A byte string of Python 2 behind its length: UTF-8, or else Latin-1. BINSTRING's length is a
  /// signed number; a negative one is, read so, beyond every file.
  mutating func readByteString(_ size: Int) throws -> Int32 {
    try span(ofBytes: take(readNumber(size)))
  }

  /// A string behind its length: UTF-8.
  mutating func readUnicode(_ size: Int) throws -> Int32 {
    let range = try take(readNumber(size))
    guard Self.isUTF8(bytes[range]) else { throw malformed("the string is not UTF-8") }
    return try span(range, isLatin1: false)
  }

  /// Bytes behind their length.
  mutating func readBytes(_ size: Int) throws -> Int32 {
    try span(take(readNumber(size)), isLatin1: false)
  }

  /// STRING: a byte string as Python 2's `repr` writes it.
  mutating func readQuotedLine() throws -> Int32 {
    let line = try readLine()
    guard line.count >= 2, let quote = bytes[line].first, quote == bytes[line.upperBound - 1],
      quote == UInt8(ascii: "'") || quote == UInt8(ascii: "\"")
    else { throw malformed("'\(Self.text(bytes[line]))' is not in quotation marks") }
    let content = line.dropFirst().dropLast()
    guard bytes[content].contains(UInt8(ascii: "\\")) else { return try span(ofBytes: content) }
    let start = heap.unescaped.count
    try unescapeBytes(content)
    let added = heap.unescaped[start...]
    return try unescapedSpan(from: start, isLatin1: !Self.isUTF8(added))
  }

  /// UNICODE: `\uXXXX` and `\UXXXXXXXX` are escapes, every other byte is its Latin-1 character.
  mutating func readUnicodeLine() throws -> Int32 {
    let line = try readLine()
    if Self.isASCII(bytes[line]), !bytes[line].contains(UInt8(ascii: "\\")) {
      return try span(line, isLatin1: false)
    }
    let start = heap.unescaped.count
    try unescapeUnicode(line)
    return try unescapedSpan(from: start, isLatin1: false)
  }
}

// MARK: - Escapes

extension PickleMachine {
  /// Escapes of Python 2 byte strings; an unknown one stands for itself, backslash included.
  private mutating func unescapeBytes(_ range: Range<Int>) throws {
    var index = range.lowerBound
    while index < range.upperBound {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "\\") else {
        heap.unescaped.append(byte)
        continue
      }
      guard index < range.upperBound else { throw malformed("a backslash ends the string") }
      let letter = bytes[index]
      index += 1
      switch letter {
      case UInt8(ascii: "\\"), UInt8(ascii: "'"), UInt8(ascii: "\""):
        heap.unescaped.append(letter)
      case UInt8(ascii: "n"): heap.unescaped.append(0x0A)
      case UInt8(ascii: "t"): heap.unescaped.append(0x09)
      case UInt8(ascii: "r"): heap.unescaped.append(0x0D)
      case UInt8(ascii: "a"): heap.unescaped.append(0x07)
      case UInt8(ascii: "b"): heap.unescaped.append(0x08)
      case UInt8(ascii: "f"): heap.unescaped.append(0x0C)
      case UInt8(ascii: "v"): heap.unescaped.append(0x0B)
      case UInt8(ascii: "0")...UInt8(ascii: "7"):
        var number = Int(letter - UInt8(ascii: "0"))
        let end = min(index + 2, range.upperBound)
        while index < end, case let digit = bytes[index] &- UInt8(ascii: "0"), digit <= 7 {
          number = number * 8 + Int(digit)
          index += 1
        }
        heap.unescaped.append(UInt8(truncatingIfNeeded: number))
      case UInt8(ascii: "x"):
        let number = try hexadecimal(index, 2, within: range)
        heap.unescaped.append(UInt8(truncatingIfNeeded: number))
        index += 2
      default:
        heap.unescaped.append(UInt8(ascii: "\\"))
        heap.unescaped.append(letter)
      }
    }
  }

  /// Writes UTF-8. Two escapes that are halves of one character are joined; half a one is refused.
  private mutating func unescapeUnicode(_ range: Range<Int>) throws {
    var index = range.lowerBound
    var high: UInt32?
    func add(_ number: UInt32, _ machine: inout PickleMachine) throws {
      var number = number
      if let first = high {
        guard (0xDC00...0xDFFF).contains(number) else {
          throw machine.malformed("half a character (\\u\(String(first, radix: 16)))")
        }
        number = 0x10000 + (first - 0xD800) << 10 + (number - 0xDC00)
        high = nil
      } else if (0xD800...0xDBFF).contains(number) {
        high = number
        return
      }
      guard let scalar = Unicode.Scalar(number) else {
        throw machine.malformed("\\u\(String(number, radix: 16)) is no character")
      }
      machine.heap.unescaped.append(contentsOf: UTF8.encode(scalar) ?? UTF8.EncodedScalar())
    }
    while index < range.upperBound {
      let byte = bytes[index]
      index += 1
      guard byte == UInt8(ascii: "\\"), index < range.upperBound else {
        try add(UInt32(byte), &self)
        continue
      }
      let letter = bytes[index]
      let digits = letter == UInt8(ascii: "u") ? 4 : letter == UInt8(ascii: "U") ? 8 : 0
      index += 1
      if digits == 0 {
        try add(UInt32(byte), &self)
        try add(UInt32(letter), &self)
      } else {
        try add(hexadecimal(index, digits, within: range), &self)
        index += digits
      }
    }
    if let high { throw malformed("half a character (\\u\(String(high, radix: 16)))") }
  }

  private func hexadecimal(_ place: Int, _ digits: Int, within range: Range<Int>) throws -> UInt32 {
    guard place + digits <= range.upperBound else { throw malformed("an escape is cut off") }
    var number: UInt32 = 0
    for index in place..<place + digits {
      guard let digit = Character(Unicode.Scalar(bytes[index])).hexDigitValue, bytes[index] < 0x80
      else { throw malformed("'\(Self.text(bytes[place..<place + digits]))' is no escape") }
      number = number << 4 | UInt32(digit)
    }
    return number
  }
}

// MARK: - Spans

extension PickleMachine {
  private mutating func span(ofBytes range: Range<Int>) throws -> Int32 {
    try span(range, isLatin1: !Self.isUTF8(bytes[range]))
  }

  private mutating func span(_ range: Range<Int>, isLatin1: Bool) throws -> Int32 {
    guard let count = UInt32(exactly: range.count) else { throw malformed("a string of 4 GB") }
    return heap.span(
      PickleSpan(start: range.lowerBound, count: count, isInFile: true, isLatin1: isLatin1))
  }

  private mutating func unescapedSpan(from start: Int, isLatin1: Bool) throws -> Int32 {
    guard let count = UInt32(exactly: heap.unescaped.count - start) else {
      throw malformed("a string of 4 GB")
    }
    return heap.span(
      PickleSpan(start: start, count: count, isInFile: false, isLatin1: isLatin1))
  }

  private static func isASCII(_ bytes: some Sequence<UInt8>) -> Bool {
    bytes.allSatisfy { $0 < 0x80 }
  }

  private static func isUTF8(_ bytes: some Collection<UInt8>) -> Bool {
    isASCII(bytes) || String(validating: bytes, as: UTF8.self) != nil
  }
}
