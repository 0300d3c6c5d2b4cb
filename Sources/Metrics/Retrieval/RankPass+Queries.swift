/// The candidate of each column against which its scores are counted.
struct ColumnTargets: Sendable {
  let scores: [Float]
  let places: [Int32]
  /// How many right candidates have its score.
  let equal: [UInt32]

  init(_ truth: QueryTruth, in matrix: ScoreMatrix) {
    let found = (0..<truth.count).map { query in
      truth.first(of: query) { matrix.score(row: $0, column: query) }
    }
    scores = found.map(\.score)
    places = found.map { Int32($0.place) }
    equal = found.map(\.equal)
  }

  /// The sums over what each thread counted.
  func ranks(of workers: [RankWorker]) -> QueryRanks {
    var (ahead, found) = ([Int](repeating: 0, count: equal.count), equal.map { -Int($0) })
    var best: BestLists?
    for worker in workers {
      for query in equal.indices {
        ahead[query] += Int(worker.ahead[query])
        found[query] += Int(worker.equal[query])
      }
      if let own = worker.best {
        if let best { best.merge(own) } else { best = own }
      }
    }
    return QueryRanks(
      queries: Array(equal.indices), ranks: ahead,
      decidedByTies: equal.indices.filter { found[$0] > 0 }, best: best?.candidates ?? [])
  }
}

/// The ranks of rows; each thread writes those of its own rows.
final class RowRanks: @unchecked Sendable {
  let count: Int
  let ahead: UnsafeMutablePointer<UInt32>
  let isTied: UnsafeMutablePointer<Bool>
  let best: BestLists?

  init(count: Int, best: Int) {
    self.count = count
    ahead = .allocate(capacity: count)
    isTied = .allocate(capacity: count)
    ahead.initialize(repeating: 0, count: count)
    isTied.initialize(repeating: false, count: count)
    self.best = best > 0 ? BestLists(queries: count, limit: best) : nil
  }

  deinit {
    ahead.deallocate()
    isTied.deallocate()
  }

  var ranks: QueryRanks {
    QueryRanks(
      queries: Array(0..<count), ranks: (0..<count).map { Int(ahead[$0]) },
      decidedByTies: (0..<count).filter { isTied[$0] }, best: best?.candidates ?? [])
  }
}
