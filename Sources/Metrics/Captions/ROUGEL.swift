/// ROUGE-L of a corpus of captions.
///
/// For each reference, with l the length of the longest common subsequence: P = l / hypothesis
/// words, R = l / reference words. With the greatest P and the greatest R over the references and
/// β = 1.2:
///
///     score = (1 + β²) · P · R / (R + β² · P), 0 if either is 0
///
/// The corpus value is numpy's mean of the images' scores.
///
/// Source: Lin, "ROUGE" (2004); `pycocoevalcap/rouge/rouge.py`.
///
/// Quirks kept: the greatest P and R are taken separately and may come from different references;
/// words are the pieces of `split(" ")`, so an empty hypothesis is one empty word and scores 1
/// against an empty reference.
public struct ROUGEL: CaptionMetric {
  /// What it is.
  public static let card = MetricCard(
    name: "ROUGE_L", produces: ["ROUGE_L"], title: "ROUGE-L", task: "caption", scale: "0 to 1",
    displayFactor: 100, source: "pycocoevalcap 1.2, rouge.py",
    summary: "longest common subsequence with the references")

  /// The metric with the official settings.
  public init() {}

  /// The one score.
  public func scores(of corpus: CaptionCorpus) throws -> [MetricScore] {
    var subsequence = LongestCommonSubsequence()
    var samples: [Double] = []
    samples.reserveCapacity(corpus.count)
    for image in 0..<corpus.count {
      let hypothesis = corpus.captionStarts[image]
      var precision = 0.0
      var recall = 0.0
      let words = corpus.withPieces(of: hypothesis) { pieces in
        subsequence.setFirst(pieces)
        return pieces.count
      }
      for reference in (hypothesis + 1)..<corpus.captionStarts[image + 1] {
        corpus.withPieces(of: reference) { pieces in
          let length = Double(subsequence.length(with: pieces))
          precision = max(precision, length / Double(words))
          recall = max(recall, length / Double(pieces.count))
        }
      }
      samples.append(Self.score(precision, recall))
    }
    return [
      MetricScore(
        name: "ROUGE_L", value: NumpyMean.mean(samples), samples: samples,
        statistics: .mean(of: samples), count: corpus.count,
        signature: corpus.signature(of: "ROUGE-L").adding("beta", "1.2"))
    ]
  }

  private static func score(_ precision: Double, _ recall: Double) -> Double {
    guard precision != 0, recall != 0 else { return 0 }
    let square = 1.2 * 1.2
    return ((1 + square) * precision * recall) / (recall + square * precision)
  }
}
