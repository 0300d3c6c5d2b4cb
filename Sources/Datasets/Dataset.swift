import Metrics
import Records

/// An adapter: reads the files of one data set in every form in which users have them.
public protocol Dataset: Sendable {
  /// The name that cards use.
  static var name: String { get }
  /// What is asked of a model.
  static var task: BenchmarkTask { get }

  /// Finds the official files of a split under a data folder and reads its references.
  ///
  /// - Throws: `DatasetError` for files that are absent or of another kind, `RecordError` and
  ///   `JSONError` for content that cannot be read.
  static func references(under folder: DataFolder, split: BenchmarkSplit) throws -> ReferenceSet

  /// Reads everything that the files given hold.
  ///
  /// - Parameter label: The name of the set in signatures.
  /// - Throws: as `references(under:split:)`.
  static func references(in paths: [String], label: String) throws -> ReferenceSet
}

extension Dataset {
  /// Reads what a request asks for.
  ///
  /// - Throws: `DatasetError.splitNeeded` for a data folder without a split, and what the adapter
  ///   throws.
  public static func references(for request: ReferenceRequest) throws -> ReferenceSet {
    switch request.source {
    case .files(let paths):
      return try references(in: paths, label: request.splitName)
    case .data(let folder):
      guard let split = request.split else {
        throw DatasetError.splitNeeded(
          benchmark: request.card.name, known: request.card.splitNames)
      }
      return try references(under: folder, split: split)
    }
  }
}

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

/// The references of a split, with the files that they were read from.
public struct ReferenceSet: Sendable {
  /// What the references are.
  public enum Content: Sendable {
    /// Human answers to questions.
    case answers(AnswerReferences)
    /// Human captions of images.
    case captions(CaptionReferences)
    /// Ids of questions whose answers only the official server knows.
    case hidden(questionIDs: [Int])
  }

  /// The references themselves.
  public let content: Content
  /// The files that were read.
  public let files: [SourceFile]
  /// The name in signatures, such as `karpathy-test`; `custom` for files given as they are.
  public let label: String

  package init(content: Content, files: [SourceFile], label: String) {
    self.content = content
    self.files = files
    self.label = label
  }

  /// How many samples a complete prediction file has.
  public var count: Int {
    switch content {
    case .answers(let references): references.questionIDs.count
    case .captions(let references): references.imageIDs.count
    case .hidden(let questionIDs): questionIDs.count
    }
  }
}

/// Human answers, and soft labels where the split has them.
public struct AnswerReferences: Sendable {
  /// The questions in the order of the file.
  public let questionIDs: [Int]
  /// The image of each question, for clustering.
  public let imageIDs: [Int]
  /// The human answers; nil where only soft labels are there.
  public let humanAnswers: VQAReferences?
  /// Scores of answers to the same questions; nil where the split has none.
  public let softLabels: SoftLabels?
}

/// Human captions of images.
public struct CaptionReferences: Sendable {
  /// The images in the order in which they are scored.
  public let imageIDs: [Int]
  /// The captions of each image.
  public let captions: [[String]]
  /// How the captions were changed on reading: `raw`, or `lower` as the reference project does.
  public let letterCase: String
}

/// A file that was read, for the record.
public struct SourceFile: Sendable {
  /// What it was used for: `annotations`, `questions`, `predictions`, …
  public let role: String
  /// The path as it was given or found.
  public let path: String
  /// Its size.
  public let bytes: Int
  /// SHA-256 of its content, in hexadecimal.
  public let sha256: String
}
