import Tensors

/// The best continuations of one row, in descending order; of equal ones the lower token comes first.
package struct CandidateList {
  /// How many are kept.
  let limit: Int
  /// Their values.
  package private(set) var values: [Float] = []
  /// The tokens, the best first.
  package private(set) var tokens: [Int32] = []
  /// Whether the row's logits were finite; otherwise there are no candidates.
  private(set) var isFinite = true
  /// The largest log-probability that was turned down: values rise with it and the bar only rises, so
  /// one that is not larger fails too.
  private var failed = -Float.infinity

  package init(limit: Int) {
    self.limit = limit
    values.reserveCapacity(limit + 1)
    tokens.reserveCapacity(limit + 1)
  }

  /// A row whose logits are not finite.
  static let notFinite: CandidateList = {
    var list = CandidateList(limit: 0)
    list.isFinite = false
    return list
  }()

  /// Offers tokens in ascending order, each with the value `(sum + its log-probability) / penalty`.
  package mutating func offer(
    _ range: Range<Int>, of logProbabilities: UnsafePointer<Float>, sum: Float, penalty: Float
  ) {
    var token = range.lowerBound
    while token < range.upperBound, values.count < limit {
      offer(logProbabilities[token], token, sum: sum, penalty: penalty)
      token += 1
    }
    while token < range.upperBound {
      let logProbability = logProbabilities[token]
      if logProbability > failed { offer(logProbability, token, sum: sum, penalty: penalty) }
      token += 1
    }
  }

  /// Offers one token.
  mutating func offer(_ logProbability: Float, _ token: Int, sum: Float, penalty: Float) {
    let value = (sum + logProbability) / penalty
    if values.count == limit, let last = values.last {
      guard value > last else {
        failed = max(failed, logProbability)
        return
      }
    }
    var place = values.count
    while place > 0, values[place - 1] < value { place -= 1 }
    values.insert(value, at: place)
    tokens.insert(Int32(token), at: place)
    if values.count > limit {
      values.removeLast()
      tokens.removeLast()
    }
  }
}

extension Engine {
  /// The best continuations of every row.
  ///
  /// - Parameters:
  ///   - logits: `[rows, V]`
  ///   - sums: For each row the summed log-probability of its text.
  ///   - end: A token that gets a log-probability of its own, or nil.
  func candidates(
    _ logits: Matrix, sums: [Float], penalty: Float, limit: Int,
    end: (token: Int, logProbability: Float)?
  ) -> [CandidateList] {
    let logProbabilities = logProbabilities(logits)
    var lists = [CandidateList](repeating: CandidateList(limit: limit), count: logits.rows)
    lists.withUnsafeMutableBufferPointer { lists in
      parallel(logits.rows) { row in
        guard allFinite(logits.row(row), logits.width) else {
          lists[row] = .notFinite
          return
        }
        var list = CandidateList(limit: limit)
        let source = UnsafePointer(logProbabilities.row(row))
        let sum = sums[row]
        if let end {
          list.offer(0..<end.token, of: source, sum: sum, penalty: penalty)
          list.offer(end.logProbability, end.token, sum: sum, penalty: penalty)
          list.offer(end.token + 1..<logits.width, of: source, sum: sum, penalty: penalty)
        } else {
          list.offer(0..<logits.width, of: source, sum: sum, penalty: penalty)
        }
        lists[row] = list
      }
    }
    return lists
  }
}
