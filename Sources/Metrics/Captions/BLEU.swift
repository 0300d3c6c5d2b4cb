import Foundation

/// BLEU-1 to BLEU-4 of a corpus of captions, in one pass.
///
/// With t words in the hypothesis, r the nearest reference length (the shorter of two equally near)
/// and, for n = 1…4, guess = max(0, t - n + 1) and correct = the hypothesis n-grams, each clipped at
/// its greatest count in any one reference:
///
///     BLEU_n = (Π over k ≤ n of (Σ correct_k + 1e-15) / (Σ guess_k + 1e-9))^(1/n)
///              · exp(1 - 1/ratio) if ratio = (Σ t + 1e-15) / (Σ r + 1e-9) is below 1
///
/// The corpus value takes the sums over all images, an image's value its own numbers.
///
/// Source: Papineni et al., "BLEU" (ACL 2002); `pycocoevalcap/bleu/bleu_scorer.py`, option
/// "closest".
///
/// Quirks kept: the small number stands in the denominators only, so that the ratio is below 1 even
/// for equal lengths and a perfect score is 0.99999…; a hypothesis of fewer than n words has the
/// factor 1e-6 there, not 0.
public struct BLEU: CaptionMetric {
  /// What it is.
  public static let card = MetricCard(
    name: "Bleu", produces: ["Bleu_1", "Bleu_2", "Bleu_3", "Bleu_4"], title: "BLEU-1 to BLEU-4",
    task: "caption", scale: "0 to 1", displayFactor: 100,
    source: "pycocoevalcap 1.2, bleu_scorer.py",
    summary: "n-gram precision against the references with a penalty for brevity")

  private static let orders = NGramProfiles.longest
  /// Four correct, four guessed, hypothesis words, reference words.
  private static let width = 2 * orders + 2

  /// The rows that `scores(of:)` adds up give each order its value.
  public static func corpusRule(of score: String, signature: Signature) -> CorpusRule {
    guard let order = card.produces.firstIndex(of: score) else { return .valuesOnly }
    return .sums(of: card.name, width: width, value: value(of: order))
  }

  /// The metric with the official settings.
  public init() {}

  /// The four scores, BLEU-1 first.
  public func scores(of corpus: CaptionCorpus) throws -> [MetricScore] {
    let rows = Self.rows(of: corpus)
    var samples = [[Double]](repeating: [], count: Self.orders)
    var totals = [Double](repeating: 0, count: Self.width)
    rows.withUnsafeBufferPointer { rows in
      for start in stride(from: 0, to: rows.count, by: Self.width) {
        let row = UnsafeBufferPointer(rebasing: rows[start..<start + Self.width])
        for (index, value) in row.enumerated() { totals[index] += value }
        let values = Self.values(row)
        for order in 0..<Self.orders { samples[order].append(values[order]) }
      }
    }
    let corpusValues = totals.withUnsafeBufferPointer { Self.values($0) }
    return (0..<Self.orders).map { order in
      MetricScore(
        name: "Bleu_\(order + 1)", value: corpusValues[order], samples: samples[order],
        statistics: SampleStatistics(width: Self.width, rows: rows, value: Self.value(of: order)),
        count: corpus.count,
        signature: corpus.signature(of: "Bleu_\(order + 1)")
          .adding("n", "\(order + 1)").adding("reflen", "closest").adding("smooth", "coco"))
    }
  }

  /// The sufficient statistics of all images. All are whole numbers, so their sums are exact.
  private static func rows(of corpus: CaptionCorpus) -> [Double] {
    let ngrams = corpus.ngrams
    var rows: [Double] = []
    rows.reserveCapacity(width * corpus.count)
    var index = LocalIndex()
    var greatest: [UInt32] = []
    for image in 0..<corpus.count {
      let hypothesis = corpus.captionStarts[image]
      let references = (hypothesis + 1)..<corpus.captionStarts[image + 1]
      let own = ngrams.range(of: hypothesis)
      index.clear(for: own.count)
      for place in own { index.insert(ngrams.ids[place], at: place - own.lowerBound) }
      greatest.removeAll(keepingCapacity: true)
      greatest.append(contentsOf: repeatElement(0, count: own.count))
      let words = corpus.wordCount(of: hypothesis)
      var nearest = (distance: Int.max, length: Int.max)
      for reference in references {
        let length = corpus.wordCount(of: reference)
        if (abs(length - words), length) < nearest { nearest = (abs(length - words), length) }
        for other in ngrams.range(of: reference) {
          let place = index.place(of: ngrams.ids[other])
          if place >= 0 { greatest[place] = max(greatest[place], ngrams.counts[other]) }
        }
      }
      for order in 1...orders {
        var correct = 0
        for place in ngrams.range(of: hypothesis, length: order) {
          correct += Int(min(ngrams.counts[place], greatest[place - own.lowerBound]))
        }
        rows.append(Double(correct))
      }
      for order in 1...orders { rows.append(Double(max(0, words - order + 1))) }
      rows.append(Double(words))
      rows.append(Double(nearest.length))
    }
    return rows
  }

  /// The value of one order, counted from 0.
  private static func value(
    of order: Int
  ) -> @Sendable (_ sums: UnsafeBufferPointer<Double>) -> Double {
    { values($0)[order] }
  }

  /// BLEU-1 to BLEU-4 from a row or a sum of rows.
  private static func values(_ sums: UnsafeBufferPointer<Double>) -> SIMD4<Double> {
    let tiny = 1e-15
    let small = 1e-9
    var values = SIMD4<Double>()
    var product = 1.0
    for order in 0..<orders {
      product *= (sums[order] + tiny) / (sums[orders + order] + small)
      values[order] = pow(product, 1 / Double(order + 1))
    }
    let ratio = (sums[2 * orders] + tiny) / (sums[2 * orders + 1] + small)
    if ratio < 1 {
      let penalty = exp(1 - 1 / ratio)
      for order in 0..<orders { values[order] *= penalty }
    }
    return values
  }
}
