import Datasets
import Foundation
import Records

/// The references and inputs of a run, as far as the files are at hand.
struct RunData: Sendable {
  /// What the run was scored against.
  let references: ReferenceSet
  /// What the model was asked; nil for annotation files that were taken whole, and where scoring needs
  /// fewer files than asking.
  let inputs: SampleSet?
  /// Why there are no inputs although the data are there; nil where there are.
  let inputsNote: String?
  /// For each of the inputs' media where it lies.
  let media: [MediaRequest]
  /// For each sample of the inputs its place.
  let inputPlaces: [SampleID: Int]

  /// Reads the data of a run.
  ///
  /// - Parameter folder: The data folder; nil to look where the run's command says.
  /// - Throws: `EvaluationError.badRun` where the files are not those of the run; what adapters throw.
  init(of record: RunRecord, card: BenchmarkCard, at folder: String?, run path: String) throws {
    let dataset = try DatasetRegistry.dataset(for: card)
    let command = RecordedCommand(record)
    let plan = try RunPlan.read(in: path)
    if let split = card.split(named: record.split) {
      guard let data = folder ?? command.value(of: "--data") ?? plan?.data else {
        throw Self.notHere(path, "its command names no data folder")
      }
      guard FileManager.default.fileExists(atPath: data) else {
        throw Self.notHere(path, "its data folder \(data) is not here")
      }
      let place = DataFolder(path: data, folders: card.folders)
      references = try dataset.references(under: place, split: split).limited(to: plan?.limit)
      do {
        let found = try dataset.samples(under: place, split: split)
        media = try card.mediaLocator(data: data).locate(found.media).requests(for: found.media)
        inputs = found
        inputsNote = nil
      } catch {
        (inputs, media) = (nil, [])
        inputsNote = "no inputs: \(error)"
      }
    } else {
      let files = command.values(of: "--annotations")
      guard !files.isEmpty else { throw Self.notHere(path, "its command names no annotations") }
      if let absent = files.first(where: { !FileManager.default.fileExists(atPath: $0) }) {
        throw Self.notHere(path, "its annotation file \(absent) is not here")
      }
      references = try dataset.references(in: files, label: record.split)
      (inputs, media) = (nil, [])
      inputsNote = "no media: annotation files that are given as they are name none"
    }
    inputPlaces = Self.places(of: inputs)
    guard references.signature == record.references else {
      throw EvaluationError.badRun(
        path: path,
        reason: "was scored against \(record.references), and the files at hand are "
          + references.signature,
        remedy: "name the data folder of the run with --data")
    }
  }

  /// Puts together what has been read already.
  ///
  /// - Parameter media: For each of the inputs' media where it lies.
  init(references: ReferenceSet, inputs: SampleSet?, media: [MediaRequest]) {
    self.references = references
    self.inputs = inputs
    self.media = media
    inputsNote = nil
    inputPlaces = Self.places(of: inputs)
  }

  private static func places(of inputs: SampleSet?) -> [SampleID: Int] {
    Dictionary(
      zip((inputs?.samples ?? []).map(\.id), 0...), uniquingKeysWith: { first, _ in first })
  }

  private static func notHere(_ path: String, _ reason: String) -> EvaluationError {
    .badRun(path: path, reason: reason, remedy: "name the data folder with --data")
  }
}

/// The command line that a run's provenance has.
struct RecordedCommand {
  private let words: [String]

  init(_ record: RunRecord) {
    words = record.provenance["command"]?.array?.compactMap(\.string) ?? []
  }

  /// What stands behind an option, apart or joined by `=`.
  func value(of option: String) -> String? {
    for (place, word) in words.enumerated() {
      if word == option, place + 1 < words.count { return words[place + 1] }
      if word.hasPrefix(option + "=") { return String(word.dropFirst(option.count + 1)) }
    }
    return nil
  }

  /// What stands behind an option up to the next one.
  func values(of option: String) -> [String] {
    guard let place = words.firstIndex(of: option) else {
      return value(of: option).map { [$0] } ?? []
    }
    return Array(words[(place + 1)...].prefix { !$0.hasPrefix("--") })
  }
}
