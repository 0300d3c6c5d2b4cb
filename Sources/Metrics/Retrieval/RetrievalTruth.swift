/// Which texts describe which image or clip.
public struct RetrievalTruth: Sendable {
  /// For each text the index of its image.
  public let imageOfText: [Int]
  /// How many images there are.
  public let images: Int

  let ofImages: QueryTruth
  let ofTexts: QueryTruth

  /// Checks and indexes the pairs.
  ///
  /// - Throws: `MetricError.noSamples`; `.outOfRange` for a text of an image that is not there;
  ///   `.noReference` for an image without text.
  public init(imageOfText: [Int], images: Int) throws {
    guard images > 0 else { throw MetricError.noSamples(metric: "retrieval") }
    precondition(imageOfText.count <= Int32.max, "indices of 32 bits")
    var starts = [Int32](repeating: 0, count: images + 1)
    for (text, image) in imageOfText.enumerated() {
      guard (0..<images).contains(image) else {
        throw MetricError.outOfRange(what: "image", sample: text, found: image, count: images)
      }
      starts[image + 1] += 1
    }
    if let bare = starts.dropFirst().firstIndex(of: 0) {
      throw MetricError.noReference(image: bare - 1)
    }
    for image in 0..<images { starts[image + 1] += starts[image] }
    var next = starts
    var places = [Int32](repeating: 0, count: imageOfText.count)
    for (text, image) in imageOfText.enumerated() {
      places[Int(next[image])] = Int32(text)
      next[image] += 1
    }
    self.imageOfText = imageOfText
    self.images = images
    ofImages = QueryTruth(starts: starts, places: places)
    ofTexts = QueryTruth(
      starts: (0...imageOfText.count).map { Int32($0) }, places: imageOfText.map { Int32($0) })
  }

  /// The texts that describe an image.
  public func texts(of image: Int) -> [Int] {
    ofImages.places[Int(ofImages.starts[image])..<Int(ofImages.starts[image + 1])].map { Int($0) }
  }
}

/// The right candidates of each query.
struct QueryTruth: Sendable {
  /// Where the candidates of each query begin in `places`, and after the last where they end.
  let starts: [Int32]
  /// The right candidates, query by query.
  let places: [Int32]

  var count: Int { starts.count - 1 }

  /// The right candidate of a query that comes first, and how many right ones have its score.
  func first(of query: Int, _ score: (Int) -> Float) -> (score: Float, place: Int, equal: UInt32) {
    var best = (score: -Float.infinity, place: 0, equal: UInt32(0))
    for index in Int(starts[query])..<Int(starts[query + 1]) {
      let place = Int(places[index])
      let own = score(place)
      if own > best.score || best.equal == 0 {
        best = (own, place, 1)
      } else if own == best.score {
        best.equal += 1
        best.place = max(best.place, place)
      }
    }
    return best
  }
}
