import Records

/// Images or clips and the texts that describe them. The order of the file defines the indices of
/// a score matrix.
public struct RetrievalReferences: Sendable {
  /// What stands on the visual side.
  public enum Side: String, Sendable {
    /// Images with several texts each.
    case image
    /// Clips with one text each.
    case video
  }

  /// Whether these are images or clips.
  public let side: Side
  /// The images or clips.
  public let images: [SampleID]
  /// The texts, in the order of their images and, within one, of the file.
  public let texts: [String]
  /// For each text the index of its image.
  public let imageOfText: [Int]

  /// Puts references together.
  package init(side: Side, images: [SampleID], texts: [String], imageOfText: [Int]) {
    self.side = side
    self.images = images
    self.texts = texts
    self.imageOfText = imageOfText
  }

  /// For each image the indices of its texts.
  public var textsOfImage: [[Int]] {
    var lists = [[Int]](repeating: [], count: images.count)
    for (text, image) in imageOfText.enumerated() { lists[image].append(text) }
    return lists
  }
}
