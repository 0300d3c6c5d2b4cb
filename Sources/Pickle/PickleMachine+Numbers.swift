import Glibc

extension PickleMachine {
  /// Takes some bytes.
  mutating func take(_ count: Int) throws -> Range<Int> {
    guard count <= bytes.count - position else { throw cutOff(count) }
    defer { position += count }
    return position..<position + count
  }

  /// An unsigned number, least significant byte first.
  mutating func readNumber(_ size: Int) throws -> Int {
    var number: UInt64 = 0
    for (place, index) in try take(size).enumerated() {
      number |= UInt64(bytes[index]) << (8 * UInt64(place))
    }
    guard let number = Int(exactly: number) else { throw malformed("a length beyond 63 bits") }
    return number
  }

  /// A signed number of up to 64 bits, least significant byte first; no bytes are 0. A longer one,
  /// such as the seed of a generator, is passed over where unknown objects are too.
  mutating func readLong(_ size: Int) throws -> PickleItem {
    let range = try take(size)
    guard size <= 8 else {
      guard case .opaque = globals.unlisted else { throw malformed("an integer beyond 64 bits") }
      return .wideInt
    }
    guard size > 0 else { return .int(0) }
    var number = bytes[range.upperBound - 1] & 0x80 == 0 ? 0 : -1
    for index in range.reversed() { number = number << 8 | Int(bytes[index]) }
    return .int(number)
  }

  /// A double, most significant byte first.
  mutating func readFloat() throws -> Double {
    let start = try take(8).lowerBound
    return Double(
      bitPattern: UInt64(
        bigEndian: UnsafeRawBufferPointer(bytes).loadUnaligned(
          fromByteOffset: start, as: UInt64.self)))
  }

  /// The bytes up to the next line feed, which is passed.
  mutating func readLine() throws -> Range<Int> {
    let left = bytes.count - position
    guard let start = bytes.baseAddress.map({ $0 + position }), left > 0,
      let end = memchr(start, 0x0A, left)
    else { throw cutOff(left + 1) }
    let count = UnsafeRawPointer(start).distance(to: end)
    defer { position += count + 1 }
    return position..<position + count
  }

  /// INT: a decimal number; `00` and `01` are the booleans.
  mutating func readIntLine() throws -> PickleItem {
    let line = try readLine()
    if line.count == 2, bytes[line.lowerBound] == UInt8(ascii: "0") {
      switch bytes[line.lowerBound + 1] {
      case UInt8(ascii: "0"): return .bool(false)
      case UInt8(ascii: "1"): return .bool(true)
      default: break
      }
    }
    return .int(try decimal(line))
  }

  /// LONG: a decimal number, with an `L` behind it as Python 2 writes it.
  mutating func readLongLine() throws -> Int {
    let line = try readLine()
    let hasLetter = !line.isEmpty && bytes[line.upperBound - 1] == UInt8(ascii: "L")
    return try decimal(hasLetter ? line.dropLast() : line)
  }

  /// The number of a memo slot.
  mutating func readIndexLine() throws -> Int {
    let number = try decimal(readLine())
    guard number >= 0 else { throw malformed("memo slot \(number)") }
    return number
  }

  private func decimal(_ line: Range<Int>) throws -> Int {
    var index = line.lowerBound
    var isNegative = false
    if index < line.upperBound, bytes[index] == UInt8(ascii: "-") {
      isNegative = true
      index += 1
    }
    guard index < line.upperBound else { throw notANumber(line) }
    var number = 0
    while index < line.upperBound {
      let digit = bytes[index] &- UInt8(ascii: "0")
      guard digit <= 9 else { throw notANumber(line) }
      let (product, overflows) = number.multipliedReportingOverflow(by: 10)
      let (sum, overflowsToo) =
        isNegative
        ? product.subtractingReportingOverflow(Int(digit))
        : product.addingReportingOverflow(Int(digit))
      guard !overflows, !overflowsToo else { throw malformed("an integer beyond 64 bits") }
      number = sum
      index += 1
    }
    return number
  }

  /// FLOAT: what Python's `repr` writes.
  mutating func readFloatLine() throws -> Double {
    let line = try readLine()
    let legal = Array("+-.0123456789eE".utf8)
    let text = String(decoding: bytes[line], as: UTF8.self)
    switch text {
    case "inf": return .infinity
    case "-inf": return -.infinity
    case "nan", "-nan": return .nan
    default:
      guard bytes[line].allSatisfy({ legal.contains($0) }), let number = Double(text) else {
        throw notANumber(line)
      }
      return number
    }
  }

  private func notANumber(_ line: Range<Int>) -> PickleError {
    let text = Self.text(bytes[line])
    return malformed(
      "'\(text)' is no number"
        + (text.hasSuffix("\\r") ? ", the file was converted to other line ends" : ""))
  }
}
