import Metrics
import Records

/// The names by which rankings may call images and texts, and what they mean.
///
/// An image is called by its id (`391895`), by `image:391895` (`video:video9770`), or by its file
/// name with or without folders or ending. A text is called by its number from 0 in the order of the
/// references, by `text:12`, by its data set's name (`ret0`), or by an image's file name and its
/// number there (`1007129816.jpg#0`).
struct RankingIDs {
  private let images: [SampleID: Int]
  private let texts: [SampleID: Int]
  private let textCount: Int
  /// Where the texts of each image are.
  private let textsOfImage: [[Int]]

  init(_ references: RetrievalReferences) {
    var images: [SampleID: Int] = [:]
    for index in references.images.indices {
      let path = references.files[index]
      let name = path.split(separator: "/").last.map(String.init) ?? ""
      let stem = name.split(separator: ".").first.map(String.init) ?? ""
      // Ids go before file names, should one image be called as another's file.
      for text in [path, name, stem] where !text.isEmpty && images[.string(text)] == nil {
        images[.string(text)] = index
      }
    }
    for (index, id) in references.images.enumerated() {
      images[references.query(image: index)] = index
      images[.string(id.description)] = index
      // A number in quotes and one without mean the same image.
      images[id] = index
      if let number = Int(id.description), "\(number)" == id.description {
        images[.int(number)] = index
      }
    }
    self.images = images
    var texts: [SampleID: Int] = [:]
    for (index, name) in (references.textNames ?? []).enumerated() { texts[.string(name)] = index }
    self.texts = texts
    textCount = references.texts.count
    textsOfImage = references.textsOfImage
  }

  /// The image of a name.
  func image(_ id: SampleID) -> Int? { images[id] }

  /// The text of a name.
  func text(_ id: SampleID) -> Int? {
    switch id {
    case .int(let number): return (0..<textCount).contains(number) ? number : nil
    case .string(let name):
      if let known = texts[id] { return known }
      let number = name.hasPrefix("text:") ? String(name.dropFirst(5)) : name
      if let number = Int(number) { return text(.int(number)) }
      guard let sharp = name.lastIndex(of: "#"),
        let image = images[.string(String(name[..<sharp]))],
        let place = Int(name[name.index(after: sharp)...]),
        textsOfImage[image].indices.contains(place)
      else { return nil }
      return textsOfImage[image][place]
    }
  }
}
