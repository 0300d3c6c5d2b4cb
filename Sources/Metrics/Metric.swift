/// A metric of the suite.
public protocol Metric: Sendable {
  /// What it is.
  static var card: MetricCard { get }

  /// How the corpus value of one of its scores follows from what run folders keep of each sample; a
  /// plain mean without it.
  ///
  /// - Parameters:
  ///   - score: A name of the card's `produces`, or a part of one, such as `accuracy/yes-no`.
  ///   - signature: The score's signature, for metrics whose settings decide.
  static func corpusRule(of score: String, signature: Signature) -> CorpusRule
}

/// A metric that compares one caption of each image with the image's references.
public protocol CaptionMetric: Metric {
  /// The metric with the official settings.
  init()

  /// The metric's numbers for a corpus, in the order of the card's `produces`.
  ///
  /// - Throws: `MetricError` where the official scorer has no number.
  func scores(of corpus: CaptionCorpus) throws -> [MetricScore]
}

/// A caption metric that weighs n-grams by how rare they are, in the scored images or in others.
public protocol FrequencyWeightedMetric: CaptionMetric {
  /// The metric with document frequencies that were counted elsewhere.
  init(frequencies: DocumentFrequencies)
}

/// A caption metric that needs data which users hold.
public protocol ResourceMetric: Metric {
  /// The metric with its data; nil where they are not at hand.
  ///
  /// - Throws: An error of the data where they cannot be opened.
  init?(_ resources: MetricResources) throws

  /// What a report says where they are not: which data, and the command that adds them.
  static var notAvailable: String { get }

  /// The metric's numbers for a corpus, in the order of the card's `produces`.
  ///
  /// - Throws: `MetricError` where the official scorer has no number, and an error of the data
  ///   where they are damaged.
  func scores(of corpus: CaptionCorpus) throws -> [MetricScore]
}

/// A metric that compares one answer of each question with the answers of people.
public protocol AnswerMetric: Metric {
  /// The metric with the official settings.
  init()

  /// The metric's numbers for answers in the order of the references' questions.
  ///
  /// - Throws: `MetricError` where the official scorer has no number.
  func scores(of references: VQAReferences, answers: [String]) throws -> AnswerScores
}

/// A metric whose values another program computes, sample by sample.
public protocol ExternalMetric: Metric {
  /// The metric.
  init()

  /// The corpus value from the samples' values in the order of the set.
  ///
  /// - Parameter digest: The first digits of the digest of the file with the values.
  /// - Throws: `MetricError.noSamples`.
  func score(of values: [Double], digest: String) throws -> MetricScore
}

/// A metric of the ranks of images' texts and texts' images.
public protocol RetrievalMetric: Metric {
  /// The metric with the official settings.
  init()

  /// The metric's numbers for the directions that there are; none where it has none of them. The
  /// statistics have a row for each query, images first.
  ///
  /// - Throws: `MetricError` where there is nothing to score.
  func scores(of ranks: RetrievalRanks) throws -> [MetricScore]
}
