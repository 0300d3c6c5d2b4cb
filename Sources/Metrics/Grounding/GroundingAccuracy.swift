/// The share of expressions whose predicted box has an intersection over union of at least one half
/// with the true box, and the mean intersection over union; boxes in pixels, as annotated.
///
/// This is the refer toolkit's convention, in which prediction files in pixels are scored: the true
/// box keeps its fractions and a box includes its last pixel. The numbers that mPLUG publishes are
/// made within its evaluation run, on normalised boxes that never were pixels; that arithmetic is
/// `grounding-mplug`. The two disagree on boxes that overlap by nearly one half, small ones first, and
/// on predictions that leave the image, of which the other counts only what lies in the square.
///
/// Source: `lichengunc/refer`, `computeIoU`.
///
/// Quirks kept: those of `PixelBox.referIoU`.
public struct GroundingAccuracy: GroundingMetric {
  /// What it is.
  public static let card = MetricCard(
    name: "grounding", produces: ["acc@0.5", "mIoU"], title: "Accuracy at IoU 0.5",
    task: "grounding", scale: "0 to 1", displayFactor: 100,
    source: "lichengunc/refer, computeIoU",
    summary: "share of expressions whose box overlaps the true one by half; mean overlap")

  /// Pixels need no more.
  public static let needsImageSizes = false

  /// The metric with the official settings.
  public init() {}

  /// `acc@0.5`, then `mIoU`.
  public func scores(of boxes: GroundedBoxes) throws -> [MetricScore] {
    try GroundingScores.scores(
      of: zip(boxes.predicted, boxes.truth).map { $0.referIoU(with: $1) }, metric: Self.card,
      iou: ["iou": "refer"])
  }
}
