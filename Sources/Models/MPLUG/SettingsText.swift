import Records

/// The text of a file of settings, small and flat enough for a parser that calls itself.
enum SettingsText {
  private static let largestSize = 1 << 16
  private static let longestLine = 512
  private static let mostBrackets = 256

  /// Reads a file.
  ///
  /// - Throws: `ModelError.badSetting`, `RecordError`
  static func read(_ path: String) throws -> String {
    let file = try MappedFile(path)
    guard file.count <= largestSize else {
      throw whole(
        path, "\(file.count) bytes large", "the settings of a model, at most \(largestSize) bytes")
    }
    let text = file.withBytes { String(validating: $0, as: UTF8.self) }
    guard let text else { throw whole(path, "not UTF-8", "text in UTF-8") }
    try check(text, file: path)
    return text
  }

  /// Refuses what nests deeper than settings do, and references, which can stand for far more than
  /// they take.
  static func check(_ text: String, file: String) throws {
    let isJSON = file.lowercased().hasSuffix(".json")
    guard
      text.utf8.count(where: { $0 == UInt8(ascii: "[") || $0 == UInt8(ascii: "{") })
        <= mostBrackets
    else { throw whole(file, "full of brackets", "settings, at most \(mostBrackets) brackets") }
    for (index, line) in text.utf8.split(
      separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false
    ).enumerated() where !isJSON {
      let place = "\(file):\(index + 1)"
      guard line.count <= longestLine else {
        throw whole(place, "a line of \(line.count) bytes", "at most \(longestLine) bytes a line")
      }
      guard !hasReference(line) else {
        throw whole(place, "an anchor or an alias", "settings in full")
      }
    }
  }

  private static func hasReference(_ line: Substring.UTF8View) -> Bool {
    var before = UInt8(ascii: " ")
    for (byte, next) in zip(line, line.dropFirst()) {
      if byte == UInt8(ascii: "#"), before == UInt8(ascii: " ") { return false }
      let begins = " \t[{,:-?".utf8.contains(before)
      let names = next > UInt8(ascii: " ") && !"&*,".utf8.contains(next)
      if begins, names, byte == UInt8(ascii: "&") || byte == UInt8(ascii: "*") { return true }
      before = byte
    }
    return false
  }

  private static func whole(_ file: String, _ found: String, _ expected: String) -> ModelError {
    .badSetting(file: file, setting: "the file", found: found, expected: expected)
  }
}
