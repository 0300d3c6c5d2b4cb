import Metrics
import Records

/// Two files of one split must have the same images and texts in the same order: rows and columns of
/// a score matrix follow it.
enum OrderAudit {
  /// Compares two files, if both are there.
  static func problems(
    _ first: (path: String, references: RetrievalReferences)?,
    _ second: (path: String, references: RetrievalReferences)?
  ) -> [Problem] {
    guard let first, let second else { return [] }
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

extension ReferenceSet {
  /// The references of a retrieval set with the file that defines their order.
  var ordered: (path: String, references: RetrievalReferences)? {
    guard case .retrieval(let references) = content, let file = files.first else { return nil }
    return (file.path, references)
  }
}
