/// The data of metrics that need some, as far as they are at hand.
public struct MetricResources: Sendable {
  /// METEOR's word lists, synonyms and paraphrases.
  public var meteor: METEORResources?

  /// Data that were opened; none without any.
  public init(meteor: METEORResources? = nil) { self.meteor = meteor }
}
