import Metrics
import Records
import Text

/// The words of METEOR's data while they are collected, with what each of them is.
struct METEORWords {
  private(set) var pool = InternedStrings(minimumCapacity: 1 << 17)
  /// What each word is, see `METEORLayout.Kind`.
  private(set) var kinds: [UInt32] = []
  /// Where in `synsets` those of each word stand.
  private(set) var synsetRanges: [Range<Int>] = []
  private(set) var synsets: [UInt32] = []
  /// The base forms of irregular forms, by the form's number.
  private(set) var bases: [UInt32: [UInt32]] = [:]
  /// How many words the paraphrases have.
  private(set) var paraphraseWordCount = 0

  /// The most words that 16 bits can number from 1.
  private static let mostParaphraseWords = 0xFFFF

  /// The number of a word, new or known.
  private mutating func number(of word: UnsafeBufferPointer<UInt8>) -> UInt32 {
    let number = pool.intern(word)
    if kinds.count < pool.count {
      kinds.append(0)
      synsetRanges.append(0..<0)
    }
    return number
  }

  /// The number in paraphrases of a word, from 1; nil where there are too many.
  mutating func paraphraseNumber(of word: UnsafeBufferPointer<UInt8>) -> UInt16? {
    let number = Int(number(of: word))
    if kinds[number] & METEORLayout.Kind.paraphraseNumber == 0 {
      guard paraphraseWordCount < Self.mostParaphraseWords else { return nil }
      paraphraseWordCount += 1
      kinds[number] |= UInt32(paraphraseWordCount)
    }
    return UInt16(kinds[number] & METEORLayout.Kind.paraphraseNumber)
  }

  /// Reads function words, one a line.
  ///
  /// - Throws: `ResourceError.badFile` where there is none.
  mutating func readFunctionWords(_ bytes: [UInt8], name: String) throws {
    try Self.lines(bytes, name) { line, _ in
      if !line.isEmpty { kinds[Int(number(of: line))] |= METEORLayout.Kind.isFunction }
    }
    guard !kinds.isEmpty else {
      throw ResourceError.badFile(
        file: name, reason: "no word in it", remedy: "get the file anew")
    }
  }

  /// Reads synsets: a word, on the next line their numbers.
  ///
  /// - Throws: `ResourceError.badLine`, `.badFile`.
  mutating func readSynsets(_ bytes: [UInt8], name: String) throws {
    try readPairs(bytes, name) { words, word, numbers, place in
      guard words.kinds[Int(word)] & METEORLayout.Kind.hasSynsets == 0 else {
        throw ResourceError.badLine(
          file: name, line: place - 1, expected: "each word once", found: "one again")
      }
      let start = words.synsets.count
      for number in numbers {
        guard let synset = UInt32(String(decoding: number, as: UTF8.self)) else {
          throw ResourceError.badLine(
            file: name, line: place, expected: "numbers of synsets",
            found: "'\(String(decoding: number.prefix(40), as: UTF8.self))'")
        }
        words.synsets.append(synset)
      }
      words.kinds[Int(word)] |= METEORLayout.Kind.hasSynsets
      words.synsetRanges[Int(word)] = start..<words.synsets.count
    }
  }

  /// Reads irregular forms: a base form, on the next line its forms.
  ///
  /// - Throws: `ResourceError.badLine`, `.badFile`.
  mutating func readExceptions(_ bytes: [UInt8], name: String) throws {
    try readPairs(bytes, name) { words, base, forms, _ in
      for form in forms {
        let form = words.number(of: UnsafeBufferPointer(rebasing: form))
        words.kinds[Int(form)] |= METEORLayout.Kind.hasBases
        words.bases[form, default: []].append(base)
      }
    }
  }

  /// Reads pairs of lines: a word, then what belongs to it, separated by spaces.
  private mutating func readPairs(
    _ bytes: [UInt8], _ name: String,
    _ body: (inout Self, UInt32, [Slice<UnsafeBufferPointer<UInt8>>], Int) throws -> Void
  ) throws {
    var word: UInt32?
    var count = 0
    try Self.lines(bytes, name) { line, place in
      count = place
      guard !line.isEmpty else {
        throw ResourceError.badLine(
          file: name, line: place, expected: word == nil ? "a word" : "what belongs to a word",
          found: "an empty line")
      }
      if let first = word {
        try body(&self, first, line.split(separator: 0x20), place)
        word = nil
      } else {
        word = number(of: line)
      }
    }
    guard word == nil, count > 0 else {
      throw ResourceError.badFile(
        file: name, reason: "ends in the middle of a pair of lines, or holds none",
        remedy: "get the file anew")
    }
  }

  private static func lines(
    _ bytes: [UInt8], _ name: String,
    _ body: (UnsafeBufferPointer<UInt8>, Int) throws -> Void
  ) throws {
    var splitter = LineSplitter(name: name)
    try bytes.withUnsafeBytes { try splitter.add($0, body) }
    try splitter.finish(body)
  }
}
