import CRetrieval

/// Which of the bodies counts; all give the same ranks.
package enum RankKernel: Sendable, CaseIterable {
  /// The fastest that this processor has.
  case fastest
  /// Plain C, the truth.
  case scalar
  /// 8 scores at a time.
  case avx2
  /// 16 scores at a time.
  case avx512

  /// Whether this processor has it; otherwise the scalar one counts.
  package var isThere: Bool { cretrieval_has(code) }

  var code: cretrieval_body {
    switch self {
    case .fastest: CRETRIEVAL_FASTEST
    case .scalar: CRETRIEVAL_SCALAR
    case .avx2: CRETRIEVAL_AVX2
    case .avx512: CRETRIEVAL_AVX512
    }
  }
}

/// The best candidates of some queries, filled by the kernels.
final class BestLists {
  let queries: Int
  private(set) var lists: cretrieval_best

  /// Empty lists that will keep up to `limit` candidates of each query.
  init(queries: Int, limit: Int) {
    self.queries = queries
    lists = cretrieval_best(
      limit: UInt32(limit), scores: .allocate(capacity: queries * limit),
      places: .allocate(capacity: queries * limit), held: .allocate(capacity: queries),
      bound: .allocate(capacity: queries))
    lists.held.initialize(repeating: 0, count: queries)
    lists.bound.initialize(repeating: -.infinity, count: queries)
  }

  deinit {
    lists.scores.deallocate()
    lists.places.deallocate()
    lists.held.deallocate()
    lists.bound.deallocate()
  }

  /// Takes in what other lists of the same queries hold.
  func merge(_ other: BestLists) {
    let limit = Int(lists.limit)
    for query in 0..<queries {
      for index in query * limit..<query * limit + Int(other.lists.held[query]) {
        cretrieval_best_add(&lists, query, other.lists.scores[index], other.lists.places[index])
      }
    }
  }

  /// The candidates of each query, best first.
  var candidates: [[Int]] {
    let limit = Int(lists.limit)
    return (0..<queries).map { query in
      (0..<Int(lists.held[query])).map { Int(lists.places[query * limit + $0]) }
    }
  }
}
