import Text

/// The captions of a corpus as METEOR reads them: normalised, lower-cased, words numbered.
struct METEORCaptions {
  /// The distinct words.
  private(set) var vocabulary = InternedStrings(minimumCapacity: 1 << 12)
  /// Where the captions of each image start, the hypothesis first, and the end.
  private(set) var imageStarts: [Int] = [0]
  /// Where the words of each caption start, and the end.
  private(set) var starts: [Int] = [0]
  /// The words of all captions.
  private(set) var words: [UInt32] = []

  private var normalizer: METEORNormalizer
  /// What the words of the corpus are here, by their number there: 0 for not yet known, 1 for one
  /// that the normaliser may change, else the number here + 2.
  private var known: [UInt32]
  private var bytes: [UInt8] = []
  private var units: [UInt16] = []

  init(_ corpus: CaptionCorpus, _ normalizer: METEORNormalizer) {
    self.normalizer = normalizer
    known = Array(repeating: 0, count: corpus.vocabulary.count)
    starts.reserveCapacity(corpus.captionStarts.last ?? 0)
    for image in 0..<corpus.count {
      let first = corpus.captionStarts[image]
      if !readPlain(corpus, first) {
        read(Self.withoutBars(corpus.hypotheses[image]))
      }
      for (index, reference) in corpus.references[image].enumerated()
      where !readPlain(corpus, first + 1 + index) {
        for part in Self.parts(reference) { read(part) }
      }
      imageStarts.append(starts.count - 1)
    }
  }

  /// The number of images.
  var imageCount: Int { imageStarts.count - 1 }

  /// The number of captions.
  var count: Int { starts.count - 1 }

  /// The places of a caption's words.
  func range(of caption: Int) -> Range<Int> { starts[caption]..<starts[caption + 1] }

  /// Takes a caption whose words are letters a–z and digits with single spaces between: nearly all
  /// captions, and the normaliser would change nothing.
  private mutating func readPlain(_ corpus: CaptionCorpus, _ caption: Int) -> Bool {
    let start = words.count
    let isPlain = corpus.withPieces(of: caption) { pieces in
      for piece in pieces {
        let number = number(of: piece, in: corpus.vocabulary)
        if number == 1 { return false }
        words.append(number - 2)
      }
      return true
    }
    if isPlain {
      starts.append(words.count)
    } else {
      words.removeLast(words.count - start)
    }
    return isPlain
  }

  private mutating func number(of piece: UInt32, in pieces: InternedStrings) -> UInt32 {
    let number = known[Int(piece)]
    if number != 0 { return number }
    let found = pieces.withBytes(of: piece) { bytes -> UInt32 in
      let isPlain =
        !bytes.isEmpty
        && bytes.allSatisfy { $0 >= 0x61 && $0 <= 0x7A || $0 >= 0x30 && $0 <= 0x39 }
      return isPlain ? vocabulary.intern(bytes) + 2 : 1
    }
    known[Int(piece)] = found
    return found
  }

  private mutating func read(_ text: some StringProtocol) {
    let scalars = normalizer.normalize(text)
    for word in scalars.split(whereSeparator: METEORCharacters.isSeparator) {
      bytes.removeAll(keepingCapacity: true)
      units.removeAll(keepingCapacity: true)
      for value in word {
        // They come from a string, so they are scalars.
        if let scalar = Unicode.Scalar(value) {
          units.append(contentsOf: UTF16.encode(scalar) ?? .init())
        }
      }
      units.withUnsafeBufferPointer { PTBLowercase.append($0, to: &bytes) }
      words.append(bytes.withUnsafeBufferPointer { vocabulary.intern($0) })
    }
    starts.append(words.count)
  }

  /// A hypothesis as `pycocoevalcap` hands it on: three bars in a row would end it.
  private static func withoutBars(_ text: String) -> String {
    parts(text).joined()
  }

  /// What three bars in a row leave: the program takes them for the border between references.
  private static func parts(_ text: String) -> [Substring] {
    guard text.utf8.contains(UInt8(ascii: "|")) else { return [text[...]] }
    var parts: [Substring] = []
    var start = text.utf8.startIndex
    var index = start
    while index != text.utf8.endIndex {
      if text.utf8[index...].starts(with: "|||".utf8) {
        parts.append(text[start..<index])
        start = text.utf8.index(index, offsetBy: 3)
        index = start
      } else {
        index = text.utf8.index(after: index)
      }
    }
    parts.append(text[start...])
    return parts
  }
}
