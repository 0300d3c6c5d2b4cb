/// CIDEr-D, which the field and `pycocoevalcap` call CIDEr.
///
/// N images, df(g) images with n-gram g in a reference, L = ln N; the weight of g in caption c is
/// w_c(g) = count_c(g) · (L - ln max(1, df(g))), norm_n(c) = sqrt(Σ w²) over its n-grams of n words,
/// len(c) its number of bigrams. For hypothesis h and reference r:
///
///     v_n = Σ over g in h of min(w_h(g), w_r(g)) · w_r(g) / (norm_n(h) · norm_n(r))
///           · e^(-(len(h) - len(r))² / (2 · 6²))
///     score = 10 · mean over n = 1…4 of (Σ over references of v_n) / references
///
/// The corpus value is numpy's mean of the images' scores. Resampling holds the document
/// frequencies fixed: the scores of the whole set are drawn, they are not counted anew.
///
/// Source: Vedantam et al., "CIDEr" (CVPR 2015); `pycocoevalcap/cider/cider_scorer.py`; with a
/// table of document frequencies, `vrama91/cider`, `pyciderevalcap/ciderD`.
///
/// Quirks kept: a corpus of one image scores exactly 0 (L = 0), which the score notes; lengths are
/// counted in bigrams; no stemming.
public struct CIDEr: FrequencyWeightedMetric {
  /// What it is.
  public static let card = MetricCard(
    name: "CIDEr", produces: ["CIDEr"], title: "CIDEr-D", task: "caption", scale: "0 to 10",
    displayFactor: 100, source: "pycocoevalcap 1.2, cider_scorer.py",
    summary: "consensus with the references by TF-IDF n-grams, clipped and length-aware")

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

  /// What the caption of one image gets against each of its references, on the score's own scale.
  ///
  /// - Throws: `MetricError.noReferenceWord`.
  package func referenceScores(of corpus: CaptionCorpus, image: Int) throws -> [Double] {
    try CIDErScorer(clipped: true, frequencies: frequencies)
      .referenceScores(of: corpus, image: image, name: Self.card.name)
  }

  /// The one score.
  public func scores(of corpus: CaptionCorpus) throws -> [MetricScore] {
    let signature = corpus.signature(of: "CIDEr-D").adding("n", "4").adding("sigma", "6")
    return [
      try CIDErScorer(clipped: true, frequencies: frequencies)
        .score(of: corpus, name: "CIDEr", signature: signature)
    ]
  }
}
