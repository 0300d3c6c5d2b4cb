import Records

/// A list of images or clips, one a line: `1007129816.jpg`, `1007129816`, `video7010`.
enum IDList {
  /// The ids in the order of the file; a file name's ending is dropped, and a header `video_id`.
  ///
  /// - Throws: `RecordError` if it cannot be opened, `DatasetError` for a line with more than an id,
  ///   an id that stands twice, and an empty list.
  static func read(_ path: String) throws -> (ids: [SampleID], file: SourceFile) {
    let (ids, file) = try SourceFile.read(path, role: "images") { file in
      var reader = try CSVReader(file)
      var lines: [SampleID: Int] = [:]
      var ids: [SampleID] = []
      while let record = try reader.next() {
        let text = record.fields[0].trimmingSpaces
        guard record.fields.count == 1, !text.isEmpty, !text.utf8.contains(where: { $0 <= 0x20 })
        else {
          throw DatasetError.badRecord(
            path: path, line: record.line, column: 1, reason: "expected an id and nothing else",
            remedy: "lines look like 1007129816.jpg or video7010")
        }
        if ids.isEmpty, text == "video_id" { continue }
        let id = SampleID.string(String(text.split(separator: ".").first ?? ""))
        if let first = lines.updateValue(record.line, forKey: id) {
          throw DatasetError.badRecord(
            path: path, line: record.line, column: 1,
            reason: "\(id) occurs twice, on lines \(first) and \(record.line)",
            remedy: "keep one of them")
        }
        ids.append(id)
      }
      if ids.isEmpty { throw DatasetError.empty(path: path, what: "image") }
      return ids
    }
    return (ids, file)
  }
}

extension String {
  /// Without spaces and tabs at both ends.
  var trimmingSpaces: String {
    let bytes = utf8.drop { $0 == 0x20 || $0 == 0x09 }
    return String(
      decoding: bytes.reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed(), as: UTF8.self)
  }
}
