import Foundation
import Records
import TestSupport
import Testing

/// A page taken apart by plain rules: what a tag is and where data stand.
struct PageText {
  let text: String

  init(_ bytes: [UInt8]) throws {
    text = try #require(String(validating: bytes, as: UTF8.self))
  }

  /// The contents of elements of a name, which must not be nested, with their opening tags.
  func elements(_ name: String) -> [(tag: Substring, content: Substring)] {
    var found: [(Substring, Substring)] = []
    var rest = text[...]
    while let open = rest.range(of: "<\(name)"), let end = rest[open.upperBound...].range(of: ">"),
      let close = rest[end.upperBound...].range(of: "</\(name)>")
    {
      let tag = rest[open.lowerBound..<end.upperBound]
      found.append((tag, rest[end.upperBound..<close.lowerBound]))
      rest = rest[close.upperBound...]
    }
    return found
  }

  /// The data of the samples.
  func samplesData() throws -> JSONValue {
    let element = try #require(
      elements("script").first { $0.tag.contains("id=\"samples-data\"") })
    return try JSONFile.parse(String(element.content))
  }

  /// The content of the policy.
  func policy() throws -> String {
    let match = try #require(
      text.firstMatch(of: /http-equiv="Content-Security-Policy" content="([^"]*)"/))
    return String(match.1)
  }
}
