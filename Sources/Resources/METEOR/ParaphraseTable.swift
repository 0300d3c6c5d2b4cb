import Metrics
import Records

/// METEOR's paraphrase table in numbers: three lines an entry in the file, a probability that is not
/// used, a phrase, a paraphrase.
struct ParaphraseTable {
  /// Entries of one phrase that follow one another.
  struct Run {
    /// Where the phrase's words stand in `phrases`.
    var phrase: Range<UInt32>
    /// Where the paraphrases stand in `paraphrases`.
    var paraphrases: Range<UInt32>
  }

  private(set) var phrases: [UInt16] = []
  /// Each paraphrase: how many words, then the words.
  private(set) var paraphrases: [UInt16] = []
  private(set) var runs: [Run] = []
  private(set) var entryCount = 0

  private var phrase: [UInt16] = []
  private var line: [UInt16] = []

  /// More than three times the official table; a limit for the memory that it takes.
  private static let mostEntries = 1 << 24
  /// The official table's longest phrases have 7 words.
  private static let mostWords = 64

  /// Reads the table.
  ///
  /// - Parameters:
  ///   - words: gets the words and numbers them.
  ///   - hash: takes the plain content.
  ///   - progress: is told from time to time how many bytes were read of how many.
  /// - Throws: `ResourceError`, `ArchiveError`.
  init(
    _ content: METEORContent, words: inout METEORWords, hash: inout SHA256,
    progress: (Int, Int) -> Void
  ) throws {
    var splitter = LineSplitter(name: content.name)
    try content.read(limit: METEORPart.paraphrases.limit) { piece, read, total in
      hash.update(piece)
      try splitter.add(piece) { try add($0, place: $1, content.name, &words) }
      progress(read, total)
    }
    try splitter.finish { try add($0, place: $1, content.name, &words) }
    guard splitter.count > 0, splitter.count % 3 == 0 else {
      throw ResourceError.badFile(
        file: content.name, reason: "\(splitter.count) lines, which is not three an entry",
        remedy: "get the file anew")
    }
  }

  private mutating func add(
    _ bytes: UnsafeBufferPointer<UInt8>, place: Int, _ name: String, _ words: inout METEORWords
  ) throws {
    switch place % 3 {
    case 1:
      // "0.0463", "1.0E-4".
      let isNumber = bytes.allSatisfy {
        $0 >= 0x30 && $0 <= 0x39 || [0x2E, 0x2D, 0x2B, 0x45, 0x65].contains($0)
      }
      guard isNumber, !bytes.isEmpty else {
        throw bad(bytes, place, name, expected: "a probability")
      }
    case 2:
      try read(bytes, place, name, &words)
      if line != phrase || runs.isEmpty {
        swap(&line, &phrase)
        let start = UInt32(phrases.count)
        phrases += phrase
        let empty = UInt32(paraphrases.count)
        runs.append(
          Run(phrase: start..<UInt32(phrases.count), paraphrases: empty..<empty))
      }
    default:
      try read(bytes, place, name, &words)
      paraphrases.append(UInt16(line.count))
      paraphrases += line
      entryCount += 1
      guard entryCount <= Self.mostEntries else {
        throw ResourceError.badFile(
          file: name, reason: "more than \(Self.mostEntries) entries",
          remedy: "this is not METEOR's table")
      }
      runs[runs.count - 1].paraphrases =
        runs[runs.count - 1].paraphrases.lowerBound..<UInt32(paraphrases.count)
    }
  }

  /// Reads a phrase's words into `line`.
  private mutating func read(
    _ bytes: UnsafeBufferPointer<UInt8>, _ place: Int, _ name: String,
    _ words: inout METEORWords
  ) throws {
    line.removeAll(keepingCapacity: true)
    var start = 0
    while start <= bytes.count {
      let end = bytes[start...].firstIndex(of: 0x20) ?? bytes.count
      guard end > start, line.count < Self.mostWords else {
        throw bad(
          bytes, place, name,
          expected: "up to \(Self.mostWords) words with single spaces between")
      }
      let word = UnsafeBufferPointer(rebasing: bytes[start..<end])
      guard let number = words.paraphraseNumber(of: word) else {
        throw ResourceError.badFile(
          file: name, reason: "more than 65535 different words up to line \(place)",
          remedy: "this is not METEOR's table")
      }
      line.append(number)
      start = end + 1
    }
  }

  private func bad(
    _ bytes: UnsafeBufferPointer<UInt8>, _ place: Int, _ name: String, expected: String
  ) -> ResourceError {
    .badLine(
      file: name, line: place, expected: expected,
      found: "'\(String(decoding: bytes.prefix(40), as: UTF8.self))'")
  }
}
