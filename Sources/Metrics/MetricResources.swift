/// The data of metrics that need some, as far as they are at hand. They are opened when a metric asks
/// for them: a run without that metric neither waits for them nor fails where they are damaged.
public struct MetricResources: Sendable {
  private let openMETEOR: @Sendable () throws -> METEORResources?

  /// Data by what opens them, which gives nil where they are not at hand; none without any.
  public init(meteor: @escaping @Sendable () throws -> METEORResources? = { nil }) {
    openMETEOR = meteor
  }

  /// METEOR's word lists, synonyms and paraphrases; nil where they are not at hand.
  ///
  /// - Throws: What opening them throws, such as `METEORDataError`.
  public func meteor() throws -> METEORResources? { try openMETEOR() }
}
