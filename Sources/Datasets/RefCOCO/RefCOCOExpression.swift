import Metrics
import Records

/// An expression with what it means.
package struct RefCOCOExpression: Sendable, Hashable {
  /// Its `sent_id`, or its number in a list that has none.
  package let id: SampleID
  /// The object; nil in a list that has none.
  package let refID: Int?
  /// The split that the file puts it in; nil in a list.
  package let split: String?
  /// The image's id.
  package let image: SampleID
  /// The image's file name, such as `COCO_train2014_000000581857.jpg`.
  package let imageName: String
  /// Nil where the file does not say.
  package let imageSize: PixelSize?
  /// What stands for the object, as models get it: lower-cased and cleaned.
  package let phrase: String
  /// The object's box as annotated.
  package let box: PixelBox
}

extension BoxReferences {
  /// The references that expressions make.
  init(_ expressions: [RefCOCOExpression]) {
    let refIDs = expressions.compactMap(\.refID)
    let sizes = expressions.compactMap(\.imageSize)
    self.init(
      ids: expressions.map(\.id), refIDs: refIDs.count == expressions.count ? refIDs : nil,
      images: expressions.map(\.image), boxes: expressions.map(\.box),
      imageSizes: sizes.count == expressions.count ? sizes : nil)
  }
}
