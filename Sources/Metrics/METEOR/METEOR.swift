import Foundation

/// METEOR 1.5 of a corpus of captions: English, normalised, with the weights of the ranking task.
///
/// Of each image's references the one with the highest score counts. The corpus value is the formula
/// (`METEORScore`) on the sums of the counts, not the mean of the images' scores.
///
/// Source: Denkowski and Lavie, "Meteor Universal" (2014); METEOR 1.5 as `pycocoevalcap` 1.2 runs
/// it: `-l en -norm -stdio`. Statistics equal the original's on all golden pairs and sets.
///
/// Quirks kept: `|||` in a reference divides it into two, in a hypothesis it is deleted; the chunk
/// of a perfectly matched segment does not count in the corpus; those of `METEORNormalizer`,
/// `METEORMatcher`, `METEORSearch` and `EnglishStemmer`.
public struct METEOR: ResourceMetric {
  /// What it is.
  public static let card = MetricCard(
    name: "METEOR", produces: ["METEOR"], title: "METEOR", task: "caption", scale: "0 to 1",
    displayFactor: 100, source: "pycocoevalcap 1.2, METEOR 1.5",
    summary: "aligned words, stems, synonyms and paraphrases of the best reference")

  /// What a report says where METEOR has no number because its data are not there.
  public static let notAvailable =
    "not available: METEOR needs its data files; \(command) (or make setup-meteor)"

  /// The command that adds the data.
  public static let command = "mplug-eval resources add meteor --from DIR|WHEEL|JAR"

  /// The digest of the data that `pycocoevalcap` 1.2 carries.
  public static let officialDigest =
    "d7edbb7785705c612b1c078c02c2f4ba4d5a7e9c2da170e7e37b8701fcb7b540"

  private let resources: METEORResources
  private let threads: Int

  /// The metric with its data.
  ///
  /// - Parameter threads: how many work at once; nil for as many as there are processors. The
  ///   numbers do not depend on it.
  public init(resources: METEORResources, threads: Int? = nil) {
    self.resources = resources
    self.threads = max(1, threads ?? ProcessInfo.processInfo.activeProcessorCount)
  }

  /// The metric with its data; nil where they are not at hand.
  ///
  /// - Throws: `METEORDataError` where they are damaged.
  public init?(_ resources: MetricResources) throws {
    guard let meteor = try resources.meteor() else { return nil }
    self.init(resources: meteor)
  }

  /// The formula on the sums of the images' counts.
  public static func corpusRule(of score: String, signature: Signature) -> CorpusRule {
    .sums(of: card.name, width: METEORStatistics.width) { METEORScore.value($0) }
  }

  /// The one score.
  ///
  /// - Throws: `METEORDataError.damaged` where a part of the data is damaged that is needed.
  public func scores(of corpus: CaptionCorpus) throws -> [MetricScore] {
    let gathered = try METEORCorpus(corpus, resources, threads: threads)
    let parts = Chunks.map(count: gathered.imageCount, threads: threads) { images in
      var aligner = METEORAligner(gathered)
      var rows: [Double] = []
      rows.reserveCapacity(METEORStatistics.width * images.count)
      var scores: [Double] = []
      for image in images {
        let best = aligner.best(of: image)
        best.statistics.appendRow(to: &rows)
        scores.append(best.score)
      }
      return (rows: rows, scores: scores)
    }
    // All counts are whole numbers, so their sums are exact in any order.
    let statistics = SampleStatistics(
      width: METEORStatistics.width, rows: parts.flatMap(\.rows)
    ) { METEORScore.value($0) }
    return [
      MetricScore(
        name: "METEOR", value: statistics.whole, samples: parts.flatMap(\.scores),
        statistics: statistics, count: corpus.count, signature: signature(for: corpus),
        notes: resources.digest == Self.officialDigest
          ? []
          : ["its data are not those of pycocoevalcap 1.2; official numbers may differ"])
    ]
  }

  /// How each image's hypothesis is aligned with its best reference, for a person to look at.
  ///
  /// - Throws: as `scores(of:)`.
  public func alignments(of corpus: CaptionCorpus) throws -> [METEORAlignment] {
    let gathered = try METEORCorpus(corpus, resources, threads: threads)
    var aligner = METEORAligner(gathered)
    return (0..<gathered.imageCount).map { image in
      let best = aligner.best(of: image, keepingMatches: true)
      var counts: [Double] = []
      best.statistics.append(to: &counts)
      return METEORAlignment(
        hypothesis: gathered.text(of: gathered.imageStarts[image]),
        reference: gathered.text(of: best.reference), matches: best.matches,
        statistics: counts, score: best.score)
    }
  }

  private func signature(for corpus: CaptionCorpus) -> Signature {
    corpus.signature(of: "METEOR")
      .adding("meteor", "1.5").adding("lang", "en").adding("norm", "yes")
      .adding("alpha", "0.85").adding("beta", "0.2").adding("gamma", "0.6")
      .adding("delta", "0.75").adding("weights", "1,0.6,0.8,0.6")
      .adding("data", String(resources.digest.prefix(8)))
  }
}
