import Foundation

/// A caption with what the official tokenizer makes of it.
struct PTBCaption: Decodable {
  let caption: String
  /// The lexer's lower-cased line.
  let ptb: String
  /// The string that is scored.
  let tokenized: String
  let category: String?
}

/// Captions that are lexed as one document.
struct PTBDocument: Decodable {
  let captions: [String]
  let ptb: [String]
  let tokenized: [String]
}

/// Captions with line ends inside.
struct PTBLineBreaks: Decodable {
  let name: String
  let captions: [String]
  let ptbLines: [String]

  private enum CodingKeys: String, CodingKey {
    case name, captions
    case ptbLines = "ptb_lines"
  }
}

/// One record of a JSON Lines file a line.
func decodeLines<Record: Decodable>(_ type: Record.Type, _ data: Data) throws -> [Record] {
  try data.split(separator: 0x0A).map { try JSONDecoder().decode(type, from: $0) }
}

/// The places where two lists of strings differ in a code point; `==` would not see all of them.
func differences(_ found: [String], _ expected: [String], of inputs: [String]) -> [String] {
  guard found.count == expected.count else {
    return ["\(found.count) lines instead of \(expected.count)"]
  }
  return expected.indices.compactMap { index in
    found[index].utf8.elementsEqual(expected[index].utf8)
      ? nil
      : "line \(index), \(inputs[index].debugDescription): \(found[index].debugDescription) "
        + "instead of \(expected[index].debugDescription)"
  }
}
