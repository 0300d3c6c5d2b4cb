/// Scores images one after the other; everything it needs is allocated once.
struct METEORAligner {
  private let corpus: METEORCorpus
  private var matcher: METEORMatcher
  private var search = METEORSearch()
  private var row: [Double] = []

  init(_ corpus: METEORCorpus) {
    self.corpus = corpus
    matcher = METEORMatcher(corpus)
  }

  /// What an image came to.
  struct Best {
    let statistics: METEORStatistics
    let score: Double
    /// The caption that suits best, by its number in the corpus.
    let reference: Int
    /// The alignment's matches, if they were asked for.
    let matches: [METEORMatch]
  }

  /// The hypothesis of an image against the reference with the highest score, the first of equals.
  mutating func best(of image: Int, keepingMatches: Bool = false) -> Best {
    let hypothesis = corpus.imageStarts[image]
    matcher.hold(hypothesis)
    var best: Best?
    for reference in hypothesis + 1..<corpus.imageStarts[image + 1] {
      matcher.list(reference)
      search.run(matcher)
      let statistics = METEORStatistics(
        hypothesis: corpus.words(of: hypothesis), reference: corpus.words(of: reference),
        isFunction: corpus.vocabulary.isFunction, matches: matcher.matches,
        chosen: search.chosen)
      row.removeAll(keepingCapacity: true)
      statistics.append(to: &row)
      let score = row.withUnsafeBufferPointer { METEORScore.value($0) }
      guard best.map({ score > $0.score }) ?? true else { continue }
      best = Best(
        statistics: statistics, score: score, reference: reference,
        matches: keepingMatches
          ? search.chosen.filter { $0 >= 0 }.map { matcher.matches[$0] } : [])
    }
    guard let best else { preconditionFailure("a corpus has a reference for each image") }
    return best
  }
}
