import Metrics
import Records

/// Two files of one split must have the same images and texts in the same order: rows and columns of
/// a score matrix follow it.
enum OrderAudit {
  /// Compares Karpathy's file with the reference project's list, if both are there.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` for a file that cannot be read.
  static func problems(
    under folder: DataFolder, split: BenchmarkSplit, _ naming: KarpathyImages.Naming
  ) throws -> [Problem] {
    guard let karpathy = folder.find(split.files["karpathy"] ?? []),
      let list = folder.find(split.files["list"] ?? [])
    else { return [] }
    let (whole, _) = try CaptionedImages.karpathy(karpathy, split: split.name, naming)
    let (listed, _) = try CaptionedImages.referenceList(list, naming)
    return problems((karpathy, try whole.references()), (list, try listed.references()))
  }

  /// Compares two files.
  static func problems(
    _ first: (path: String, references: RetrievalReferences),
    _ second: (path: String, references: RetrievalReferences)
  ) -> [Problem] {
    func problem(_ what: String, _ count: Int, _ examples: [String]) -> [Problem] {
      [
        Problem(
          code: "orders_differ",
          message:
            "\(first.path) and \(second.path) \(what): the rows of a score matrix follow the "
            + "file that its model read; keep that one",
          count: count, examples: examples)
      ]
    }
    let (left, right) = (first.references, second.references)
    guard left.images.count == right.images.count else {
      return problem(
        "have \(left.images.count) and \(right.images.count) \(left.side.rawValue)s",
        abs(left.images.count - right.images.count), [])
    }
    let moved = left.images.indices.filter { left.images[$0] != right.images[$0] }
    guard moved.isEmpty else {
      return problem(
        "have \(moved.count) \(left.side.rawValue)s in different places", moved.count,
        moved.prefix(3).map { left.images[$0].description })
    }
    let (mine, others) = (left.textsOfImage, right.textsOfImage)
    let changed = left.images.indices.filter { mine[$0].count != others[$0].count }
    guard changed.isEmpty else {
      return problem(
        "have different numbers of texts of \(changed.count) \(left.side.rawValue)s",
        changed.count, changed.prefix(3).map { left.images[$0].description })
    }
    return []
  }
}
