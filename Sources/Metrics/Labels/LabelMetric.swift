/// A metric that compares the class which a model gave each sample with the right one.
public protocol LabelMetric: Metric {
  /// The metric with the official settings.
  init()

  /// The metric's numbers for predictions in the order of the samples.
  ///
  /// - Throws: `MetricError` where the official scorer has no number.
  func scores(of samples: LabelledSamples, predictions: [String]) throws -> LabelScores
}

/// Samples with one right class each.
public struct LabelledSamples: Sendable {
  /// The right class of each sample.
  public let labels: [String]
  /// All classes, in the order in which parts of the set are reported.
  public let classes: [String]
  /// The group of each sample that counts only as a whole; nil where there are none.
  public let groups: [String]?

  /// Puts samples together; labels and groups have one entry a sample.
  public init(labels: [String], classes: [String], groups: [String]? = nil) {
    self.labels = labels
    self.classes = classes
    self.groups = groups
  }

  /// How many samples there are.
  public var count: Int { labels.count }

  /// Refuses an empty set, and lists that are not one entry a sample.
  ///
  /// - Throws: `MetricError.noSamples` or `.countsDiffer`.
  func check(predictions: [String], metric: String) throws {
    guard count > 0 else { throw MetricError.noSamples(metric: metric) }
    guard predictions.count == count else {
      throw MetricError.countsDiffer(
        what: "predictions", expected: count, found: predictions.count)
    }
    if let groups, groups.count != count {
      throw MetricError.countsDiffer(what: "groups", expected: count, found: groups.count)
    }
  }
}

/// What a label metric found.
public struct LabelScores: Sendable {
  /// The scores, the overall one first.
  public let scores: [MetricScore]
  /// The parts of the set that are reported beside them.
  public let groups: [ScoreGroup]

  /// Puts the scores together.
  public init(scores: [MetricScore], groups: [ScoreGroup] = []) {
    self.scores = scores
    self.groups = groups
  }
}
