import CRetrieval
import Dispatch

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
    let workers = RankWorkers {
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
