/// The file of words behind which a period stays: one a line, `#` begins a comment, and
/// `#NUMERIC_ONLY#` behind a word says that it does so before a number only.
struct METEORPrefixFile {
  private(set) var prefixes: [String] = []
  private(set) var numberPrefixes: [String] = []

  /// - Throws: `ResourceError.badFile` where the file is no text.
  init(_ bytes: [UInt8], name: String) throws {
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw ResourceError.badFile(
        file: name, reason: "is not UTF-8 text", remedy: "get the file anew")
    }
    for line in text.split(whereSeparator: \.isNewline) where !line.hasPrefix("#") {
      let words = line.split(whereSeparator: \.isWhitespace)
      guard let word = words.first else { continue }
      if words.count > 1, words[1] == "#NUMERIC_ONLY#" {
        numberPrefixes.append(String(word))
      } else {
        prefixes.append(String(word))
      }
    }
  }
}
