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

  /// What the samples are, for messages: `questions`, `images`, …; by default the task's word.
  static var sampleNoun: String { get }

  /// Reads a prediction file whose records have an id and a text: answers, captions, labels. Without
  /// one of its own an adapter reads the task's usual form.
  ///
  /// - Throws: `RecordError`, `JSONError`, or `DatasetError` with the record that is wrong.
  static func predictions(at path: String) throws -> PredictionFile

  /// The images or clips of a split, each once, in the order of first use; found from the files
  /// under the folder, whether or not the media themselves are there.
  ///
  /// - Throws: as `references(under:split:)`.
  static func media(under folder: DataFolder, split: BenchmarkSplit) throws -> [MediaReference]

  /// What a model is asked of a split: texts and media, in the order of `references(under:split:)`
  /// and with its ids. Needs no answers: a split whose answers are hidden has samples too.
  ///
  /// - Throws: as `references(under:split:)`.
  static func samples(under folder: DataFolder, split: BenchmarkSplit) throws -> SampleSet

  /// Holds a split's files against one another where scoring does not: ids of one file that the
  /// other lacks, samples that stand in two splits, a split that is no part of the whole it comes
  /// from. `doctor` asks for it. A file that is not there is passed over.
  ///
  /// Each problem is a contradiction that `doctor` counts as wrong content: whatever is only worth
  /// knowing belongs in `ReferenceSet.problems`. Without checks of its own an adapter has none.
  ///
  /// - Throws: as `references(under:split:)`, for files that cannot be read.
  static func audit(under folder: DataFolder, split: BenchmarkSplit) throws -> [Problem]

  /// The names of the id and the prediction in prediction records, by default the task's usual ones.
  static var members: PredictionMembers { get }

  /// The form in which the official server takes predictions, by default the task's usual one; nil
  /// where there is no such file.
  static var submission: SubmissionFormat? { get }
}

extension Dataset {
  /// The task's usual names.
  public static var members: PredictionMembers { task.members }

  /// The task's word.
  public static var sampleNoun: String { task.sampleNoun }

  /// No checks.
  public static func audit(under folder: DataFolder, split: BenchmarkSplit) throws -> [Problem] {
    []
  }

  /// Reads the task's usual form.
  public static func predictions(at path: String) throws -> PredictionFile {
    guard let layout = task.layout else {
      throw DatasetError.wrongKind(
        path: path, expected: "predictions of the task \(task.rawValue)", found: "a text file",
        remedy: "docs/scoring.md lists the prediction file of each task")
    }
    return try PredictionFile(at: path, layout)
  }

  /// The task's usual form.
  public static var submission: SubmissionFormat? {
    if let layout = task.layout { return .list(layout) }
    return task == .grounding ? .list(id: "sent_id", prediction: "bbox") : nil
  }
}

extension BenchmarkTask {
  /// The usual prediction records of the task; nil where they have no text.
  package var layout: PredictionLayout? {
    switch self {
    case .vqa: .answers
    case .caption: .captions
    case .entailment, .reasoning: .labels
    case .retrieval, .grounding: nil
    }
  }

  /// What the samples are, for messages: `questions`, `images`, …
  package var sampleNoun: String {
    switch self {
    case .vqa: "questions"
    case .caption: "images"
    case .entailment: "pairs"
    case .reasoning: "examples"
    case .grounding: "expressions"
    case .retrieval: "queries"
    }
  }
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
