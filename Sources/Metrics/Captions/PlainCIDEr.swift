/// CIDEr as first published: cosines of TF-IDF n-gram vectors.
///
/// As `CIDEr`, but v_n = Σ w_h · w_r / (norms), without the minimum and without the length factor;
/// also times 10.
///
/// Source: Vedantam et al., "CIDEr" (CVPR 2015); `vrama91/cider`, `pyciderevalcap/cider`.
///
/// Quirks kept: those of `CIDEr` that remain; a repeated n-gram is rewarded.
public struct PlainCIDEr: FrequencyWeightedMetric {
  /// What it is.
  public static let card = MetricCard(
    name: "CIDEr-plain", produces: ["CIDEr-plain"], title: "CIDEr (plain)", task: "caption",
    scale: "0 to 10", displayFactor: 100, source: "vrama91/cider",
    summary: "consensus with the references by TF-IDF n-grams")

  /// A mean; where the frequencies are those of the scored images, within one set of images.
  public static func corpusRule(of score: String, signature: Signature) -> CorpusRule {
    signature["df"] == "corpus" ? .withinSet(.mean()) : .mean()
  }

  /// The frequencies to weigh with; those of the corpus itself if nil.
  public let frequencies: DocumentFrequencies?

  /// The metric with the official settings: frequencies of the corpus.
  public init() { frequencies = nil }

  /// The metric with frequencies from a table. Weights may then be negative.
  public init(frequencies: DocumentFrequencies) { self.frequencies = frequencies }

  /// The one score.
  public func scores(of corpus: CaptionCorpus) throws -> [MetricScore] {
    let signature = corpus.signature(of: "CIDEr").adding("n", "4")
    return [
      try CIDErScorer(clipped: false, frequencies: frequencies)
        .score(of: corpus, name: "CIDEr-plain", signature: signature)
    ]
  }
}
