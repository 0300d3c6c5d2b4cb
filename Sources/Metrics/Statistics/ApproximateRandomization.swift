import Dispatch

/// A paired, two-sided randomization test of the difference of two systems, by cluster.
///
/// If the systems were equal, it would not matter which of the two gave which rows. In each trial
/// every cluster's rows are swapped between the systems with probability 1/2; with c the trials
/// whose absolute difference is at least the observed one, p = (c + 1) / (trials + 1).
///
/// Differences count as equal within 1e-10 times the greater absolute value of the two systems: the
/// sums of a trial are added in another order than the observed ones, and a difference that is equal
/// in exact arithmetic must count.
///
/// Source: Noreen, "Computer-Intensive Methods for Testing Hypotheses" (1989).
public struct ApproximateRandomization: Sendable {
  /// How many trials are made.
  public let trials: Int
  /// The seed.
  public let seed: UInt64

  /// A test with some settings.
  public init(trials: Int = 10000, seed: UInt64 = 12345) {
    precondition(trials > 0, "at least one trial")
    self.trials = trials
    self.seed = seed
  }

  /// The p-value for two systems' statistics over the same samples in the same order; nil if there
  /// are fewer than two clusters or if a system has no value.
  ///
  /// - Parameter clusters: The cluster of each sample, by any numbers; nil if each sample is its own.
  /// - Throws: `MetricError.countsDiffer` if the samples or the widths do not agree.
  public func pValue(
    _ first: SampleStatistics, _ second: SampleStatistics, clusters: [Int]? = nil
  ) throws -> Double? {
    try pValues(of: [(first, second)], clusters: clusters)[0]
  }

  /// The p-value of each pair, as `pValue` gives it; pairs with the same rows (those of BLEU-1 to
  /// BLEU-4) share their trials.
  ///
  /// - Throws: `MetricError.countsDiffer` if the samples or the widths of a pair do not agree.
  public func pValues(
    of pairs: [(first: SampleStatistics, second: SampleStatistics)], clusters: [Int]? = nil
  ) throws -> [Double?] {
    var found = [Double?](repeating: nil, count: pairs.count)
    var groups: [[Int]] = []
    for (index, pair) in pairs.enumerated() {
      let place = groups.firstIndex { group in
        let (first, second) = pairs[group[0]]
        return first.width == pair.first.width && second.width == pair.second.width
          && first.rows == pair.first.rows && second.rows == pair.second.rows
      }
      if let place { groups[place].append(index) } else { groups.append([index]) }
    }
    for group in groups {
      let values = try pValues(ofSameRows: group.map { pairs[$0] }, clusters: clusters)
      for (index, value) in zip(group, values) { found[index] = value }
    }
    return found
  }

