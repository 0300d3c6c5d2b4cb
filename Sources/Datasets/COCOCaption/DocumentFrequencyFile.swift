import Metrics
import Records

/// Document frequencies that were counted over other images than the scored ones: a published table,
/// which is a Python pickle (`coco-val-df.p`), or JSON, `{"images": 40504, "frequencies": {"a dog":
/// 7, …}}`, n-grams as tokens joined by one space.
public enum DocumentFrequencyFile {
  /// Reads a table; signatures name it by the first digits of its digest.
  ///
  /// - Throws: `RecordError`, `JSONError`, `PickleError`, `DatasetError` where a member is missing.
  public static func read(_ path: String) throws -> (DocumentFrequencies, SourceFile) {
    var images: Int?
    var counts: [(ngram: String, count: Double)] = []
    var seen: Set<[UInt8]> = []
    let (_, file) = try SourceFile.read(path, role: "document-frequencies") { file in
      if DocumentFrequencyPickle.isPickle(file) {
        let content = try DocumentFrequencyPickle.read(file)
        images = content.images
        counts = content.counts
        return
      }
      var reader = try JSONReader(file)
      try reader.readObject { key, reader in
        switch key {
        case "images":
          if images != nil { throw reader.repeatedMember(key.string, in: 0) }
          images = try reader.readInt()
        case "frequencies":
          if !counts.isEmpty { throw reader.repeatedMember(key.string, in: 0) }
          try reader.readObject { ngram, reader in
            let start = reader.offset
            let count = try reader.readDouble()
            guard count >= 0, count <= 1e15 else {
              throw reader.badRecord(
                counts.count, "\"\(ngram.string)\" occurs in \(count) images",
                remedy: "write in how many images it occurs", at: start)
            }
            let name = ngram.string
            guard seen.insert(Array(name.utf8)).inserted else {
              throw reader.repeatedMember(name, in: counts.count)
            }
            counts.append((name, count))
          }
        default: try reader.skip()
        }
      }
      try reader.finish()
    }
    guard let images, images > 0, !counts.isEmpty else {
      throw DatasetError.wrongKind(
        path: path, expected: "document frequencies",
        found: images == nil
          ? "no \"images\"" : counts.isEmpty ? "no \"frequencies\"" : "0 images",
        remedy: "the file has the form {\"images\": 40504, \"frequencies\": {\"a dog\": 7}}")
    }
    if let wrong = counts.first(where: { $0.count > Double(images) }) {
      throw DatasetError.wrongKind(
        path: path, expected: "frequencies up to the \(images) images",
        found: "\"\(wrong.ngram)\" in \(wrong.count)",
        remedy: "write in how many images each n-gram occurs")
    }
    var table = DocumentFrequencies(name: String(file.sha256.prefix(8)), imageCount: images)
    for entry in counts { table.set(entry.ngram, to: entry.count) }
    return (table, file)
  }
}
