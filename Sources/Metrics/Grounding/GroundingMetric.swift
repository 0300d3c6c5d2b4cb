/// A metric that compares one box of each expression with the true one.
public protocol GroundingMetric: Metric {
  /// Whether the metric must know how large the images are.
  static var needsImageSizes: Bool { get }

  /// The metric with the official settings.
  init()

  /// The metric's numbers, in the order of the card's `produces`.
  ///
  /// - Throws: `MetricError` where there is no number.
  func scores(of boxes: GroundedBoxes) throws -> [MetricScore]
}

/// Predicted boxes beside the true ones, one of each an expression, in pixels of the image.
public struct GroundedBoxes: Sendable {
  /// What the model said.
  public let predicted: [PixelBox]
  /// What was annotated.
  public let truth: [PixelBox]
  /// The size of each expression's image; nil where nobody knows.
  public let imageSizes: [PixelSize]?

  /// Puts both sides together.
  ///
  /// - Throws: `MetricError.countsDiffer`.
  public init(predicted: [PixelBox], truth: [PixelBox], imageSizes: [PixelSize]? = nil) throws {
    guard predicted.count == truth.count else {
      throw MetricError.countsDiffer(
        what: "boxes", expected: truth.count, found: predicted.count)
    }
    if let imageSizes, imageSizes.count != truth.count {
      throw MetricError.countsDiffer(
        what: "image sizes", expected: truth.count, found: imageSizes.count)
    }
    self.predicted = predicted
    self.truth = truth
    self.imageSizes = imageSizes
  }
}

/// What both conventions make of intersections over unions.
enum GroundingScores {
  /// The least intersection over union of a hit.
  static let threshold = 0.5

  /// The share of hits, and the mean.
  ///
  /// - Throws: `MetricError.noSamples`.
  static func scores(
    of ious: [Double], metric: MetricCard, iou: KeyValuePairs<String, String>
  ) throws -> [MetricScore] {
    guard !ious.isEmpty else { throw MetricError.noSamples(metric: metric.name) }
    let hits = ious.map { $0 >= threshold ? 1.0 : 0.0 }
    let accuracy = Signature(metric.produces[0], iou).adding("threshold", "\(threshold)")
    return [
      MetricScore(
        name: metric.produces[0], value: hits.reduce(0, +) / Double(hits.count), samples: hits,
        statistics: .mean(of: hits), count: hits.count, signature: accuracy),
      MetricScore(
        name: metric.produces[1], value: NumpyMean.mean(ious), samples: ious,
        statistics: .mean(of: ious), count: ious.count,
        signature: Signature(metric.produces[1], iou)),
    ]
  }
}
