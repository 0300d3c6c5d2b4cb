import Records
import Testing

/// A document, where its error is, and a part of what is said of it.
struct Invalid: Sendable, CustomTestStringConvertible {
  let bytes: [UInt8]
  let line: Int
  let column: Int
  let says: String

  init(_ text: String, _ line: Int, _ column: Int, _ says: String) {
    self.init(bytes: Array(text.utf8), line, column, says)
  }

  init(bytes: [UInt8], _ line: Int, _ column: Int, _ says: String) {
    self.bytes = bytes
    self.line = line
    self.column = column
    self.says = says
  }

  var testDescription: String { String(decoding: bytes, as: UTF8.self).debugDescription }
}

/// A string of some bytes after two characters of the line, one of two bytes.
private func inString(_ bytes: UInt8...) -> [UInt8] {
  Array("[\"é".utf8) + bytes + Array("\"]".utf8)
}

@Suite struct JSONInvalidTests {
  static let structure: [Invalid] = [
    Invalid("", 1, 1, "the file is empty"),
    Invalid(" \n ", 2, 2, "expected a value"),
    Invalid("[1, 2", 1, 6, "ends inside an array: it is truncated"),
    Invalid("{\"a\": 1", 1, 8, "ends inside an object: it is truncated"),
    Invalid("{\"a\"", 1, 5, "ends inside an object: it is truncated"),
    Invalid("{\"a\":", 1, 6, "it is truncated"),
    Invalid("[1,", 1, 4, "it is truncated"),
    Invalid("{", 1, 2, "it is truncated"),
    Invalid("[\"abc", 1, 6, "ends inside a string that begins at 1:2: it is truncated"),
    Invalid("[\"a\\", 1, 5, "ends inside a string"),
    Invalid("[tru", 1, 5, "ends inside the word 'true'"),
    Invalid("[1,]", 1, 3, "no trailing comma"),
    Invalid("{\"a\": 1,\n}", 1, 8, "no trailing comma"),
    Invalid("[1 2]", 1, 4, "expected ',' or ']' in an array, found the number 2"),
    Invalid("[1}", 1, 3, "expected ',' or ']'"),
    Invalid("{\"a\" 1}", 1, 6, "expected ':'"),
    Invalid("{a: 1}", 1, 2, "a member's name in double quotes"),
    Invalid("{1: 1}", 1, 2, "a member's name in double quotes"),
    Invalid("{'a': 1}", 1, 2, "single quote"),
    Invalid("{\"a\": 1 \"b\": 2}", 1, 9, "expected ',' or '}' in an object"),
    Invalid("[,1]", 1, 2, "expected a value, found ','"),
    Invalid("]", 1, 1, "expected a value"),
    Invalid("['a']", 1, 2, "single quote"),
    Invalid("[1, // one\n2]", 1, 5, "no comments"),
    Invalid("# note\n[]", 1, 1, "no comments"),
    Invalid("[] []", 1, 4, "the document ends here, but an array follows"),
    Invalid("{}x", 1, 3, "the document ends here"),
    Invalid("\n\n[1,\n  2,\n  x]", 5, 3, "expected a value, found x"),
    Invalid("{\"a\": 1, \"b\": 2,\n \"a\": 3}", 2, 7, "the member \"a\" stands twice"),
    Invalid(bytes: [0x5B, 0x00, 0x5D], 1, 2, "control character (0x00)"),
    Invalid(bytes: [0x5B, 0xA0, 0x5D], 1, 2, "the byte 0xA0"),
  ]

  static let words: [Invalid] = [
    Invalid("[NaN]", 1, 2, "NaN is not JSON"),
    Invalid("[-NaN]", 1, 2, "-NaN is not JSON"),
    Invalid("[Infinity]", 1, 2, "Infinity is not JSON"),
    Invalid("[-Infinity]", 1, 2, "-Infinity is not JSON"),
    Invalid("[True]", 1, 2, "True is not JSON: write true"),
    Invalid("[None]", 1, 2, "None is not JSON: write null"),
    Invalid("[nul]", 1, 2, "expected null, found nul"),
    Invalid("[nullx]", 1, 2, "found nullx"),
    Invalid("[trUe]", 1, 2, "trUe is not JSON: write true"),
  ]

  static let numbers: [Invalid] = [
    Invalid("[01]", 1, 2, "no leading zero"),
    Invalid("[-01]", 1, 2, "no leading zero"),
    Invalid("[1.]", 1, 4, "needs a digit"),
    Invalid("[.5]", 1, 2, "expected a value, found '.'"),
    Invalid("[+1]", 1, 2, "expected a value, found '+'"),
    Invalid("[-]", 1, 3, "needs a digit"),
    Invalid("[1e]", 1, 4, "needs a digit"),
    Invalid("[1e+]", 1, 5, "needs a digit"),
    Invalid("[1.e3]", 1, 4, "needs a digit"),
    Invalid("[0x10]", 1, 3, "expected ',' or ']'"),
    Invalid("[1_000]", 1, 3, "expected ',' or ']'"),
    Invalid("[--1]", 1, 3, "needs a digit"),
    Invalid("[1e999]", 1, 2, "too large for a double"),
    Invalid("[1.5", 1, 5, "it is truncated"),
    Invalid("[1.", 1, 4, "ends inside a number: it is truncated"),
    Invalid("-", 1, 2, "ends inside a number"),
  ]

