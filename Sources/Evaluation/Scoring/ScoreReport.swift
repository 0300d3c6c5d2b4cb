import Datasets
import Metrics
import Records

/// What scoring a prediction file gives: corpus numbers with intervals and signatures, numbers of
/// groups, and what each sample got.
public struct ScoreReport: Sendable {
  /// The benchmark's card.
  public let card: BenchmarkCard
  /// The split's name; `custom` where a whole annotation file was given.
  public let split: String
  /// The reference set, as in signatures: `karpathy-test@1a2b3c4d`.
  public let references: String
  /// How many samples were scored.
  public let count: Int
  /// How many samples the reference set has.
  public let expected: Int
  /// The metrics in the order of the card; none where the answers are hidden.
  public let metrics: [ReportedMetric]
  /// Numbers of parts of the set, such as question types.
  public let groups: [ScoreGroup]
  /// What a reader of the numbers must know.
  public let problems: [Problem]
  /// The scored samples.
  public let samples: ScoredSamples
  /// What was done to captions before they were scored; nil for nothing.
  public let cleaning: CaptionCleaning?
  /// The files that were read.
  public let files: [SourceFile]

  /// Whether every sample of the reference set was scored.
  public var isComplete: Bool { count == expected }

  /// The metric with a name.
  public func metric(_ name: String) -> ReportedMetric? {
    metrics.first { $0.name == name }
  }
}

/// One number as it is reported.
public struct ReportedMetric: Sendable {
  /// The name in files, such as `CIDEr`.
  public let name: String
  /// The value on the official scorer's own scale.
  public let value: Double
  /// The value before the official scorer's rounding; equal to `value` where it rounds none.
  public let unrounded: Double
  /// The 95 % interval on the same scale; nil where the set is too small for one.
  public let interval: ConfidenceInterval?
  /// How many samples it stands on.
  public let count: Int
  /// Everything that can change it.
  public let signature: Signature
}

/// The samples of a set in the order of the references.
public struct ScoredSamples: Sendable {
  /// Question, image, clip or query ids.
  public let ids: [SampleID]
  /// What is resampled as a whole: the image of each sample.
  public let clusters: [SampleID]
  /// What the model said.
  public let predictions: [SamplePrediction]
  /// Scores by metric name; each has one value a sample, which is not a number where the score does
  /// not apply to it.
  public let scores: [(name: String, values: [Double])]
  /// The rows of metrics whose corpus value is no mean of the samples' values, such as BLEU.
  public let statistics: [(name: String, rows: SampleStatistics)]

  /// Puts samples together.
  ///
  /// - Parameters:
  ///   - scores: Those that have values of samples are kept.
  ///   - others: Values that no metric reports, which come first.
  init(
    ids: [SampleID], clusters: [SampleID], predictions: [SamplePrediction], scores: [MetricScore],
    besides others: [(name: String, values: [Double])] = [],
    statistics: [(name: String, rows: SampleStatistics)] = []
  ) {
    self.ids = ids
    self.clusters = clusters
    self.predictions = predictions
    self.scores = others + scores.compactMap { score in score.samples.map { (score.name, $0) } }
    self.statistics = statistics
  }
}

extension ScoredSamples {
  /// SHA-256 of ids and predictions, in hexadecimal; nil for a prediction that no file can hold.
  var predictionsDigest: String? {
    var hash = SHA256()
    for (id, prediction) in zip(ids, predictions) {
      var writer = JSONWriter()
      writer.beginArray()
      writer.id(id)
      guard (try? writer.prediction(prediction)) != nil else { return nil }
      writer.endArray()
      hash.update(writer.bytes)
    }
    return hash.hexDigest
  }
}
