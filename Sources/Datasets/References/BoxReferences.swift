import Metrics
import Records

/// Expressions with the box of what each means.
public struct BoxReferences: Sendable {
  /// The expressions in the order of the file: their `sent_id`.
  public let ids: [SampleID]
  /// The object (`ref_id`) of each expression; nil where the file has none.
  public let refIDs: [Int]?
  /// The image of each expression, for clustering.
  public let images: [SampleID]
  /// The true box of each expression, as annotated.
  public let boxes: [PixelBox]
  /// Width and height of each expression's image in pixels; nil where the files do not say.
  public let imageSizes: [PixelSize]?

  /// Puts references together; all lists have one entry an expression.
  package init(
    ids: [SampleID], refIDs: [Int]?, images: [SampleID], boxes: [PixelBox],
    imageSizes: [PixelSize]?
  ) {
    self.ids = ids
    self.refIDs = refIDs
    self.images = images
    self.boxes = boxes
    self.imageSizes = imageSizes
  }
}
