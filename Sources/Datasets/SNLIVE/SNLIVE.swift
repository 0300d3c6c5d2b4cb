import Metrics
import Records

/// SNLI-VE: whether a Flickr30K photo entails a sentence, contradicts it, or neither.
///
/// Source: necla-ml/SNLI-VE (`snli_ve_dev.jsonl`, `snli_ve_test.jsonl`), which splits as Flickr30K
/// Entities does; X-PLUG/mPLUG for its lists (`ve_dev.json`, `ve_test.json`). Lists state no ids:
/// their records are numbered from 0, and predictions for them name these numbers.
public enum SNLIVE: Dataset {
  /// The name that cards use.
  public static let name = "snli-ve"
  /// What is asked of a model.
  public static let task = BenchmarkTask.entailment

  /// Reads the references of a split: from the official file where it is there, else from the list.
  ///
  /// Beside them may lie the Entities split's list of images, which is compared with the images of
  /// the file; a difference is a problem and no error.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func references(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> ReferenceSet {
    try read(under: folder, split: split).set
  }

  private static func read(
    under folder: DataFolder, split: BenchmarkSplit, takingSentences: Bool = false
  ) throws -> (set: ReferenceSet, pairs: SNLIVEPairs) {
    let names = (split.files["annotations"] ?? []) + (split.files["list"] ?? [])
    guard let path = folder.find(names) else {
      throw DatasetError.missingFiles(
        what: "the pairs of \(split.name)", names: names, lookedIn: folder.placesThatExist,
        remedy: "point --data at the folder that holds one of them, or name the file with "
          + "--annotations")
    }
    let (pairs, file) = try SNLIVEPairs.read(path, takingSentences: takingSentences)
    var problems = pairs.problems
    if let problem = pairs.otherLabels(than: split) { problems.append(problem) }
    if let list = folder.find(split.files["entities"] ?? []),
      let problem = try EntitiesImageList.difference(list, from: pairs.images)
    {
      problems.append(problem)
    }
    return (set([pairs], files: [file], label: split.label, problems: problems), pairs)
  }

  /// Reads files of any form; several must be official ones of different pairs.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func references(in paths: [String], label: String) throws -> ReferenceSet {
    let read = try paths.map { try SNLIVEPairs.read($0) }
    let parts = read.map(\.0)
    if parts.count > 1 {
      let joined = paths.joined(separator: ", ")
      guard !parts.contains(where: \.isList) else {
        throw DatasetError.wrongKind(
          path: joined, expected: "one list without ids", found: "several files",
          remedy: "give one list alone: the numbers of its records are the ids")
      }
      if let twice = parts.flatMap({ $0.ids + $0.unlabelled }).firstRepeated() {
        throw DatasetError.wrongKind(
          path: joined, expected: "files of different pairs", found: "pair \(twice) in several",
          remedy: "give each pair once")
      }
    }
    return set(
      parts, files: read.map(\.1), label: label, problems: parts.flatMap(\.problems))
  }

  /// Reads labels or logits.
  ///
  /// - Throws: `RecordError`, `JSONError`, or `DatasetError` with the record that is wrong.
  public static func predictions(at path: String) throws -> PredictionFile {
    try PredictionFile(at: path, .entailment)
  }

  /// The photos of a split, by the split's naming rule.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func media(
    under folder: DataFolder, split: BenchmarkSplit
  ) throws -> [MediaReference] {
    guard let template = split.media.flatMap(MediaTemplate.init),
      case .labels(let labels) = try references(under: folder, split: split).content
    else { return [] }
    return template.references(of: labels.clusters, kind: .image)
  }

  /// The pairs that have a class: a photo, which stands for the premise, and the hypothesis.
  ///
  /// - Throws: `DatasetError`, `RecordError`, `JSONError`.
  public static func samples(under folder: DataFolder, split: BenchmarkSplit) throws -> SampleSet {
    let (set, pairs) = try read(under: folder, split: split, takingSentences: true)
    let media = try SampleMedia(
      of: pairs.images.map { .string($0) }, kind: .image, split: split, adapter: name)
    return SampleSet(
      ids: set.ids, media, texts: pairs.sentences, files: set.files, problems: set.problems)
  }

  private static func set(
    _ parts: [SNLIVEPairs], files: [SourceFile], label: String, problems: [Problem]
  ) -> ReferenceSet {
    ReferenceSet(
      content: .labels(
        LabelReferences(
          ids: parts.flatMap(\.ids), clusters: parts.flatMap(\.images).map { .string($0) },
          labels: parts.flatMap(\.labels), classes: EntailmentLabel.names,
          unlabelled: parts.flatMap(\.unlabelled))),
      files: files, label: label, problems: problems)
  }
}
