import Datasets
import Evaluation
import Records

/// `report.html`: one run on one page, with its numbers, where they come from, and its samples.
///
/// The page is one file that fetches nothing. The same run gives the same bytes.
package struct RunPage: Sendable {
  /// What the page carries at most.
  package struct Limits: Sendable {
    /// Samples; of more, so many that lie evenly in the set are taken.
    package var samples: Int
    /// Bytes of small pictures, as they stand in the page.
    package var pictureBytes: Int

    /// Limits.
    package init(samples: Int = 2_000, pictureBytes: Int = 20 << 20) {
      self.samples = max(0, samples)
      self.pictureBytes = max(0, pictureBytes)
    }
  }

  /// The run.
  let record: RunRecord
  /// Its benchmark's card; nil for a benchmark that this version does not know.
  let card: BenchmarkCard?
  /// The samples that the page shows, in the order of the references.
  let samples: [ViewedSample]
  /// How many samples the run has.
  let sampleCount: Int
  /// What all samples got, by the score's name, in the order of the metrics.
  let scores: [(name: String, values: [Double])]
  /// What must be said of the samples, a line each.
  let sampleNotes: [String]
  /// Makes small pictures of their media; nil for a page without pictures.
  let thumbnails: SmallPictures?
  let limits: Limits

  /// A page of a run whose samples are in memory.
  ///
  /// - Parameters:
  ///   - samples: Those that the run scored, in the order of its references; none gives a page of
  ///     numbers alone.
  ///   - thumbnails: What makes small pictures of their media.
  package init(
    record: RunRecord, card: BenchmarkCard?, samples: [ViewedSample],
    thumbnails: SmallPictures? = SmallPictures(), limits: Limits = Limits()
  ) {
    var values: [String: [Double]] = [:]
    for sample in samples {
      for score in sample.scores { values[score.name, default: []].append(score.value) }
    }
    self.init(
      record: record, card: card,
      shown: Self.spread(samples.count, limits.samples).map { samples[$0] }, of: samples.count,
      scores: record.metrics.compactMap { metric in
        values[metric.name].map { (metric.name, $0) }
      },
      notes: [], thumbnails: thumbnails, limits: limits)
  }

  init(
    record: RunRecord, card: BenchmarkCard?, shown: [ViewedSample], of count: Int,
    scores: [(name: String, values: [Double])], notes: [String], thumbnails: SmallPictures?,
    limits: Limits
  ) {
    self.record = record
    self.card = card
    samples = shown
    sampleCount = count
    self.scores = scores
    sampleNotes = notes
    self.thumbnails = thumbnails
    self.limits = limits
  }

  /// At most so many places that lie evenly among a number of samples.
  static func spread(_ count: Int, _ limit: Int) -> [Int] {
    guard count > limit else { return Array(0..<count) }
    return (0..<limit).map { $0 * count / limit }
  }

  /// The document as UTF-8.
  ///
  /// - Throws: `RecordError.unwritableNumber` for a number that JSON has no form for.
  package func html() throws -> [UInt8] {
    let browser = SampleBrowser(self)
    let body: HTML = """
      \(header)
      <main>
      \(metricsSection)\(distributionSection)\(groupsSection)\(problemsSection)\
      \(browser.section)\(provenanceSection)</main>
      <footer><p>Made by mplug-eval. The page is one file: it fetches nothing and sends nothing.</p>\
      </footer>

      """
    let data = sampleCount == 0 ? nil : (id: SampleBrowser.dataID, json: try browser.json())
    return Page(
      title: "\(record.model) on \(benchmarkTitle)",
      style: PageStyle.common + PageStyle.run, body: body, data: data,
      scripts: [SortableTables.script] + (sampleCount == 0 ? [] : [SampleBrowser.script])
    ).bytes
  }

  /// Writes the page into the run's folder, as `report.html`; a page of that name is replaced when
  /// the new one is complete.
  ///
  /// - Returns: The file's path.
  /// - Throws: `RecordError.writeFailed`, and as `html()`.
  @discardableResult
  package func write(into folder: String) throws -> String {
    let path = "\(folder)/\(Self.fileName)"
    try AtomicFile.write(try html(), to: path)
    return path
  }

  /// The page's name in a run folder.
  package static let fileName = "report.html"

  /// The benchmark and the split for a heading.
  var benchmarkTitle: String { "\(card?.title ?? record.benchmark) \(record.split)" }

  /// How values of a score are written.
  func number(of score: String) -> ScoreNumber {
    ScoreNumber(of: card?.metricCard(ofScore: score))
  }

  /// The run's metrics in the order of tables: those that are known as the registry has them, parts
  /// of the set behind.
  var metrics: [RunRecord.Metric] {
    let known = card?.knownScores ?? []
    let listed = known.compactMap { name in record.metrics.first { $0.name == name } }
    return listed + record.metrics.filter { !known.contains($0.name) }
  }

  /// The metric that ranks, if the run has it; else its first.
  var primary: RunRecord.Metric? {
    record.metrics.first { $0.name == card?.primary } ?? record.metrics.first
  }
}
