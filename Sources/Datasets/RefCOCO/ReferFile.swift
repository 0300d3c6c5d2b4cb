import Pickle
import Records

/// A file of the refer toolkit, `refs(unc).p`: a pickled list of objects with the expressions that
/// refer to each; the boxes are in `instances.json`.
struct ReferFile {
  /// An object.
  struct Reference {
    let refID: Int
    let annotationID: Int
    let imageID: Int
    let split: String
    let sentences: [(id: Int, text: String)]
    /// The ids that the record lists beside the sentences, which nobody reads; nil where it has none.
    let listedIDs: [Int]?
  }

  /// The objects of the split that was asked for, or all.
  let references: [Reference]
  /// How many objects each split of the file has.
  let splits: [String: Int]

  /// Reads the objects of a split, or all for nil.
  ///
  /// - Throws: `RecordError`, `PickleError`; `DatasetError.badValue` with the record that is wrong,
  ///   also where an id comes twice; `.wrongKind` where the split has none.
  static func read(_ path: String, split wanted: String?) throws -> (ReferFile, SourceFile) {
    try SourceFile.read(path, role: "refs") { file in
      let value = try PickleReader.value(of: file)
      guard value.kind == .list, let records = value.elements else {
        throw DatasetError.wrongKind(
          path: path, expected: "a pickled list of refs", found: value.kind.rawValue,
          remedy: "give refs(unc).p or refs(umd).p as published")
      }
      if records.isEmpty { throw DatasetError.empty(path: path, what: "ref") }
      var references: [Reference] = []
      var splits: [String: Int] = [:]
      var seenReferences = [Int: Int](minimumCapacity: records.count)
      var seenSentences: [Int: Int] = [:]
      for (index, value) in records.enumerated() {
        let record = PickleRecord(
          path: path, index: index, value: value, remedy: "give the file as published")
        let split = try record.string("split")
        splits[split, default: 0] += 1
        guard wanted.map({ ReferSplit.includes($0, split) }) ?? true else { continue }
        let reference = try read(record, split: split)
        if let first = seenReferences.updateValue(index, forKey: reference.refID) {
          throw record.error("ref_id \(reference.refID) is that of record \(first) too")
        }
        for (id, _) in reference.sentences {
          if let first = seenSentences.updateValue(index, forKey: id) {
            throw record.error("sent_id \(id) is one of record \(first) too")
          }
        }
        references.append(reference)
      }
      let found = splits.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value) refs)" }
      guard !references.isEmpty else {
        throw DatasetError.wrongKind(
          path: path, expected: "refs of the split \(wanted ?? "")",
          found: found.joined(separator: ", "),
          remedy: "testA and testB are in refs(unc).p, test of RefCOCOg in refs(umd).p")
      }
      return ReferFile(references: references, splits: splits)
    }
  }

  private static func read(_ record: PickleRecord, split: String) throws -> Reference {
    let sentences = try record.list("sentences").map { sentence in
      (id: try record.int("sent_id", of: sentence), text: try record.string("sent", of: sentence))
    }
    if sentences.isEmpty { throw record.error("\"sentences\" is empty") }
    return Reference(
      refID: try record.int("ref_id"), annotationID: try record.int("ann_id"),
      imageID: try record.int("image_id"), split: split, sentences: sentences,
      listedIDs: record.value["sent_ids"]?.elements?.compactMap(\.int))
  }
}

extension ReferFile {
  /// The expressions in the order of the file, with boxes and sizes of `instances.json`.
  ///
  /// - Throws: `DatasetError.wrongKind` where the two files do not belong together.
  func expressions(with instances: InstancesFile, at path: String) throws -> [RefCOCOExpression] {
    let remedy = "refs and instances.json must be of the same data set"
    func missing(_ what: String, _ ids: [Int]) -> DatasetError {
      .wrongKind(
        path: path, expected: "\(what) \(ids[0]) of the refs",
        found: "none; \(ids.count) of \(references.count) refs lack theirs", remedy: remedy)
    }
    let boxless = references.filter { instances.boxes[$0.annotationID] == nil }
    guard boxless.isEmpty else { throw missing("annotation", boxless.map(\.annotationID)) }
    let bare = references.filter { instances.images[$0.imageID] == nil }
    guard bare.isEmpty else { throw missing("image", bare.map(\.imageID)) }
    return try references.flatMap { reference -> [RefCOCOExpression] in
      guard let object = instances.boxes[reference.annotationID],
        let image = instances.images[reference.imageID], object.image == reference.imageID
      else {
        throw DatasetError.wrongKind(
          path: path,
          expected: "annotation \(reference.annotationID) on image "
            + "\(reference.imageID), as ref \(reference.refID) has it",
          found: "another image", remedy: remedy)
      }
      return reference.sentences.map { sentence in
        RefCOCOExpression(
          id: .int(sentence.id), refID: reference.refID, split: reference.split,
          image: .int(reference.imageID), imageName: image.name, imageSize: image.size,
          phrase: sentence.text, box: object.box)
      }
    }
  }
}
