/// Lines of lower-cased tokens, as UTF-8, with one space between tokens.
struct PTBLines: Sendable {
  private var bytes: [UInt8] = []
  /// Where line k ends; it starts where line k - 1 ends.
  private var ends: [Int] = []

  /// How many lines have been ended.
  var count: Int { ends.count }

  private var start: Int { ends.last ?? 0 }

  mutating func reserve(_ units: Int, lines: Int) {
    bytes.reserveCapacity(bytes.count + units + units / 4)
    ends.reserveCapacity(ends.count + lines)
  }

  mutating func endLine() {
    ends.append(bytes.count)
  }

  /// Adds a token to the present line, lower-cased.
  mutating func append(_ token: UnsafeBufferPointer<UInt16>) {
    if bytes.count > start { bytes.append(0x20) }
    let mark = bytes.count
    for unit in token {
      guard unit < 0x80 else {
        bytes.removeSubrange(mark...)
        PTBLowercase.append(token, to: &bytes)
        return
      }
      let byte = UInt8(truncatingIfNeeded: unit)
      bytes.append(byte &- 0x41 < 26 ? byte | 0x20 : byte)
    }
  }

  /// The lines as the lexer writes them.
  func strings() -> [String] {
    bytes.withUnsafeBufferPointer { all in
      ends.indices.map { String(decoding: all[line($0)], as: UTF8.self) }
    }
  }

  /// The lines as they are scored: trailing white space gone, punctuation tokens dropped.
  ///
  /// Source: `ptbtokenizer.py` of `pycocoevalcap` 1.2.
  func scoredStrings() -> [String] {
    var kept: [UInt8] = []
    return bytes.withUnsafeBufferPointer { all in
      ends.indices.map { index in
        let line = UnsafeBufferPointer(rebasing: all[line(index)])
        let text = UnsafeBufferPointer(rebasing: line[..<PythonWhitespace.strip(line).upperBound])
        kept.removeAll(keepingCapacity: true)
        var position = 0
        while position < text.count {
          let end = text[position...].firstIndex(of: 0x20) ?? text.count
          if !Self.isDropped(text[position..<end]) {
            if !kept.isEmpty { kept.append(0x20) }
            kept.append(contentsOf: text[position..<end])
          }
          position = end + 1
        }
        return String(decoding: kept, as: UTF8.self)
      }
    }
  }

  private func line(_ index: Int) -> Range<Int> {
    (index == 0 ? 0 : ends[index - 1])..<ends[index]
  }

  /// Whether a token is one of the official list's. Its four names of brackets are missing here:
  /// they are upper case there, and no token is when it is compared.
  private static func isDropped(_ token: Slice<UnsafeBufferPointer<UInt8>>) -> Bool {
    guard token.count <= 3, let first = token.first else { return false }
    switch (first, token.count) {
    case (0x27, 1...2), (0x60, 1...2), (0x2D, 1...2), (0x2E, 1), (0x2E, 3):
      // Apostrophes, backticks, hyphens, one period or three.
      return token.allSatisfy { $0 == first }
    case (0x3F, 1), (0x21, 1), (0x2C, 1), (0x3A, 1), (0x3B, 1):
      return true
    default:
      return false
    }
  }
}
