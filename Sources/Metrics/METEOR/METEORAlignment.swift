/// How METEOR aligned an image's hypothesis with the reference that suits it best.
public struct METEORAlignment: Sendable {
  /// The words of the hypothesis after METEOR's normaliser.
  public let hypothesis: [String]
  /// The words of the reference.
  public let reference: [String]
  /// The matches by their places in the reference.
  public let matches: [METEORMatch]
  /// The counts of the original's statistics line.
  public let statistics: [Double]
  /// The segment's score.
  public let score: Double
}
