/// What references are wanted and where they lie.
public struct ReferenceRequest: Sendable {
  /// The benchmark.
  public let card: BenchmarkCard
  /// The split; nil where files are given and none is named.
  public let split: BenchmarkSplit?
  /// Where to read.
  public let source: Source

  /// A data folder that is searched, or files that are taken as the whole reference set.
  public enum Source: Sendable {
    /// `--data DIR`: official names, split applied.
    case data(DataFolder)
    /// `--annotations FILE...`: no split filter, no official counts.
    case files([String])
  }

  /// The split's name, or `custom` for files that were given: whether they are the whole of an
  /// official split nobody can know.
  public var splitName: String {
    switch source {
    case .data: split?.name ?? "custom"
    case .files: "custom"
    }
  }

  /// Puts a request together.
  public init(card: BenchmarkCard, split: BenchmarkSplit?, source: Source) {
    self.card = card
    self.split = split
    self.source = source
  }
}
