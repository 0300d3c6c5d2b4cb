/// Accuracy and mean intersection over union in the reference project's arithmetic, which made the
/// published numbers of mPLUG: the true box is truncated to integers, both boxes lie on the padded
/// square of 336 pixels, all is in single precision.
///
/// A prediction in pixels is mapped onto the square first. The reference never leaves the square, so
/// a box of its model that was written in pixels comes back with a rounding more: an overlap within
/// about 1e-6 of one half can fall to the other side.
///
/// Source: `X-PLUG/mPLUG`, grounding evaluation (code of TransVG).
///
/// Quirks kept: those of `NormalizedBox.mplugIoU` and `PaddedSquare`.
public struct MPLUGGroundingAccuracy: GroundingMetric {
  /// What it is.
  public static let card = MetricCard(
    name: "grounding-mplug", produces: ["acc@0.5-mplug", "mIoU-mplug"],
    title: "Accuracy at IoU 0.5 (mPLUG's arithmetic)", task: "grounding", scale: "0 to 1",
    displayFactor: 100, source: "X-PLUG/mPLUG, grounding evaluation",
    summary: "as grounding, with truncated true boxes on the padded square in single precision")

  /// The padding depends on them.
  public static let needsImageSizes = true

  /// The metric with the official settings.
  public init() {}

  /// `acc@0.5-mplug`, then `mIoU-mplug`.
  ///
  /// - Throws: `MetricError.noSamples`; `.countsDiffer` without image sizes.
  public func scores(of boxes: GroundedBoxes) throws -> [MetricScore] {
    guard let sizes = boxes.imageSizes else {
      throw MetricError.countsDiffer(what: "image sizes", expected: boxes.truth.count, found: 0)
    }
    let ious = boxes.truth.indices.map { index in
      let square = PaddedSquare(of: sizes[index])
      let predicted = square.prediction(boxes.predicted[index])
      return Double(predicted.mplugIoU(withTruth: square.truth(boxes.truth[index])))
    }
    return try GroundingScores.scores(
      of: ious, metric: Self.card, iou: ["iou": "mplug-float32", "square": "336"])
  }
}
