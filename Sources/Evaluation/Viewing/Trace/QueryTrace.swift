import Datasets
import Metrics
import Records

/// Where the right candidates of a query stand, and what stands first.
package struct QueryTrace: Sendable {
  /// A candidate: a text of an image, an image of a text.
  package struct Candidate: Sendable {
    /// Its id, such as `text:12` or `391895`.
    package let id: String
    /// The text, or where the image lies in the data set's own layout.
    package let content: String
    /// Its rank, counted from 1; nil where the run did not keep the scores and it is not among the
    /// first.
    package let rank: Int?
    /// Its score; nil where the run did not keep it.
    package let score: Double?
    /// Whether it is a right one.
    package let isRight: Bool
  }

  /// The right candidates in the order of the references.
  package let right: [Candidate]
  /// The first candidates, best first.
  package let first: [Candidate]
  /// How many candidates there are.
  package let candidateCount: Int
}

extension RunView {
  /// The trace of the query at a place; nil where the references are not at hand.
  ///
  /// - Throws: `JSONError`.
  func queryTrace(at place: Int, _ line: ScoredLines.Line) throws -> QueryTrace? {
    guard let (query, references) = query(at: place), case .ranking(let ids) = line.prediction
    else { return nil }
    let right = Self.rightCandidates(of: query, in: references)
    let scores = try candidateScores(of: query, in: references)
    let firstPlaces = Dictionary(
      zip(ids, 1...), uniquingKeysWith: { first, _ in first })
    func candidate(_ number: Int, rank: Int?) -> QueryTrace.Candidate {
      let id: SampleID
      let content: String
      switch query {
      case .image:
        id = references.query(text: number)
        content = references.texts[number]
      case .text:
        id = references.images[number]
        content = references.files[number]
      }
      return QueryTrace.Candidate(
        id: id.description, content: content,
        rank: rank ?? scores.map { Self.rank(of: number, in: $0) } ?? firstPlaces[id],
        score: scores.map { Double($0[number]) }, isRight: right.contains(number))
    }
    let numbers: [SampleID: Int]
    switch query {
    case .image:
      numbers = Dictionary(
        uniqueKeysWithValues: references.texts.indices.map { (references.query(text: $0), $0) })
    case .text:
      numbers = Dictionary(
        zip(references.images, 0...), uniquingKeysWith: { first, _ in first })
    }
    return QueryTrace(
      right: right.map { candidate($0, rank: nil) },
      first: ids.enumerated().compactMap { place, id in
        numbers[id].map { candidate($0, rank: place + 1) }
      },
      candidateCount: numbers.count)
  }

  /// The score of each candidate of a query as it was ranked; nil where the run did not keep them.
  private func candidateScores(
    of query: ViewedQuery, in references: RetrievalReferences
  ) throws -> [Float]? {
    guard let predictions else { return nil }
    switch query {
    case .image(let image):
      guard let pairs = try predictions.pairs(of: references.images[image]) else { return nil }
      return references.texts.indices.map { Float(pairs.score(of: $0, isText: false)) }
    case .text(let text):
      var scores: [Float] = []
      for image in references.images {
        guard let pairs = try predictions.pairs(of: image) else { return nil }
        scores.append(Float(pairs.score(of: text, isText: true)))
      }
      return scores
    }
  }

  /// The rank of a candidate, counted from 1; of equal scores the higher number comes first.
  private static func rank(of number: Int, in scores: [Float]) -> Int {
    let own = scores[number]
    return 1
      + scores.indices.count { scores[$0] > own || (scores[$0] == own && $0 > number) }
  }
}
