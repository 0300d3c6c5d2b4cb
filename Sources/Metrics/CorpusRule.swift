/// How the corpus value of a score follows from what run folders keep of each sample. With it runs
/// are compared without scoring them again.
public indirect enum CorpusRule: Sendable {
  /// The mean of the samples' scores, times 1 or 100: which of the two, the run's value tells.
  ///
  /// - Parameter decimals: The decimal places to which the kept scores are rounded; nil if they are
  ///   kept as they are.
  case mean(decimals: Int? = nil)
  /// A function of sums over samples: of the rows that are kept under a name in `statistics`.
  case sums(
    of: String, width: Int, value: @Sendable (_ sums: UnsafeBufferPointer<Double>) -> Double)
  /// A rule that holds for the whole set alone, since what is kept of a sample depends on the others,
  /// as CIDEr does on document frequencies: such runs compare on equal sets only.
  case withinSet(CorpusRule)
  /// Nothing that is kept of single samples gives the value, as for a median: the values of two
  /// runs can be subtracted, no more.
  case valuesOnly
}

extension Metric {
  /// The rule of most metrics: a plain mean.
  public static func corpusRule(of score: String, signature: Signature) -> CorpusRule { .mean() }
}
