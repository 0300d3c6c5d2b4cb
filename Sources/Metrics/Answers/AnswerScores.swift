/// What an answer metric found.
public struct AnswerScores: Sendable {
  /// The scores, the overall one first.
  public let scores: [MetricScore]
  /// The parts of the set that are reported beside them, in the order of first appearance.
  public let groups: [ScoreGroup]
  /// The accuracy of each question, 0 to 1, unrounded, in the order of the set.
  public let accuracies: [Double]

  /// Puts the scores together.
  public init(scores: [MetricScore], groups: [ScoreGroup], accuracies: [Double]) {
    self.scores = scores
    self.groups = groups
    self.accuracies = accuracies
  }
}

/// A metric's value for a part of the set.
public struct ScoreGroup: Sendable, Hashable {
  /// The metric whose value this is, such as `accuracy`.
  public let metric: String
  /// By what the set is divided, such as `question_type`.
  public let kind: String
  /// Which part this is, such as `how many`.
  public let name: String
  /// How many samples it has.
  public let count: Int
  /// Its value on the metric's scale, rounded where the official scorer rounds.
  public let value: Double
  /// Its value before rounding.
  public let unrounded: Double

  /// Puts a group together.
  public init(
    metric: String, kind: String, name: String, count: Int, value: Double, unrounded: Double
  ) {
    self.metric = metric
    self.kind = kind
    self.name = name
    self.count = count
    self.value = value
    self.unrounded = unrounded
  }
}
