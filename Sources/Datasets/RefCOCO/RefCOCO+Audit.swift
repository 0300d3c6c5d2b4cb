import Records

extension RefCOCO {
  /// Holds a refs file against itself: ids of sentences that a record lists and does not have, and
  /// images that stand in two splits, which they never do in the published UNC and UMD splits.
  ///
  /// - Throws: as `references(under:split:)`.
  public static func audit(under folder: DataFolder, split: BenchmarkSplit) throws -> [Problem] {
    guard let (path, _) = try RefCOCOFiles(folder: folder, split: split).refs() else { return [] }
    let references = try ReferFile.read(path, split: nil).0.references
    var problems: [Problem] = []
    let unlike = references.filter { reference in
      reference.listedIDs.map { $0 != reference.sentences.map(\.id) } ?? false
    }
    if !unlike.isEmpty {
      problems.append(
        Problem(
          code: "sent_ids_differ",
          message: "\(path): \(unlike.count) refs list other sent_ids than their sentences have",
          count: unlike.count, examples: unlike.prefix(3).map { "ref_id \($0.refID)" }))
    }
    var splits: [Int: Set<String>] = [:]
    for reference in references { splits[reference.imageID, default: []].insert(reference.split) }
    let shared = splits.filter { $0.value.count > 1 && $0.value.contains(split.official ?? split.name) }
      .keys.sorted()
    if !shared.isEmpty {
      problems.append(
        Problem(
          code: "images_in_two_splits",
          message: "\(path): \(shared.count) images of \(split.name) stand in another split too",
          count: shared.count, examples: shared.prefix(3).map(String.init)))
    }
    return problems
  }
}
