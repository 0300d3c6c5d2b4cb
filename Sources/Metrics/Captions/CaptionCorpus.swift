import Text

/// Captions to be scored: one hypothesis and some references for each image, as token strings.
///
/// The strings are already tokenized. Words are compared by their bytes, so canonically equivalent
/// spellings are different words, as in the official scorers.
///
/// Quirks kept: BLEU and CIDEr take the words of `split()` (any white space, no-break space
/// included), ROUGE-L the pieces of `split(" ")` (an empty string is one piece, the empty one).
public struct CaptionCorpus: Sendable {
  /// The token string of each image's hypothesis.
  public let hypotheses: [String]
  /// The token strings of each image's references.
  public let references: [[String]]
  /// How the token strings were made, for signatures: `ptb-3.4.1`, or `none`.
  public let tokenization: String

  /// The distinct words and pieces of all captions.
  package private(set) var vocabulary = InternedStrings(minimumCapacity: 1 << 12)
  /// Where the captions of image i start in caption order: the hypothesis, then the references.
  /// One entry more than images.
  package private(set) var captionStarts: [Int] = [0]
  /// The n-grams of all captions, in caption order.
  package private(set) var ngrams: NGramProfiles

  /// The words of all captions, one after the other.
  private var words: [UInt32] = []
  /// Where the words of caption c start. One entry more than captions.
  private var wordStarts: [Int] = [0]
  /// The pieces of those captions where they are not the words.
  private var unlikePieces: [Int: [UInt32]] = [:]

  /// Reads token strings.
  ///
  /// - Throws: `MetricError.noSamples`, `.countsDiffer` or `.noReference`.
  public init(
    hypotheses: [String], references: [[String]], tokenization: String = "ptb-3.4.1"
  ) throws {
    guard !hypotheses.isEmpty else { throw MetricError.noSamples(metric: "captions") }
    guard hypotheses.count == references.count else {
      throw MetricError.countsDiffer(
        what: "reference lists", expected: hypotheses.count, found: references.count)
    }
    self.hypotheses = hypotheses
    self.references = references
    self.tokenization = tokenization
    let captions = references.reduce(hypotheses.count) { $0 + $1.count }
    words.reserveCapacity(12 * captions)
    wordStarts.reserveCapacity(captions + 1)
    captionStarts.reserveCapacity(hypotheses.count + 1)
    ngrams = NGramProfiles(captions: captions)
    for (image, list) in references.enumerated() {
      guard !list.isEmpty else { throw MetricError.noReference(image: image) }
      read(hypotheses[image], ofReferencesOf: nil)
      for reference in list { read(reference, ofReferencesOf: image) }
      captionStarts.append(wordStarts.count - 1)
    }
    ngrams.finish()
  }

  /// How many images there are.
  public var count: Int { hypotheses.count }

  /// The number of references of an image, as signatures state it: `5`, or `4-6` where it varies.
  public var referenceCounts: String {
    var least = Int.max
    var most = 0
    for list in references {
      least = min(least, list.count)
      most = max(most, list.count)
    }
    return least == most ? "\(least)" : "\(least)-\(most)"
  }

  /// A signature with the fields that all caption metrics share.
  package func signature(of metric: String) -> Signature {
    Signature(metric, ["nrefs": referenceCounts, "tok": tokenization])
  }

  /// How many words a caption has by `split()`.
  package func wordCount(of caption: Int) -> Int {
    wordStarts[caption + 1] - wordStarts[caption]
  }

  /// Lends the pieces of a caption by `split(" ")`.
  package func withPieces<Result>(
    of caption: Int, _ body: (UnsafeBufferPointer<UInt32>) throws -> Result
  ) rethrows -> Result {
    if !unlikePieces.isEmpty, let pieces = unlikePieces[caption] {
      return try pieces.withUnsafeBufferPointer(body)
    }
    return try words.withUnsafeBufferPointer { all in
      try body(
        UnsafeBufferPointer(rebasing: all[wordStarts[caption]..<wordStarts[caption + 1]]))
    }
  }

  private mutating func read(_ caption: String, ofReferencesOf image: Int?) {
    var caption = caption
    caption.withUTF8 { text in
      let ranges = PythonWhitespace.split(text)
      for range in ranges {
        words.append(vocabulary.intern(UnsafeBufferPointer(rebasing: text[range])))
      }
      if !Self.arePieces(ranges, of: text) {
        unlikePieces[wordStarts.count - 1] = PythonWhitespace.splitAtSpaces(text).map {
          vocabulary.intern(UnsafeBufferPointer(rebasing: text[$0]))
        }
      }
    }
    words.withUnsafeBufferPointer { all in
      let start = wordStarts[wordStarts.count - 1]
      ngrams.append(UnsafeBufferPointer(rebasing: all[start...]), ofReferencesOf: image)
    }
    wordStarts.append(words.count)
  }

  /// Whether `split(" ")` gives the same as `split()`: single spaces between words, none around.
  private static func arePieces(_ words: [Range<Int>], of text: UnsafeBufferPointer<UInt8>) -> Bool
  {
    var end = -1
    for word in words {
      guard word.lowerBound == end + 1, end < 0 || text[end] == 0x20 else { return false }
      end = word.upperBound
    }
    return end == text.count
  }
}
