import Datasets
import Metrics
import Records

/// A query of a retrieval by its id in `samples.jsonl`: `image:391895`, `video:video7020`, `text:12`.
enum ViewedQuery: Sendable {
  /// An image or a clip, by its place.
  case image(Int)
  /// A text, by its number.
  case text(Int)
}

extension RunView {
  /// For each line the place of its query: images first, then texts.
  ///
  /// - Throws: `EvaluationError.badRun` where the references do not have it.
  static func queryPlaces(
    of lines: ScoredLines, in references: RetrievalReferences
  ) throws -> [Int] {
    let images = Dictionary(
      references.images.indices.map { (references.query(image: $0), $0) },
      uniquingKeysWith: { first, _ in first })
    return try lines.ids.map { id in
      if let image = images[id] { return image }
      if let text = textNumber(id), text < references.texts.count {
        return references.images.count + text
      }
      throw EvaluationError.badRun(
        path: lines.path, reason: "has the query \(id), which the references do not have",
        remedy: StoredRun.remedy)
    }
  }

  /// 12 of `text:12`.
  static func textNumber(_ id: SampleID) -> Int? {
    guard case .string(let text) = id, text.hasPrefix("text:") else { return nil }
    return Int(text.dropFirst("text:".count)).flatMap { $0 >= 0 ? $0 : nil }
  }

  /// The query at a place, with its references; nil where they are not at hand.
  func query(at place: Int) -> (ViewedQuery, RetrievalReferences)? {
    guard let data, let place = referencePlaces?[place],
      case .retrieval(let references) = data.references.content
    else { return nil }
    let images = references.images.count
    return (place < images ? .image(place) : .text(place - images), references)
  }

  /// The right candidates of a query: numbers of texts, or the place of the image.
  static func rightCandidates(
    of query: ViewedQuery, in references: RetrievalReferences
  ) -> [Int] {
    switch query {
    case .image(let image): references.truth.texts(of: image)
    case .text(let text): [references.imageOfText[text]]
    }
  }

  /// A query as a sample.
  ///
  /// - Parameter ids: Its first candidates, best first.
  /// - Throws: `JSONError`.
  func query(
    at place: Int, _ line: ScoredLines.Line, candidates ids: [SampleID], isRight: Bool?
  ) throws -> ViewedSample {
    guard let (query, references) = query(at: place) else {
      return ViewedSample(
        id: line.id, prediction: ids.first?.description ?? "", ranking: ids.map(\.description),
        scores: line.scores, isRight: isRight)
    }
    let right = Self.rightCandidates(of: query, in: references)
    switch query {
    case .image(let image):
      let texts = ids.compactMap(Self.textNumber)
      let ranking = texts.map { Self.text($0, of: references) }
      let pairs = try predictions?.pairs(of: references.images[image])
      let scored = pairs.map { pairs in
        zip(texts, ranking).map { ($1, pairs.score(of: $0, isText: false)) }
      }
      return ViewedSample(
        id: line.id, references: right.map { Self.text($0, of: references) },
        prediction: ranking.first ?? "", candidates: scored ?? [], ranking: ranking,
        scores: line.scores, isRight: isRight, media: media(of: [image]),
        remarks: try predictions?.line(of: references.images[image]).remarks ?? [])
    case .text(let text):
      var scored: [(text: String, score: Double)] = []
      for id in ids {
        guard let pairs = try predictions?.pairs(of: id) else { break }
        scored.append((id.description, pairs.score(of: text, isText: true)))
      }
      return ViewedSample(
        id: line.id, input: references.texts[text],
        references: right.map { references.images[$0].description },
        prediction: ids.first?.description ?? "", candidates: scored,
        ranking: ids.map(\.description), scores: line.scores, isRight: isRight,
        media: media(of: right))
    }
  }

  private func media(of images: [Int]) -> [ViewedMedium] {
    guard let data, data.inputs != nil else { return [] }
    return images.map { ViewedMedium(data.media[$0]) }
  }

  private static func text(_ number: Int, of references: RetrievalReferences) -> String {
    references.texts.indices.contains(number) ? references.texts[number] : "text:\(number)"
  }
}
