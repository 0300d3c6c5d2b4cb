/// One number of a metric for a whole set, and what stands behind it.
public struct MetricScore: Sendable {
  /// The name in tables and files, such as `CIDEr` or `accuracy/yes-no`.
  public let name: String
  /// The corpus value on the official scorer's own scale, rounded where the official one rounds.
  public let value: Double
  /// The corpus value before any rounding; equal to `value` where the official scorer rounds none.
  public let unrounded: Double
  /// The value of each sample in the order of the set, for metrics that have one; not a number for
  /// a sample to which the score does not apply, such as a query of another direction.
  public let samples: [Double]?
  /// What resampling needs; the samples are in the order of the set. Gives `unrounded`.
  public let statistics: SampleStatistics
  /// How many samples the value stands on.
  public let count: Int
  /// All that can change the number, as far as the metric knows it.
  public let signature: Signature
  /// What a reader must know beside the number, such as why it can only be 0. Usually empty.
  public let notes: [String]

  /// Puts a score together.
  public init(
    name: String, value: Double, unrounded: Double? = nil, samples: [Double]?,
    statistics: SampleStatistics, count: Int, signature: Signature, notes: [String] = []
  ) {
    self.name = name
    self.value = value
    self.unrounded = unrounded ?? value
    self.samples = samples
    self.statistics = statistics
    self.count = count
    self.signature = signature
    self.notes = notes
  }
}
