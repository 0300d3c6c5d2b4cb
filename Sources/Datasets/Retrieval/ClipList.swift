import Records

/// Clips in the order of a list, with their captions where it has some.
struct ClipList {
  let ids: [SampleID]
  /// The captions of each clip; nil where the list names clips alone.
  let captions: [[String]]?
  /// The list's names of the captions, such as `ret0`; nil where it has none.
  let names: [String]?
  let file: SourceFile
}

extension ClipList {
  /// Reads `MSRVTT_JSFUSION_test.csv`, header `key,vid_key,video_id,sentence`; a list without
  /// `sentence` names clips alone, and one without header too.
  ///
  /// - Throws: `RecordError`, `CSVError`, `DatasetError` with the line that is wrong.
  static func readTable(_ path: String) throws -> ClipList {
    let (rows, file) = try SourceFile.read(path, role: "list") { file in
      var reader = try CSVReader(file)
      guard let header = try reader.next() else {
        throw DatasetError.empty(path: path, what: "clip")
      }
      var columns: [String: Int] = [:]
      for (column, name) in header.fields.enumerated() { columns[name.trimmingSpaces] = column }
      guard header.fields.count > 1, let clip = columns["video_id"],
        let sentence = columns["sentence"]
      else { return nil as Rows? }
      var rows = Rows()
      while let record = try reader.next() {
        guard record.fields.count == header.fields.count else {
          throw DatasetError.badRecord(
            path: path, line: record.line, column: 1,
            reason: "expected \(header.fields.count) fields, found \(record.fields.count)",
            remedy: "enclose a sentence with a comma in quotes")
        }
        try rows.append(
          clip: record.fields[clip], caption: record.fields[sentence],
          name: columns["key"].map { record.fields[$0] }, line: record.line, path: path)
      }
      if rows.ids.isEmpty { throw DatasetError.empty(path: path, what: "clip") }
      return rows
    }
    guard let rows else {
      let list = try IDList.read(path)
      return ClipList(ids: list.ids, captions: nil, names: nil, file: list.file)
    }
    return ClipList(rows, file)
  }

  /// Reads the reference project's list: `{"clip_name": "video9770", "caption": "…"}` a line.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func readLines(_ path: String) throws -> ClipList {
    let (rows, file) = try SourceFile.read(path, role: "list") { file in
      var rows = Rows()
      let example = "{\"clip_name\": \"video9770\", \"caption\": \"…\"}"
      try RecordList.forEach(in: file, of: "clip", example: example) { reader, index in
        let start = reader.offset
        var (clip, caption, name): (String?, String?, String?)
        try reader.readObject { key, reader in
          switch key {
          case "clip_name":
            try reader.refuseSecond(clip, key, in: index)
            clip = try reader.readString()
          case "caption":
            try reader.refuseSecond(caption, key, in: index)
            caption = try reader.readString()
          case "retrieval_key":
            try reader.refuseSecond(name, key, in: index)
            name = try reader.readString()
          default: try reader.skip()
          }
        }
        guard let clip, let caption else {
          throw reader.badRecord(
            index, "\"\(clip == nil ? "clip_name" : "caption")\" is missing",
            remedy: "each record has the form \(example)", at: start)
        }
        try rows.append(
          clip: clip, caption: caption, name: name, line: reader.place(at: start).line, path: path)
      }
      return rows
    }
    return ClipList(rows, file)
  }

  private init(_ rows: Rows, _ file: SourceFile) {
    ids = rows.ids
    captions = rows.captions.map { [$0] }
    names = rows.names.contains(nil) ? nil : rows.names.compactMap(\.self)
    self.file = file
  }

  private struct Rows {
    var ids: [SampleID] = []
    var captions: [String] = []
    var names: [String?] = []
    private var lines: [SampleID: Int] = [:]

    /// One caption a clip is what 1k-A is: a second one would make another protocol of it.
    mutating func append(
      clip: String, caption: String, name: String?, line: Int, path: String
    ) throws {
      func error(_ reason: String, _ remedy: String) -> DatasetError {
        .badRecord(path: path, line: line, column: 1, reason: reason, remedy: remedy)
      }
      guard !clip.isEmpty else {
        throw error("the clip has no name", "write its video_id, such as video9770")
      }
      let id = SampleID.string(clip)
      if let first = lines.updateValue(line, forKey: id) {
        throw error("\(clip) occurs twice, on lines \(first) and \(line)", "keep one of them")
      }
      ids.append(id)
      captions.append(caption)
      names.append(name)
    }
  }
}
