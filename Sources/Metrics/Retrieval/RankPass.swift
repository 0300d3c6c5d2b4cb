import CRetrieval
import Dispatch
import Synchronization

/// One pass over a matrix that counts, for each query, how many candidates come before its best
/// right one.
///
/// A block of rows is in the processor's cache while the queries of its rows are counted, and then,
/// where those of the columns are wanted too, while it adds to the counts of all columns: the matrix
/// is read from memory once, and no transpose is made. Counts are whole numbers and the best
/// candidates a set in a total order, so the threads' parts may be joined in any order.
struct RankPass: Sendable {
  let matrix: ScoreMatrix
  /// The queries that the rows are; nil where they are not wanted.
  let rows: QueryTruth?
  /// The queries that the columns are.
  let columns: QueryTruth?
  /// How many of each query's best candidates are wanted.
  let best: Int
  let kernel: RankKernel

  /// A score that is not a number, by its place in memory.
  struct NotANumber: Error {
    let row: Int
    let column: Int
  }

  /// Bytes of a block of rows, so that it and the counts of the columns stay in the second cache.
  private static let blockBytes = 512 << 10

  /// - Throws: `NotANumber` with the first score that is none.
  func run() throws -> (rows: QueryRanks?, columns: QueryRanks?) {
    let height = max(1, min(matrix.rows, Self.blockBytes / (4 * matrix.columns)))
    let targets = columns.map { ColumnTargets($0, in: matrix) }
    let rowRanks = RowRanks(count: matrix.rows, best: rows == nil ? 0 : limit(matrix.columns))
    let workers = Workers {
      RankWorker(
        scratch: matrix.element == .float32 ? 0 : height * matrix.columns,
        columns: targets == nil ? 0 : matrix.columns, best: limit(matrix.rows))
    }
    DispatchQueue.concurrentPerform(iterations: (matrix.rows + height - 1) / height) { block in
      let range = block * height..<min(matrix.rows, (block + 1) * height)
      workers.lend { worker in
        matrix.withRows(range, scratch: worker.scratch) { scores in
          countRows(scores, range, rowRanks, worker)
          if let targets { countColumns(scores, range, targets, worker) }
        }
      }
    }
    let all = workers.all
    if let row = all.compactMap(\.notANumber).min() {
      let column = (0..<matrix.columns).first { matrix.score(row: row, column: $0).isNaN }
      throw NotANumber(row: row, column: column ?? 0)
    }
    return (rows.map { _ in rowRanks.ranks }, targets.map { $0.ranks(of: all) })
  }

  private func limit(_ candidates: Int) -> Int { min(best, candidates) }

  private func countRows(
    _ scores: UnsafeRawPointer, _ range: Range<Int>, _ ranks: RowRanks, _ worker: RankWorker
  ) {
    let width = matrix.columns
    for row in range {
      let start = scores + (row - range.lowerBound) * width * 4
      let first = rows?.first(of: row) { place in
        (start + place * 4).loadUnaligned(as: Float.self)
      }
      var (ahead, equal): (UInt32, UInt32) = (0, 0)
      // Also where no row is a query: it finds what is not a number.
      if cretrieval_row(
        kernel.code, start, width, first?.score ?? 0, first?.place ?? width, &ahead, &equal)
      {
        worker.notANumber = min(worker.notANumber ?? row, row)
      }
      guard let first else { continue }
      ranks.ahead[row] = ahead
      ranks.isTied[row] = equal > first.equal
      if let best = ranks.best {
        withUnsafePointer(to: best.lists) {
          cretrieval_best_of_row(kernel.code, start, width, $0, row)
        }
      }
    }
  }

  private func countColumns(
    _ scores: UnsafeRawPointer, _ range: Range<Int>, _ targets: ColumnTargets, _ worker: RankWorker
  ) {
    let width = matrix.columns
    cretrieval_columns(
      kernel.code, scores, width, range.count, width, range.lowerBound, targets.scores,
      targets.places, worker.ahead, worker.equal)
    if let best = worker.best {
      withUnsafePointer(to: best.lists) {
        cretrieval_best_of_columns(
          kernel.code, scores, width, range.count, width, range.lowerBound, $0)
      }
    }
  }
}

/// The candidate of each column against which its scores are counted.
private struct ColumnTargets: Sendable {
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
private final class RowRanks: @unchecked Sendable {
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

/// What one thread needs and finds. Only one call has it at a time.
private final class RankWorker: @unchecked Sendable {
  let scratch: UnsafeMutablePointer<Float>
  /// Counts of the columns, `[columns]`.
  let ahead: UnsafeMutablePointer<UInt32>
  let equal: UnsafeMutablePointer<UInt32>
  let best: BestLists?
  /// The first row with a score that is not a number.
  var notANumber: Int?

  init(scratch: Int, columns: Int, best: Int) {
    self.scratch = .allocate(capacity: max(1, scratch))
    ahead = .allocate(capacity: max(1, columns))
    equal = .allocate(capacity: max(1, columns))
    ahead.initialize(repeating: 0, count: max(1, columns))
    equal.initialize(repeating: 0, count: max(1, columns))
    self.best = best > 0 && columns > 0 ? BestLists(queries: columns, limit: best) : nil
  }

  deinit {
    scratch.deallocate()
    ahead.deallocate()
    equal.deallocate()
  }
}

/// As many workers as calls ran at once.
private final class Workers: Sendable {
  private let make: @Sendable () -> RankWorker
  private let idle = Mutex<[RankWorker]>([])

  init(_ make: @escaping @Sendable () -> RankWorker) { self.make = make }

  /// All of them, when no call is running.
  var all: [RankWorker] { idle.withLock { $0 } }

  func lend(_ body: (RankWorker) -> Void) {
    let worker = idle.withLock { $0.popLast() } ?? make()
    body(worker)
    idle.withLock { $0.append(worker) }
  }
}
