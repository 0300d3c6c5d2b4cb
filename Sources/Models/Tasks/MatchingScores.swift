/// The scores of a retrieval: those of shortlisted pairs, and −100 for all others.
///
/// Kept by query, so that 5,000 pictures and 25,000 texts need 60 MB and not 1 GB.
package struct MatchingScores: Sendable, Equatable {
  /// The score of every pair that is on no shortlist.
  package static let unscored: Float = -100

  /// Scores of one query.
  package struct Row: Sendable, Equatable {
    /// The candidates, ascending.
    package var candidates: [Int] = []
    /// Their scores.
    package var scores: [Float] = []
    /// How many candidates there are in all.
    package let width: Int

    /// The score of a candidate; nil where it has none.
    fileprivate func score(of candidate: Int) -> Float? {
      var (low, high) = (0, candidates.count)
      while low < high {
        let middle = (low + high) / 2
        if candidates[middle] < candidate { low = middle + 1 } else { high = middle }
      }
      return low < candidates.count && candidates[low] == candidate ? scores[low] : nil
    }

    /// A score for every candidate.
    package var dense: [Float] {
      var row = [Float](repeating: MatchingScores.unscored, count: width)
      for (candidate, score) in zip(candidates, scores) { row[candidate] = score }
      return row
    }
  }

  /// A row of texts for each picture or video: `[visuals, texts]`. A shard has scores for its own.
  package private(set) var visuals: [Row]
  /// A row of pictures or videos for each text: `[texts, visuals]`.
  package private(set) var texts: [Row]
  /// How many pairs were computed; a pair on both shortlists counts once.
  package private(set) var pairs: Int

  init(visuals: Int, texts: Int) {
    self.visuals = (0..<visuals).map { _ in Row(width: texts) }
    self.texts = (0..<texts).map { _ in Row(width: visuals) }
    pairs = 0
  }

  /// Enters the score of a pair; for a text, pictures come in ascending order.
  mutating func add(_ score: Float, visual: Int, _ pair: Shortlists.Pair) {
    pairs += 1
    if pair.isForVisual {
      visuals[visual].candidates.append(pair.text)
      visuals[visual].scores.append(score)
    }
    if pair.isForText {
      texts[pair.text].candidates.append(visual)
      texts[pair.text].scores.append(score)
    }
  }

  /// The score of a pair that was computed; nil for others.
  package func score(visual: Int, text: Int) -> Float? {
    visuals[visual].score(of: text) ?? texts[text].score(of: visual)
  }

  /// The scores of shards over the same shortlists as one.
  ///
  /// - Parameter shards: In the order of their pictures, none of which is in two of them.
  package static func merged(_ shards: [MatchingScores]) -> MatchingScores? {
    guard var whole = shards.first else { return nil }
    for shard in shards.dropFirst() {
      guard shard.visuals.count == whole.visuals.count, shard.texts.count == whole.texts.count
      else { return nil }
      for (index, row) in shard.visuals.enumerated() where !row.candidates.isEmpty {
        whole.visuals[index] = row
      }
      for (index, row) in shard.texts.enumerated() {
        whole.texts[index].candidates += row.candidates
        whole.texts[index].scores += row.scores
      }
      whole.pairs += shard.pairs
    }
    return whole
  }
}
