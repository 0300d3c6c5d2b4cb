import CRetrieval

/// Counts ranks where only some pairs of a retrieval set have scores, those that a model re-ranked.
///
/// A pair counts for the image, for the text or for both. Every other pair has, in that direction,
/// the score of pairs that were not scored. The ranks are those of the two full matrices, to the
/// order of equal scores, and only one row of these is in memory at a time.
///
/// Source: `X-PLUG/mPLUG`, `evaluation` of the retrieval scripts: `torch.full(…, -100.0)`.
package final class ScoredPairs {
  /// The score of a pair that was not scored.
  package static let unscored: Float = -100

  /// For whom a pair was scored, by the letter that files have.
  package enum Lists: UInt8, Sendable {
    /// The text is on the shortlist of the image or clip (`v`).
    case visual = 0x76
    /// The image or clip is on the shortlist of the text (`t`).
    case text = 0x74
    /// Both (`b`).
    case both = 0x62
  }

  /// The score of an image's pair with a text.
  package struct Pair: Sendable {
    let text: Int32
    let score: Float
    let lists: Lists

    /// - Parameters:
    ///   - text: The text's index.
    ///   - score: A finite number.
    package init(text: Int, score: Float, lists: Lists) {
      self.text = Int32(text)
      self.score = score
      self.lists = lists
    }
  }

  private typealias Candidate = (place: Int32, score: Float)

  private let truth: RetrievalTruth
  private let best: Int
  private let kernel: RankKernel
  private var row: SparseRow
  /// The images that have come, with what was counted for each.
  private var images: [(query: Int, counted: SparseRow.Counted)] = []
  private let bestTexts: BestLists?
  /// For each text the images that it was scored with, in the order in which they came.
  private var imagesOfText: [[Candidate]]

  /// Begins without pairs.
  ///
  /// - Parameter best: How many of each query's best candidates are kept.
  package init(truth: RetrievalTruth, best: Int = 0, kernel: RankKernel = .fastest) {
    self.truth = truth
    self.best = best
    self.kernel = kernel
    let texts = truth.imageOfText.count
    row = SparseRow(width: texts, kernel: kernel)
    bestTexts = best > 0 ? BestLists(queries: truth.images, limit: min(best, texts)) : nil
    imagesOfText = Array(repeating: [], count: texts)
  }

  /// Takes the pairs of an image: each text once, each image once.
  package func add(image: Int, _ pairs: [Pair]) {
    var own: [Candidate] = []
    own.reserveCapacity(pairs.count)
    for pair in pairs {
      if pair.lists != .text { own.append((pair.text, pair.score)) }
      if pair.lists != .visual {
        imagesOfText[Int(pair.text)].append((Int32(image), pair.score))
      }
    }
    images.append((image, row.count(image, own, truth.ofImages, bestTexts)))
  }

  /// The ranks of the images that came, and of their texts. An image that did not come is, for a text
  /// of another, a candidate that was not scored.
  package func ranks(side: RetrievalSide) -> RetrievalRanks {
    let images = images.sorted { $0.query < $1.query }
    var isThere = [Bool](repeating: false, count: truth.images)
    for image in images { isThere[image.query] = true }
    var row = SparseRow(width: truth.images, kernel: kernel)
    let bestImages =
      best > 0 ? BestLists(queries: imagesOfText.count, limit: min(best, truth.images)) : nil
    var texts: [(query: Int, counted: SparseRow.Counted)] = []
    for (text, candidates) in imagesOfText.enumerated() where isThere[truth.imageOfText[text]] {
      texts.append((text, row.count(text, candidates, truth.ofTexts, bestImages)))
    }
    return RetrievalRanks(
      side: side, origin: .bothMatrices, ofImages: Self.ranks(images, bestTexts),
      ofTexts: Self.ranks(texts, bestImages))
  }

  private static func ranks(
    _ counted: [(query: Int, counted: SparseRow.Counted)], _ best: BestLists?
  ) -> QueryRanks {
    let candidates = best?.candidates ?? []
    return QueryRanks(
      queries: counted.map(\.query), ranks: counted.map(\.counted.ahead),
      decidedByTies: counted.filter(\.counted.isTied).map(\.query),
      best: best == nil ? [] : counted.map { candidates[$0.query] })
  }
}

/// A row of a matrix in which few candidates have a score of their own.
private struct SparseRow {
  /// What was counted for a query.
  struct Counted {
    /// How many candidates come before the best right one.
    let ahead: Int
    /// Whether a wrong one has its score.
    let isTied: Bool
  }

  private var scores: [Float]
  private let kernel: RankKernel

  init(width: Int, kernel: RankKernel) {
    scores = Array(repeating: ScoredPairs.unscored, count: width)
    self.kernel = kernel
  }

  /// Counts for a query, and takes its best candidates.
  mutating func count(
    _ query: Int, _ candidates: [(place: Int32, score: Float)], _ truth: QueryTruth,
    _ best: BestLists?
  ) -> Counted {
    for (place, score) in candidates { scores[Int(place)] = score }
    defer { for (place, _) in candidates { scores[Int(place)] = ScoredPairs.unscored } }
    let first = truth.first(of: query) { scores[$0] }
    var (ahead, equal): (UInt32, UInt32) = (0, 0)
    scores.withUnsafeBufferPointer { row in
      _ = cretrieval_row(
        kernel.code, row.baseAddress, row.count, first.score, first.place, &ahead, &equal)
      guard let best else { return }
      withUnsafePointer(to: best.lists) {
        cretrieval_best_of_row(kernel.code, row.baseAddress, row.count, $0, query)
      }
    }
    return Counted(ahead: Int(ahead), isTied: equal > first.equal)
  }
}
