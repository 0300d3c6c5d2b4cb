import Records

/// An annotation file of VATEX, `[{"videoID", "enCap": [ten captions], "chCap": [ten captions]}]`,
/// or the result list of the reference project, `[{"vid", "pred_caption", "gold_captoin": [ten
/// captions]}]`, which it writes under this name and reads as `gold_caption`: both are known here.
enum VATEXFile {
  private static let example =
    "[{\"videoID\": \"Ptf_2VRj-V0_000122_000132\", \"enCap\": [\"…\"]}, …]"

  /// Reads the English captions of all records, as written: double spaces and missing full stops
  /// stay. A clip that stands in several records is there as often: the reference project scores its
  /// caption against each.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(_ path: String) throws -> (CaptionReferences, SourceFile) {
    try SourceFile.read(path, role: "annotations") { file in
      var captions: [[String]] = []
      let (ids, _) = try forEachClip(in: file) { reader, index, record, start in
        guard let own = record.captions else {
          throw missingCaptions(reader, index, record, at: start)
        }
        captions.append(own)
      }
      return CaptionReferences(ids: ids, captions: captions)
    }
  }

  /// Reads the clips alone, each once.
  ///
  /// - Throws: as `read`; `DatasetError.duplicateID`.
  static func readClips(_ path: String) throws -> ([SampleID], SourceFile) {
    try SourceFile.read(path, role: "annotations") { file in
      let (ids, offsets) = try forEachClip(in: file) { _, _, _, _ in }
      try RecordList.refuseRepeated(ids, name: "videoID", offsets: offsets, in: file)
      return ids
    }
  }

  private struct Record {
    var id: String?
    var captions: [String]?
    var hasChinese = false
    var others: [String] = []
  }

  private static func forEachClip(
    in file: MappedFile,
    _ body: (_ reader: JSONReader, _ index: Int, _ record: Record, _ start: Int) throws -> Void
  ) throws -> (ids: [SampleID], offsets: [Int]) {
    var ids: [SampleID] = []
    let offsets = try RecordList.forEach(in: file, of: "clip", example: example) { reader, index in
      let start = reader.offset
      let record = try readRecord(&reader, index: index)
      guard let id = record.id else {
        throw reader.badRecord(
          index, "\"videoID\" is missing\(RecordList.has(record.others))",
          remedy: "the file has the form \(example)", at: start)
      }
      ids.append(.string(id))
      try body(reader, index, record, start)
    }
    return (ids, offsets)
  }

  private static func readRecord(_ reader: inout JSONReader, index: Int) throws -> Record {
    var record = Record()
    try reader.readObject { key, reader in
      switch key {
      case "videoID", "vid":
        if record.id != nil { throw reader.repeatedMember(key.string, in: index) }
        record.id = try reader.readString()
      case "enCap", "gold_captoin", "gold_caption":
        if record.captions != nil { throw reader.repeatedMember(key.string, in: index) }
        let start = reader.offset
        var captions: [String] = []
        try reader.readArray { captions.append(try $0.readString()) }
        if captions.isEmpty {
          throw reader.badRecord(
            index, "\"\(key.string)\" is empty", remedy: "add the clip's captions", at: start)
        }
        record.captions = captions
      case "chCap":
        record.hasChinese = true
        try reader.skip()
      default:
        if record.others.count < 5 { record.others.append(key.string) }
        try reader.skip()
      }
    }
    return record
  }

  private static func missingCaptions(
    _ reader: JSONReader, _ index: Int, _ record: Record, at start: Int
  ) -> DatasetError {
    if record.hasChinese {
      return .wrongKind(
        path: reader.file.path, expected: "English captions",
        found: "Chinese ones alone (\"chCap\", record \(index))",
        remedy: "give vatex_public_test_english_v1.1.json")
    }
    if index == 0, record.others.isEmpty {
      return .wrongKind(
        path: reader.file.path, expected: "English captions (\"enCap\")", found: "clips alone",
        remedy: "the captions of the private test are the server's: score "
          + "vatex-caption/private-test with --data to check and write a submission")
    }
    return reader.badRecord(
      index, "\"enCap\" is missing", remedy: "the file has the form \(example)", at: start)
  }
}
