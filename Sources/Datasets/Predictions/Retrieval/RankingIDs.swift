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

/// What a ranking is for.
enum RankingQuery: Hashable {
  case image(Int)
  case text(Int)
}

/// How the queries of a file are read.
struct RankingQueries {
  private let ids: RankingIDs
  /// What a bare number is; nil where each is only one of both.
  private let numbers: Numbers?

  private enum Numbers {
    case images, texts
  }

  /// Looks at all queries of a file. Bare numbers are images if all of them are ids of images, else
  /// texts if all are numbers of texts.
  init(_ ids: RankingIDs, all queries: [SampleID]) {
    self.ids = ids
    let numbers = queries.filter(Self.isNumber)
    if numbers.allSatisfy({ ids.image($0) != nil }) {
      self.numbers = .images
    } else {
      self.numbers = numbers.allSatisfy { ids.text($0) != nil } ? .texts : nil
    }
  }

  /// What a query means; nil where it is nothing, and where a bare number could be both.
  func query(_ id: SampleID) -> RankingQuery? {
    let image = ids.image(id)
    let text = ids.text(id)
    guard Self.isNumber(id) else {
      return image.map { .image($0) } ?? text.map { .text($0) }
    }
    switch (numbers, image, text) {
    case (.images, let image?, _): return .image(image)
    case (.texts, _, let text?): return .text(text)
    case (nil, let image?, nil): return .image(image)
    case (nil, nil, let text?): return .text(text)
    default: return nil
    }
  }

  private static func isNumber(_ id: SampleID) -> Bool {
    switch id {
    case .int: true
    case .string(let text): Int(text) != nil
    }
  }
}
