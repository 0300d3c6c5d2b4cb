import Records

/// Files of words: each line has some, separated by spaces or tabs.
enum WordLines {
  /// A word's bytes.
  typealias Word = Slice<UnsafeBufferPointer<UInt8>>

  /// Calls the body with the words of each line, which are valid only in the call, and the line's
  /// number from 1. Blank lines are passed over.
  ///
  /// - Throws: what the body throws.
  static func forEach(
    in file: MappedFile, _ body: (_ words: [Word], _ line: Int) throws -> Void
  ) rethrows {
    try file.withBytes { bytes in
      let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() {
        let words = line.split { $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }
        if !words.isEmpty { try body(words, index + 1) }
      }
    }
  }
}
