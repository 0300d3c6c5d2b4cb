import Records

/// The samples that two runs have in common, in the order of the first.
struct SamplePairing {
  /// Where each common sample stands in the first run; nil if all do, in their order.
  let first: [Int]?
  /// Where each common sample stands in the second run; nil if all do, in their order.
  let second: [Int]?
  /// How many samples are common.
  let count: Int
  /// Whether both runs have the same samples, in any order.
  let coversBoth: Bool
  /// The cluster of each common sample, numbered from 0.
  let clusters: [Int]
  /// How many clusters there are.
  let clusterCount: Int

  /// Pairs by id.
  ///
  /// - Throws: `EvaluationError.incomparable` if no sample is common, `.badRun` where a sample
  ///   belongs to another cluster than in the first run.
  init(_ first: StoredRun, _ second: StoredRun) throws {
    let (left, right) = (first.samples, second.samples)
    if left.ids == right.ids, left.repeats == right.repeats {
      self.first = nil
      self.second = nil
      count = left.count
    } else {
      var pairs: (first: [Int], second: [Int]) = ([], [])
      for (place, id) in left.ids.enumerated() {
        guard let other = right.place(of: id, repeat: left.repeats[place]) else { continue }
        pairs.first.append(place)
        pairs.second.append(other)
      }
      self.first = pairs.first.count == left.count ? nil : pairs.first
      self.second = pairs.second
      count = pairs.first.count
    }
    coversBoth = count == left.count && count == right.count
    guard count > 0 else {
      throw EvaluationError.incomparable(
        first: first.path, second: second.path, reason: "they have no sample in common",
        remedy: "compare runs over the same samples")
    }
    for place in 0..<count {
      let (own, other) = (self.first?[place] ?? place, self.second?[place] ?? place)
      guard left.clusters[own] == right.clusters[other] else {
        throw EvaluationError.badRun(
          path: right.path,
          reason: "sample \(left.ids[own]) belongs to \(right.clusters[other]), and to "
            + "\(left.clusters[own]) in \(left.path)", remedy: StoredRun.remedy)
      }
    }
    let common = self.first.map { $0.map { left.clusters[$0] } } ?? left.clusters
    clusters = SampleID.places(of: common)
    clusterCount = (clusters.max() ?? -1) + 1
  }
}
