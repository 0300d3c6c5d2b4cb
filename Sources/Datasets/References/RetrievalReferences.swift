import Metrics
import Records

/// Images or clips and the texts that describe them. The order of the file defines the indices of
/// a score matrix.
public struct RetrievalReferences: Sendable {
  /// Whether these are images or clips.
  public let side: RetrievalSide
  /// The images or clips.
  public let images: [SampleID]
  /// Where the data set's own layout has each image or clip, such as
  /// `val2014/COCO_val2014_000000391895.jpg`.
  public let files: [String]
  /// The texts, in the order of their images and, within one, of the file.
  public let texts: [String]
  /// The data set's own names of the texts, such as `ret0`; nil where they have none.
  public let textNames: [String]?
  /// Which texts describe which image.
  public let truth: RetrievalTruth

  /// Puts references together.
  ///
  /// - Throws: `MetricError` for an image without text or a text without image.
  package init(
    side: RetrievalSide, images: [SampleID], files: [String], texts: [String],
    textNames: [String]? = nil, imageOfText: [Int]
  ) throws {
    precondition(files.count == images.count && imageOfText.count == texts.count)
    self.side = side
    self.images = images
    self.files = files
    self.texts = texts
    self.textNames = textNames
    truth = try RetrievalTruth(imageOfText: imageOfText, images: images.count)
  }

  /// Puts together images and the texts of each.
  ///
  /// - Throws: `MetricError` for an image without text.
  init(
    side: RetrievalSide, images: [SampleID], files: [String], textsOfImages: [[String]],
    textNames: [String]? = nil
  ) throws {
    try self.init(
      side: side, images: images, files: files, texts: textsOfImages.flatMap { $0 },
      textNames: textNames,
      imageOfText: textsOfImages.indices.flatMap {
        Array(repeating: $0, count: textsOfImages[$0].count)
      })
  }

  /// For each text the index of its image.
  public var imageOfText: [Int] { truth.imageOfText }

  /// For each image the indices of its texts.
  public var textsOfImage: [[Int]] {
    var lists = [[Int]](repeating: [], count: images.count)
    for (text, image) in imageOfText.enumerated() { lists[image].append(text) }
    return lists
  }

  /// The id of an image or a clip as a query, such as `image:391895`.
  public func query(image: Int) -> SampleID { .string("\(side.rawValue):\(images[image])") }

  /// The id of a text as a query or a candidate, such as `text:12`: its number from 0.
  public func query(text: Int) -> SampleID { .string("text:\(text)") }
}
