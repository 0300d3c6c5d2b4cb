import Foundation
import Records
import Testing

extension JSONReader {
  fileprivate mutating func readIntegers() throws -> [Int] {
    var values: [Int] = []
    try readArray { values.append(try $0.readInt()) }
    return values
  }
}

@Suite struct JSONNumberTests {
  private func double(_ text: String) throws -> Double {
    var reader = try JSONReader(document(text))
    let value = try reader.readDouble()
    try reader.finish()
    return value
  }

  @Test func aMillionBitPatternsAreExact() throws {
    var generator = SeededGenerator(state: 1)
    var wrong: [String] = []
    for round in 0..<1_000_000 {
      // Half of them of any size, half with the few digits of coordinates and scores.
      let value =
        round.isMultiple(of: 2)
        ? Double(bitPattern: generator.next())
        : Double(Int.random(in: -1_000_000...1_000_000, using: &generator)) / 1000
      guard value.isFinite else { continue }
      let text = value.description
      if try double(text).bitPattern != value.bitPattern { wrong.append(text) }
    }
    #expect(wrong == [])
  }

  /// Digits beyond a double's, halfway cases, subnormals: against `strtod`, which rounds exactly.
  @Test func longNumbersAreExact() throws {
    var generator = SeededGenerator(state: 2)
    var texts = [
      "9007199254740993", "9007199254740992.5", "2.2250738585072011e-308", "4.9e-324", "2.4e-324",
      "1e-400", "1.7976931348623157e308", "0.000000000000000000000000000000000000000001e42",
      "123456789012345678901234567890", "18446744073709551615", "18446744073709551616",
      "100000000000000000000000e-22", "1e22", "1e23", "-0", "-0.0", "0e999999999999999999999",
      "1e-99999999999999999999", "8.5e0000000000000000000001",
    ]
    for _ in 0..<50_000 {
      let digits = (0..<Int.random(in: 1...25, using: &generator))
        .map { _ in String(UInt8.random(in: 0...9, using: &generator)) }.joined()
      texts.append(
        "\(Int.random(in: 1...9, using: &generator)).\(digits)"
          + "e\(Int.random(in: -320...300, using: &generator))")
    }
    let wrong = try texts.filter { try double($0).bitPattern != strtod($0, nil).bitPattern }
    #expect(wrong == [])
  }

  @Test func integersToTheLimits() throws {
    for value in [0, -1, 7, 999_999_999_999_999_999, Int.max, Int.min, Int.max - 9, Int.min + 8] {
      var reader = try JSONReader(document("[\(value)]"))
      #expect(try reader.readIntegers() == [value])
    }
    #expect(try parse(Array("-0".utf8)) == .int(0))
    #expect(try parse(Array("9223372036854775808".utf8)) == .double(9_223_372_036_854_775_808))
    #expect(try parse(Array("-9223372036854775808".utf8)) == .int(.min))
    #expect(try parse(Array("99999999999999999999999".utf8)) == .double(1e23))
    #expect(try parse(Array("1.0".utf8)) == .double(1))
  }
}
