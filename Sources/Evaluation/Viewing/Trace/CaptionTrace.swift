import Datasets
import Metrics
import Records
import Text

/// What of a caption is in its references, and what that gives.
package struct CaptionTrace: Sendable {
  /// A human caption.
  package struct Reference: Sendable {
    /// As written.
    package let caption: String
    /// Its tokens, separated by spaces.
    package let tokens: String
    /// What the prediction gets against it alone by CIDEr-D; nil where weights of another corpus were
    /// used.
    package let cider: Double?
  }

  /// N-grams of one length.
  package struct Order: Sendable {
    /// How many words each has.
    package let length: Int
    /// How many of the prediction's are in a reference, each as often as the one reference has it that
    /// has it most.
    package let correct: Int
    /// How many the prediction has.
    package let guessed: Int
    /// Those that count as correct, in the order of the prediction.
    package let matched: [String]
  }

  /// The prediction's tokens, separated by spaces.
  package let tokens: String
  /// How many words the prediction has.
  package let words: Int
  /// How many words the reference has that is nearest in length.
  package let nearestLength: Int
  /// N-grams of one to four words.
  package let orders: [Order]
  /// The human captions in their order.
  package let references: [Reference]
  /// The caption's CIDEr-D in the run's corpus; nil where weights of another corpus were used.
  package let cider: Double?

  /// Traces the caption at a place of a run.
  ///
  /// - Throws: `JSONError`, `MetricError`.
  init(
    of place: Int, in view: RunView, _ captions: CaptionReferences, _ places: [Int]
  ) throws {
    let tokenizer = PTBTokenizer()
    // The whole run, as it was scored: document frequencies come from its images.
    let hypotheses = tokenizer.tokenize(
      try (0..<view.count).map { try view.lines[$0].prediction.text ?? "" })
    let lists = places.map { captions.captions[$0] }
    let flat = tokenizer.tokenize(lists.flatMap(\.self))
    var tokenized: [[String]] = []
    tokenized.reserveCapacity(lists.count)
    var next = 0
    for list in lists {
      tokenized.append(Array(flat[next..<next + list.count]))
      next += list.count
    }
    let corpus = try CaptionCorpus(hypotheses: hypotheses, references: tokenized)
    let ownWeights = view.record.metrics.allSatisfy { metric in
      metric.name != CIDEr.card.name || metric.signature.contains("|df:corpus")
    }
    let ciders = ownWeights ? try CIDEr().referenceScores(of: corpus, image: place) : []
    tokens = hypotheses[place]
    references = lists[place].indices.map { index in
      Reference(
        caption: lists[place][index], tokens: tokenized[place][index],
        cider: ciders.isEmpty ? nil : ciders[index])
    }
    cider = ciders.isEmpty ? nil : ciders.reduce(0, +) / Double(ciders.count)
    let said = Self.words(of: hypotheses[place])
    let others = tokenized[place].map(Self.words)
    words = said.count
    nearestLength =
      others.map(\.count).min { first, second in
        (abs(first - said.count), first) < (abs(second - said.count), second)
      } ?? 0
    orders = (1...NGramProfiles.longest).map { length in
      Self.order(length, of: said, in: others)
    }
  }

  private static func order(_ length: Int, of said: [Word], in others: [[Word]]) -> Order {
    var greatest: [[Word]: Int] = [:]
    for other in others {
      var counts: [[Word]: Int] = [:]
      for ngram in ngrams(other, length) { counts[ngram, default: 0] += 1 }
      for (ngram, count) in counts { greatest[ngram] = max(greatest[ngram] ?? 0, count) }
    }
    var matched: [String] = []
    let own = ngrams(said, length)
    for ngram in own {
      guard let left = greatest[ngram], left > 0 else { continue }
      greatest[ngram] = left - 1
      matched.append(
        ngram.map { String(decoding: $0, as: UTF8.self) }.joined(separator: " "))
    }
    return Order(length: length, correct: matched.count, guessed: own.count, matched: matched)
  }

  /// Words are compared by their bytes.
  private typealias Word = [UInt8]

  /// The words of `split()`, as BLEU and CIDEr take them.
  private static func words(of tokens: String) -> [Word] {
    var tokens = tokens
    return tokens.withUTF8 { text in PythonWhitespace.split(text).map { Array(text[$0]) } }
  }

  private static func ngrams(_ words: [Word], _ length: Int) -> [[Word]] {
    guard words.count >= length else { return [] }
    return (0...words.count - length).map { Array(words[$0..<$0 + length]) }
  }
}
