import Checkpoints
import Models
import Records
import Tensors
import Text

/// Runs a folder of golden data through a model and compares everything on the way: pixels, ids, the
/// states after each part, logits, and what the tasks' own functions answer.
package struct Verifier: Sendable {
  let folder: FixtureFolder
  let weights: String
  let configuration: MPLUGConfiguration
  let model: MPLUGModel
  let engine: Engine
  let batchSize: Int

  /// How a task is verified.
  private typealias Method = @Sendable (Verifier) -> (FixtureTask, inout TaskChecks) throws -> Void

  /// The tasks by the names of the manifest, with the parts of the model that they need.
  private static let methods: [(name: String, parts: Set<MPLUGPart>, method: Method)] = [
    ("vqa", ModelTask.vqa.parts, verifyQuestions),
    ("caption", ModelTask.caption.parts, verifyCaptions),
    ("retrieval", ModelTask.retrieval.parts, verifyRetrieval),
    ("grounding", ModelTask.grounding.parts, verifyGrounding),
    ("videoqa", ModelTask.videoQA.parts, verifyVideoQuestions),
    ("video_retrieval", ModelTask.videoRetrieval.parts, verifyVideoRetrieval),
    ("videocap", ModelTask.videoCaption.parts, verifyVideoCaptions),
    ("classification", [.visual, .text, .fusion], verifyClassification),
    ("parts", [.visual, .text, .fusion, .decoder], verifyParts),
  ]

  /// Loads the model of a folder.
  ///
  /// - Parameters:
  ///   - weights: which file the weights are of.
  ///   - batchSize: how many samples go through the model at a time; at least 1.
  /// - Throws: `EvaluationError.badFixture`, `ModelError`, `CheckpointError`, `VocabularyError`, and
  ///   what opening files throws.
  package init(
    _ folder: FixtureFolder, weights: FixtureFolder.Weights, engine: Engine, batchSize: Int
  ) throws {
    precondition(batchSize > 0)
    self.folder = folder
    self.weights = folder.weights(weights)
    self.engine = engine
    self.batchSize = batchSize
    configuration = try MPLUGConfiguration(referenceJSON: folder.configuration)
    let known = Self.methods.map(\.name)
    for name in folder.taskNames where !known.contains(name) {
      throw EvaluationError.badFixture(
        file: folder.manifestFile, place: "the task '\(name)'",
        reason: "is none of \(known.joined(separator: ", "))")
    }
    let settings = try MappedFile(folder.configuration).withBytes {
      String(decoding: $0, as: UTF8.self)
    }
    let vocabulary = try WordPieceVocabulary(
      path: folder.vocabulary, size: configuration.text.vocabulary, hasBoxes: true)
    let parts = Self.methods.filter { folder.taskNames.contains($0.name) }
    model = MPLUGModel(
      name: folder.path,
      network: try MPLUG.load(
        self.weights, configuration: configuration,
        parts: parts.reduce(into: []) { $0.formUnion($1.parts) }, engine: engine),
      tokenizer: WordPieceTokenizer(vocabulary),
      protocols: try TaskTable.protocols(yaml: settings, file: folder.configuration),
      engine: engine)
  }

  /// Runs all tasks of the folder.
  ///
  /// - Parameter progress: is told each task before it runs.
  /// - Throws: as `init`: where the folder is broken. What merely differs is in the report.
  package func run(progress: (String) -> Void = { _ in }) throws -> VerificationReport {
    var checks: [VerificationCheck] = []
    progress("images")
    checks += try pictureChecks()
    for (name, _, method) in Self.methods where folder.taskNames.contains(name) {
      progress(name)
      let task = try folder.task(name)
      var found = TaskChecks(task)
      try method(self)(task, &found)
      found.finish()
      checks += found.checks
    }
    return VerificationReport(
      folder: folder.path, weights: weights, instructionSet: engine.instructionSet.rawValue,
      threads: engine.threads, batchSize: batchSize, checks: checks)
  }

  /// A part of the model that `init` has loaded for the tasks of the folder.
  func loaded<Part>(_ part: Part?, _ name: String) throws -> Part {
    guard let part else {
      throw ModelError.cannot(
        model: model.name, task: name, reason: "its part of the model is not loaded",
        remedy: "please report it")
    }
    return part
  }

  /// Consecutive indices, a batch each.
  func batches(_ count: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: batchSize).map { $0..<min($0 + batchSize, count) }
  }

  /// Batches of items, one after the other.
  func joined(_ parts: [HiddenStates]) -> HiddenStates {
    var (start, sequences) = (0, [Range<Int>]())
    for part in parts {
      sequences += part.sequences.map { $0.lowerBound + start..<$0.upperBound + start }
      start += part.rows.rows
    }
    return HiddenStates(rows: engine.stack(parts.map(\.rows)), sequences: sequences)
  }
}
