import Tensors

/// Splits a batch into parts that are worked off one after the other: the matrices between two layers
/// are as large as a part. What a part holds does not change a result.
enum BatchSplit {
  /// Rows at which a part ends: enough that weights read once serve many rows, and that each thread
  /// has a share of them.
  private static func limit(_ engine: Engine) -> Int { max(1200, 300 * engine.threads) }

  /// A number of rows in parts.
  static func rows(_ count: Int, _ engine: Engine) -> [Range<Int>] {
    let limit = 2 * limit(engine)
    return stride(from: 0, to: count, by: limit).map { $0..<min(count, $0 + limit) }
  }

  /// Consecutive items whose rows together stay under a limit, at least one item each.
  static func ranges(of rows: [Int], _ engine: Engine) -> [Range<Int>] {
    let limit = limit(engine)
    var ranges: [Range<Int>] = []
    var (start, sum) = (0, 0)
    for (index, count) in rows.enumerated() {
      if index > start, sum + count > limit {
        ranges.append(start..<index)
        (start, sum) = (index, 0)
      }
      sum += count
    }
    if start < rows.count { ranges.append(start..<rows.count) }
    return ranges
  }
}
