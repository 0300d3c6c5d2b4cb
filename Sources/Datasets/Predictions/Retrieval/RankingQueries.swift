import Records

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