  static let strings: [Invalid] = [
    Invalid("[\"a\nb\"]", 1, 4, "control character (0x0A)"),
    Invalid("[\"a\tb\"]", 1, 4, "control character (0x09)"),
    Invalid("[\"\\x41\"]", 1, 3, "\\'x' is no escape"),
    Invalid("[\"\\u12G4\"]", 1, 3, "four hexadecimal digits, found 'G'"),
    Invalid("[\"\\u12\"]", 1, 3, "four hexadecimal digits"),
    Invalid("[\"é\\ud800\"]", 1, 4, "first half of a surrogate pair alone"),
    Invalid("[\"\\ud800x\\udc00\"]", 1, 3, "first half"),
    Invalid("[\"\\ud800\\u0041\"]", 1, 3, "first half"),
    Invalid("[\"\\udc00\"]", 1, 3, "second half"),
    Invalid("[\"\\ud83d\\ude", 1, 13, "ends inside a string"),
    Invalid(bytes: inString(0x80), 1, 4, "UTF-8"),
    Invalid(bytes: inString(0xC0, 0x80), 1, 4, "UTF-8"),
    Invalid(bytes: inString(0xC1, 0xBF), 1, 4, "UTF-8"),
    Invalid(bytes: inString(0xE0, 0x9F, 0xBF), 1, 4, "UTF-8"),
    Invalid(bytes: inString(0xED, 0xA0, 0x80), 1, 4, "UTF-8"),
    Invalid(bytes: inString(0xF0, 0x8F, 0xBF, 0xBF), 1, 4, "UTF-8"),
    Invalid(bytes: inString(0xF4, 0x90, 0x80, 0x80), 1, 4, "UTF-8"),
    Invalid(bytes: inString(0xF5, 0x80, 0x80, 0x80), 1, 4, "UTF-8"),
    Invalid(bytes: inString(0xE2, 0x82), 1, 4, "UTF-8"),
    Invalid(bytes: inString(0xFF), 1, 4, "UTF-8"),
  ]

  @Test(arguments: structure + words + numbers + strings)
  func isRefusedWithItsPlace(_ invalid: Invalid) throws {
    let error = try #require(jsonError { _ = try parse(invalid.bytes) })
    #expect(error.file == "a.json")
    #expect("\(error.line):\(error.column)" == "\(invalid.line):\(invalid.column)")
    #expect(error.message.contains(invalid.says), "\(error)")
    #expect(!error.description.contains("\n"))
  }

  /// Skipping validates as reading does; only values that no double holds, and repeated names, are
  /// legal JSON.
  @Test(arguments: structure + words + numbers + strings)
  func isRefusedWhenSkipped(_ invalid: Invalid) {
    let isGrammatical =
      invalid.says.contains("too large") || invalid.says.contains("stands twice")
    let error = jsonError { try skip(invalid.bytes) }
    #expect((error == nil) == isGrammatical)
    if let error {
      #expect("\(error.line):\(error.column)" == "\(invalid.line):\(invalid.column)")
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let bytes = Array(sample.utf8)
    let end = try #require(bytes.lastIndex(of: UInt8(ascii: "}")))
    for count in 0...end {
      let part = Array(bytes[..<count])
      let error = try #require(jsonError { _ = try parse(part) }, "\(count) bytes")
      if count > 0 { #expect(error.message.contains("truncated"), "\(count) bytes: \(error)") }
      #expect(jsonError { try skip(part) } != nil)
    }
    #expect(throws: Never.self) { try parse(bytes) }
  }

  @Test func nestingIsLimited() throws {
    let deep = [UInt8](repeating: UInt8(ascii: "["), count: 1_000_000)
    for error in [jsonError { _ = try parse(deep) }, jsonError { try skip(deep) }] {
      #expect(try #require(error).message.contains("deeper than 128"))
      #expect(error?.column == 129)
    }
    let objects = Array(String(repeating: "{\"a\":", count: 200).utf8)
    #expect(try #require(jsonError { try skip(objects) }).message.contains("deeper than 128"))
    let legal = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
    #expect(throws: Never.self) { try skip(Array(legal.utf8)) }
  }

  @Test func mutationsNeverCrash() throws {
    var generator = SeededGenerator(state: 7)
    let bytes = Array(sample.utf8)
    for _ in 0..<20_000 {
      var mutant = bytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        let place = Int.random(in: 0..<mutant.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: mutant[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: mutant[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
        case 2: mutant.remove(at: place)
        default: mutant.insert(bytes[(place * 31) % bytes.count], at: place)
        }
      }
      do {
        let value = try parse(mutant)
        try skip(mutant)
        #expect(try parse(value.serialized()) == value)
      } catch {
        #expect(error is JSONError)
      }
    }
  }
}