  /// - Parameter pairs: At least one; all have the rows of the first.
  private func pValues(
    ofSameRows pairs: [(first: SampleStatistics, second: SampleStatistics)], clusters: [Int]?
  ) throws -> [Double?] {
    let (first, second) = pairs[0]
    guard first.width == second.width else {
      throw MetricError.countsDiffer(
        what: "width of the second system's statistics", expected: first.width,
        found: second.width)
    }
    let joint = try ClusterSums([first, second], clusters: clusters)
    guard joint.count >= 2 else { return pairs.map { _ in nil } }
    let width = first.width
    var totals = [Double](repeating: 0, count: 2 * width)
    var differences: [Double] = []
    for cluster in 0..<joint.count {
      let row = joint.rows[cluster * 2 * width..<(cluster + 1) * 2 * width]
      let base = row.startIndex
      for index in 0..<2 * width { totals[index] += row[base + index] }
      let difference = (0..<width).map { row[base + width + $0] - row[base + $0] }
      // Swapping equal rows changes nothing.
      if difference.contains(where: { $0 != 0 }) { differences.append(contentsOf: difference) }
    }
    let (left, right) = (Array(totals[..<width]), Array(totals[width...]))
    let bounds = pairs.map { pair -> Double? in
      let values = (
        left.withUnsafeBufferPointer(pair.first.value),
        right.withUnsafeBufferPointer(pair.second.value)
      )
      guard values.0.isFinite, values.1.isFinite else { return nil }
      let tolerance = 1e-10 * max(values.0.magnitude, values.1.magnitude)
      return abs(values.1 - values.0) - tolerance
    }
    let judged = pairs.indices.filter { bounds[$0] != nil }
    guard !judged.isEmpty else { return bounds }
    let swaps = SwapSums(differences, width: width)
    let reached = count(of: judged.count) { trial, reaches in
      var generator = SeededGenerator(seed: seed, stream: UInt64(trial))
      withUnsafeTemporaryAllocation(of: Double.self, capacity: 3 * width) { room in
        let sum = UnsafeMutableBufferPointer(rebasing: room[..<width])
        let swappedFirst = UnsafeMutableBufferPointer(rebasing: room[width..<2 * width])
        let swappedSecond = UnsafeMutableBufferPointer(rebasing: room[(2 * width)...])
        sum.initialize(repeating: 0)
        swaps.add(to: sum, with: &generator)
        for index in 0..<width {
          swappedFirst.initializeElement(at: index, to: left[index] + sum[index])
          swappedSecond.initializeElement(at: index, to: right[index] - sum[index])
        }
        for (place, index) in judged.enumerated() {
          let difference =
            pairs[index].second.value(UnsafeBufferPointer(swappedSecond))
            - pairs[index].first.value(UnsafeBufferPointer(swappedFirst))
          reaches(place, abs(difference) >= (bounds[index] ?? .infinity))
        }
      }
    }
    var found = [Double?](repeating: nil, count: pairs.count)
    for (place, index) in judged.enumerated() {
      found[index] = Double(reached[place] + 1) / Double(trials + 1)
    }
    return found
  }

  /// How many trials fulfil each of some conditions; each trial writes its own bytes.
  private func count(
    of conditions: Int, _ trial: @Sendable (Int, _ reaches: (Int, Bool) -> Void) -> Void
  ) -> [Int] {
    let outcomes = [UInt8](unsafeUninitializedCapacity: trials * conditions) { outcomes, count in
      nonisolated(unsafe) let outcomes = outcomes
      DispatchQueue.concurrentPerform(iterations: trials) { index in
        trial(index) { condition, isReached in
          outcomes.initializeElement(at: index * conditions + condition, to: isReached ? 1 : 0)
        }
      }
      count = trials * conditions
    }
    return (0..<conditions).map { condition in
      stride(from: condition, to: outcomes.count, by: conditions).reduce(0) {
        $0 + Int(outcomes[$1])
      }
    }
  }
}

/// Sums of rows under random bits, four rows at a time: the 16 sums of each four are made once.
private struct SwapSums: Sendable {
  private let width: Int
  private let groups: Int
  /// `[groups, 16, width]`.
  private let table: [Double]

  init(_ rows: [Double], width: Int) {
    let count = rows.count / width
    let groups = (count + 3) / 4
    var table = [Double](repeating: 0, count: groups * 16 * width)
    for group in 0..<groups {
      for bits in 1..<16 {
        for place in 0..<4 where bits >> place & 1 == 1 && 4 * group + place < count {
          for index in 0..<width {
            table[(group * 16 + bits) * width + index] += rows[(4 * group + place) * width + index]
          }
        }
      }
    }
    self.width = width
    self.groups = groups
    self.table = table
  }

  func add(
    to sums: UnsafeMutableBufferPointer<Double>, with generator: inout SeededGenerator
  ) {
    table.withUnsafeBufferPointer { table in
      var bits: UInt64 = 0
      for group in 0..<groups {
        if group % 16 == 0 { bits = generator.next() }
        let start = (group &* 16 &+ Int(bits & 15)) &* width
        for index in 0..<width { sums[index] += table[start &+ index] }
        bits >>= 4
      }
    }
  }
}
