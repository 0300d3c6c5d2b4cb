/// A benchmark as its YAML file under `benchmarks/` describes it: data, splits, metrics.
public struct BenchmarkCard: Sendable, Decodable {
  /// The name on the command line, such as `vqav2`.
  public let name: String
  /// The name in tables, such as `VQAv2`.
  public let title: String
  /// What is asked of a model.
  public let task: BenchmarkTask
  /// The adapter that reads the files: a name of `DatasetRegistry`.
  public let dataset: String
  /// Where the data come from.
  public let homepage: String?
  /// True for the sets that the repository carries.
  public let embedded: Bool?
  /// Names of `MetricRegistry`, in the order of the tables.
  public let metrics: [String]
  /// The metric that ranks a leaderboard.
  public let primary: String
  /// Folders under `--data` in which files are looked for, in this order.
  public let folders: [String]
  /// Folders under `--data` in which images or clips are looked for, in this order.
  public let mediaFolders: [String]?
  /// How the published numbers were made.
  public let `protocol`: BenchmarkProtocol?
  /// What files are read, in short phrases, for lists: `official JSON`.
  public let reads: [String]?
  /// The benchmark whose published numbers are shown beside this one, if it is not this one.
  public let published: String?
  /// The splits, in the order of lists; the first is meant where none is named.
  public let splits: [BenchmarkSplit]

  /// The split that is meant where none is named: the first.
  ///
  /// - Throws: `DatasetError.badCard` if there is none, which a test rules out.
  public func defaultSplit() throws -> BenchmarkSplit {
    guard let split = splits.first else {
      throw DatasetError.badCard(path: "\(name).yaml", reason: "lists no split")
    }
    return split
  }

  /// The split with a name.
  public func split(named name: String) -> BenchmarkSplit? {
    splits.first { $0.name == name }
  }

  /// The metrics that some split reports, the benchmark's own first.
  public var allMetrics: [String] {
    splits.reduce(into: metrics) { all, split in
      for name in split.metrics ?? [] where !all.contains(name) { all.append(name) }
    }
  }

  /// The names of the splits.
  public var splitNames: [String] { splits.map(\.name) }
}

extension BenchmarkCard {
  private enum CodingKeys: String, CodingKey {
    case name, title, task, dataset, homepage, embedded, metrics, primary, folders, reads
    case published, splits, `protocol`
    case mediaFolders = "media_folders"
  }
}

/// What of `protocol:` in a card is read so far; the rest is for readers of the file.
public struct BenchmarkProtocol: Sendable, Decodable {
  /// How many frames of a clip the model sees; nil for images.
  public let frames: Int?
}

/// What a benchmark asks of a model.
public enum BenchmarkTask: String, Sendable, Decodable, CaseIterable {
  /// A question about a picture or a clip.
  case vqa
  /// A caption for a picture or a clip.
  case caption
  /// The texts of an image or a clip among many, and the image or the clip of a text.
  case retrieval
  /// The box of what a phrase means.
  case grounding
  /// Whether a picture entails a sentence, contradicts it, or neither.
  case entailment
  /// Whether a statement about two pictures is true.
  case reasoning
}

/// One split of a benchmark.
public struct BenchmarkSplit: Sendable, Decodable {
  /// The name on the command line, such as `test-dev`.
  public let name: String
  /// The name in signatures, such as `karpathy-test`.
  public let label: String
  /// The split's name in the data set's own files where it is another: `val` for `val-g`.
  public let official: String?
  /// Whether the answers are public, or known to the official server alone.
  public let answers: Answers
  /// The official count of samples: questions, or captioned images.
  public let samples: Int
  /// The official count of images or videos, where it is another.
  public let images: Int?
  /// The official count of texts, where there are several an image: captions.
  public let texts: Int?
  /// The official count of samples of each class, where other labels mean another release.
  public let classes: [String: Int]?
  /// The first and the last number of the split's clips, where the data set numbers them.
  public let clips: [Int]?
  /// How many of the split's questions officially begin with each word, where that is known.
  public let words: [String: Int]?
  /// The metrics of this split where they are not the benchmark's.
  public let metrics: [String]?
  /// File names by what they hold: `annotations`, `questions`, `karpathy`, `list`, `labels`, …
  public let files: [String: [String]]
  /// How the data set names the media of the split: a path with `{id}` or `{id:12}`; nil where its
  /// files name them.
  public let media: String?
  /// The server that scores hidden answers.
  public let server: String?
  /// The file name that the official server wants, with `{model}` for the model's name.
  public let submission: String

  /// The numbers of the split's clips; nil where the card states none.
  package var clipNumbers: ClosedRange<Int>? {
    guard let clips, clips.count == 2, clips[0] <= clips[1] else { return nil }
    return clips[0]...clips[1]
  }

  /// Who knows the answers of a split.
  public enum Answers: String, Sendable, Decodable {
    /// The annotation file holds them.
    case `public`
    /// Only the official server has them.
    case hidden
  }
}
