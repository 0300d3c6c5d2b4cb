/// The ranks of the queries of one direction: images that look for their texts, or texts that look
/// for their image.
public struct QueryRanks: Sendable {
  /// The queries, ascending: indices of images or of texts.
  public let queries: [Int]
  /// For each query the rank of its best placed right candidate, counted from 0; nil where a ranking
  /// that was given holds none of them.
  public let ranks: [Int?]
  /// The queries whose rank depends on the order of equal scores: a wrong candidate has the score of
  /// the best right one.
  public let decidedByTies: [Int]
  /// For each query its first few candidates, best first; empty where none were asked for.
  public let best: [[Int]]

  /// Puts ranks together.
  package init(queries: [Int], ranks: [Int?], decidedByTies: [Int] = [], best: [[Int]] = []) {
    precondition(queries.count == ranks.count, "one rank for each query")
    self.queries = queries
    self.ranks = ranks
    self.decidedByTies = decidedByTies
    self.best = best.isEmpty ? Array(repeating: [], count: queries.count) : best
  }

  /// How many queries have a rank below a bound.
  package func count(below bound: Int) -> Int {
    ranks.reduce(0) { $0 + (($1 ?? .max) < bound ? 1 : 0) }
  }
}
