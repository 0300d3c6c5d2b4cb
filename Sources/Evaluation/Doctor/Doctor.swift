import Datasets
import Records

/// Looks at what lies under a data folder: which files of a benchmark are there, whether they hold
/// what they should, and whether the images or clips are there.
///
/// Usable is a split whose references can be read, whose files do not contradict one another, and
/// whose media are all there and, with `--deep`, can be read. Where no media at all are there the
/// folder is taken for one that serves scoring alone: a warning, and an error only with `--deep`,
/// which asks for them. Counts that are not the official ones are a warning too: copies in
/// circulation lack a record or two.
package struct Doctor: Sendable {
  private let data: String
  private let deep: DeepCheck?
  private let log: @Sendable (String) -> Void

  /// Sets up a doctor.
  ///
  /// - Parameters:
  ///   - data: The folder of `--data`.
  ///   - deep: How media are looked into; nil for not at all.
  ///   - log: Takes a line about each step.
  package init(
    data: String, deep: DeepCheck? = nil, log: @escaping @Sendable (String) -> Void = { _ in }
  ) {
    self.data = data
    self.deep = deep
    self.log = log
  }

  /// Looks at splits of benchmarks.
  ///
  /// - Throws: `DatasetError.badCard` alone: what is wrong with the data is in the report.
  package func examine(
    _ requests: [(card: BenchmarkCard, splits: [BenchmarkSplit])]
  ) throws -> DoctorReport {
    let listings = FolderListings()
    var benchmarks = try requests.map { card, splits in
      let examination = SplitExamination(
        card: card, dataset: try DatasetRegistry.dataset(for: card), data: data,
        listings: listings, isDeep: deep != nil)
      return BenchmarkReport(
        card: card,
        splits: splits.map { split in
          log("looking at \(card.name)/\(split.name)")
          return examination.report(on: split)
        })
    }
    var checkedFiles: Int?
    if let deep {
      let samples = benchmarks.flatMap { benchmark in
        benchmark.splits.flatMap { $0.samples(frames: benchmark.card.protocol?.frames) }
      }
      log("decoding \(samples.count) media files")
      let verdicts = deep.verdicts(on: samples)
      checkedFiles = Set(verdicts.keys.map(\.path)).count
      benchmarks = benchmarks.map { benchmark in
        BenchmarkReport(
          card: benchmark.card,
          splits: benchmark.splits.map {
            $0.adding(
              verdicts, frames: benchmark.card.protocol?.frames,
              set: "\(benchmark.card.name)/\($0.split.name)")
          })
      }
    }
    return DoctorReport(data: data, checkedFiles: checkedFiles, benchmarks: benchmarks)
  }
}
