import Text

/// All that METEOR's inner loops read of a corpus: numbers, no text.
struct METEORCorpus: Sendable {
  /// Where the captions of each image start, the hypothesis first, and the end.
  let imageStarts: [Int]
  /// Where the words of each caption start, and the end.
  let starts: [Int]
  /// The words of all captions, by their numbers in the vocabulary.
  let words: [UInt32]
  /// What is known of each word.
  let vocabulary: METEORVocabulary
  /// The paraphrase numbers of the words of all captions.
  let numbers: [UInt16]
  /// The phrases in the captions and their paraphrases.
  let phrases: METEORPhrases

  private let strings: InternedStrings

  /// Gathers it.
  ///
  /// - Throws: `METEORDataError.damaged`.
  init(_ corpus: CaptionCorpus, _ resources: METEORResources, threads: Int) throws {
    let captions = METEORCaptions(corpus, resources.normalizer)
    let vocabulary = METEORVocabulary(captions.vocabulary, resources.words)
    numbers = captions.words.map { vocabulary.paraphraseNumbers[Int($0)] }
    phrases = try METEORPhrases(
      captions, numbers: numbers, resources.phrases, resources.header, threads: threads)
    imageStarts = captions.imageStarts
    starts = captions.starts
    words = captions.words
    self.vocabulary = vocabulary
    strings = captions.vocabulary
  }

  /// How many images there are.
  var imageCount: Int { imageStarts.count - 1 }

  /// The words of a caption.
  func words(of caption: Int) -> ArraySlice<UInt32> {
    words[starts[caption]..<starts[caption + 1]]
  }

  /// The words of a caption as text.
  func text(of caption: Int) -> [String] { words(of: caption).map { strings[$0] } }

  /// The paraphrase numbers of a caption's words.
  func numbers(of caption: Int) -> ArraySlice<UInt16> {
    numbers[starts[caption]..<starts[caption + 1]]
  }
}
