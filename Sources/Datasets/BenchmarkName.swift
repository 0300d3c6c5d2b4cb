/// A benchmark and a split as they are written on the command line: `vqav2/val`.
public struct BenchmarkName: Sendable, Hashable, CustomStringConvertible {
  /// The benchmark's name.
  public let benchmark: String
  /// The split's name; nil where none was given.
  public let split: String?

  /// Reads `benchmark` or `benchmark/split`.
  public init(_ text: String) {
    if let slash = text.firstIndex(of: "/") {
      benchmark = String(text[..<slash])
      split = String(text[text.index(after: slash)...])
    } else {
      benchmark = text
      split = nil
    }
  }

  /// The written form.
  public var description: String {
    split.map { "\(benchmark)/\($0)" } ?? benchmark
  }

  /// The card that is meant, and the split, nil where none was given.
  ///
  /// - Throws: `DatasetError.unknownBenchmark` with the nearest names, `.unknownSplit` with all.
  public func resolve() throws -> (card: BenchmarkCard, split: BenchmarkSplit?) {
    let card = try BenchmarkRegistry.card(named: benchmark)
    guard let split else { return (card, nil) }
    guard let found = card.split(named: split) else {
      throw DatasetError.unknownSplit(benchmark: benchmark, name: split, known: card.splitNames)
    }
    return (card, found)
  }
}
