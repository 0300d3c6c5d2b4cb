import Records
import Reporting
import TestSupport
import Testing

/// JSON within a page is the same JSON.
@Suite struct EmbeddedJSONTests {
  @Test(arguments: RunPageFixture.hostile + ["plain", "", "\u{E2}\u{80}", "\u{2027}\u{202A}"])
  func sameValue(_ text: String) throws {
    let value: JSONValue = [text: [.string(text), 1.5, nil, true]]
    let escaped = String(
      decoding: EmbeddedJSON.escaped(try value.serialized()), as: UTF8.self)
    #expect(try JSONFile.parse(escaped) == value)
    let scalars = escaped.unicodeScalars
    for scalar in scalars { #expect(!"<>&\u{2028}\u{2029}".unicodeScalars.contains(scalar)) }
  }
}
