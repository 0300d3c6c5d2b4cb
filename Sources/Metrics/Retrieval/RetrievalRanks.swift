/// What stands on the visual side of a retrieval set.
public enum RetrievalSide: String, Sendable {
  /// Images, usually with several texts each.
  case image
  /// Clips, usually with one text each.
  case video

  /// The names of a matrix by which this side ranks texts, and of one by which texts rank it.
  package var matrixNames: (toText: String, fromText: String) {
    self == .image ? ("i2t", "t2i") : ("v2t", "t2v")
  }
}

/// The ranks of a retrieval set in one direction or both.
///
/// Candidates are in descending order of their scores; **of equal scores the higher index comes
/// first**, as a stable ascending sort gives them when it is read from its end. The reference
/// project sorts with numpy's default `argsort`, whose order of equal scores depends on numpy's
/// version and on the processor: this is its order for up to 16 candidates without vector code.
public struct RetrievalRanks: Sendable {
  /// Where ranks come from.
  public enum Origin: Sendable, Hashable {
    /// A matrix for each direction.
    case bothMatrices
    /// The image-to-text matrix, also read by columns.
    case imageToText
    /// The text-to-image matrix, also read by columns.
    case textToImage
    /// Lists of candidates, best first.
    case rankings
  }

  /// Whether these are images or clips.
  public let side: RetrievalSide
  /// Where they come from.
  public let origin: Origin
  /// The images that look for their texts (text retrieval); nil where nobody asked.
  public let ofImages: QueryRanks?
  /// The texts that look for their image (image or video retrieval); nil where nobody asked.
  public let ofTexts: QueryRanks?

  /// Ranks that were found elsewhere.
  package init(
    side: RetrievalSide, origin: Origin, ofImages: QueryRanks?, ofTexts: QueryRanks?
  ) {
    self.side = side
    self.origin = origin
    self.ofImages = ofImages
    self.ofTexts = ofTexts
  }

  /// Counts the ranks of all queries. One matrix alone serves both directions.
  ///
  /// - Parameters:
  ///   - imageToText: The scores by which images rank texts.
  ///   - textToImage: The scores by which texts rank images.
  ///   - best: How many of each query's best candidates are kept.
  /// - Throws: `MetricError.noSamples` without a matrix, `.countsDiffer` where a matrix is of
  ///   another size, `.notANumber` for a score that is none.
  public init(
    side: RetrievalSide, truth: RetrievalTruth, imageToText: ScoreMatrix? = nil,
    textToImage: ScoreMatrix? = nil, best: Int = 0
  ) throws {
    try self.init(
      side: side, truth: truth, imageToText: imageToText, textToImage: textToImage, best: best,
      kernel: .fastest)
  }

  /// As the public one, with a kernel that a test forces.
  package init(
    side: RetrievalSide, truth: RetrievalTruth, imageToText: ScoreMatrix? = nil,
    textToImage: ScoreMatrix? = nil, best: Int = 0, kernel: RankKernel
  ) throws {
    func ranks(
      _ matrix: ScoreMatrix, _ name: String, images: Bool, texts: Bool
    ) throws -> (ofImages: QueryRanks?, ofTexts: QueryRanks?) {
      try Self.check(matrix, name, truth)
      let ofImages = images ? truth.ofImages : nil
      let ofTexts = texts ? truth.ofTexts : nil
      let isByImages = matrix.layout == .imagesByTexts
      let pass = RankPass(
        matrix: matrix, rows: isByImages ? ofImages : ofTexts,
        columns: isByImages ? ofTexts : ofImages, best: best, kernel: kernel)
      do {
        let (rows, columns) = try pass.run()
        return isByImages ? (rows, columns) : (columns, rows)
      } catch let place as RankPass.NotANumber {
        let (image, text) =
          isByImages ? (place.row, place.column) : (place.column, place.row)
        throw MetricError.notANumber(matrix: name, image: image, text: text)
      }
    }
    let names = side.matrixNames
    switch (imageToText, textToImage) {
    case (let imageToText?, let textToImage?):
      let first = try ranks(imageToText, names.toText, images: true, texts: false)
      let second = try ranks(textToImage, names.fromText, images: false, texts: true)
      self.init(
        side: side, origin: .bothMatrices, ofImages: first.ofImages, ofTexts: second.ofTexts)
    case (let matrix?, nil):
      let both = try ranks(matrix, names.toText, images: true, texts: true)
      self.init(
        side: side, origin: .imageToText, ofImages: both.ofImages, ofTexts: both.ofTexts)
    case (nil, let matrix?):
      let both = try ranks(matrix, names.fromText, images: true, texts: true)
      self.init(
        side: side, origin: .textToImage, ofImages: both.ofImages, ofTexts: both.ofTexts)
    case (nil, nil): throw MetricError.noSamples(metric: "retrieval")
    }
  }

  private static func check(
    _ matrix: ScoreMatrix, _ name: String, _ truth: RetrievalTruth
  ) throws {
    guard matrix.images == truth.images else {
      throw MetricError.countsDiffer(
        what: "images of \(name)", expected: truth.images, found: matrix.images)
    }
    guard matrix.texts == truth.imageOfText.count else {
      throw MetricError.countsDiffer(
        what: "texts of \(name)", expected: truth.imageOfText.count, found: matrix.texts)
    }
  }

  /// How many queries there are, images first.
  public var count: Int { (ofImages?.queries.count ?? 0) + (ofTexts?.queries.count ?? 0) }

  /// The beginning of a signature: direction, origin, order of equal scores.
  func signature(_ metric: String) -> Signature {
    let names = side.matrixNames
    let direction =
      ofTexts == nil ? names.toText : ofImages == nil ? names.fromText : "both"
    var signature = Signature(metric, ["dir": direction])
    switch origin {
    case .bothMatrices: signature = signature.adding("from", "\(names.toText)+\(names.fromText)")
    case .imageToText: signature = signature.adding("from", names.toText)
    case .textToImage: signature = signature.adding("from", names.fromText)
    case .rankings: return signature.adding("from", "rankings")
    }
    return signature.adding("ties", "higher-index-first")
  }
}
