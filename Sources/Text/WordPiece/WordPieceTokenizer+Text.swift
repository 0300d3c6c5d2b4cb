extension WordPieceTokenizer {
  /// Text of ids as a driver makes an answer or a caption of it: `decoded(_:)` without `[SEP]`,
  /// `[CLS]` and `[PAD]`, stripped.
  ///
  /// Quirks kept: a special token inside leaves two spaces behind; `[UNK]`, `[MASK]` and `[unusedN]`
  /// stay.
  public func text(of ids: [Int32]) -> String {
    var bytes = decodedBytes(ids)
    for token in [WordPieceToken.separator, .start, .padding] {
      bytes = Self.replace(Array(token.text.utf8), with: [], in: bytes)
    }
    return bytes.withUnsafeBufferPointer { bytes in
      String(decoding: bytes[PythonWhitespace.strip(bytes)], as: UTF8.self)
    }
  }

  /// Text of ids with the special tokens: pieces joined to words, words with spaces between them,
  /// and the spaces before punctuation and English contractions removed.
  ///
  /// Source: `decode` and `clean_up_tokenization` of transformers 4.14.1.
  public func decoded(_ ids: [Int32]) -> String {
    String(decoding: decodedBytes(ids), as: UTF8.self)
  }

  private func decodedBytes(_ ids: [Int32]) -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, id) in ids.enumerated() {
      if index > 0 { bytes.append(0x20) }
      vocabulary.withBytes(of: id) { bytes += $0 }
    }
    bytes = Self.replace(Array(" ##".utf8), with: [], in: bytes)
    bytes = bytes.withUnsafeBufferPointer { Array($0[PythonWhitespace.strip($0)]) }
    for (mark, replacement) in Self.cleanUp {
      bytes = Self.replace(mark, with: replacement, in: bytes)
    }
    return bytes
  }

  private static let cleanUp: [([UInt8], [UInt8])] = [
    (" .", "."), (" ?", "?"), (" !", "!"), (" ,", ","), (" ' ", "'"), (" n't", "n't"),
    (" 'm", "'m"), (" 's", "'s"), (" 've", "'ve"), (" 're", "'re"),
  ].map { (Array($0.utf8), Array($1.utf8)) }

  /// Python's `replace`: from left to right, what a replacement leaves is not looked at again.
  private static func replace(
    _ pattern: [UInt8], with replacement: [UInt8], in bytes: [UInt8]
  ) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      if bytes[index] == pattern[0], bytes[index...].starts(with: pattern) {
        result += replacement
        index += pattern.count
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }
}
