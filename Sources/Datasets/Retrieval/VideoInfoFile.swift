import OrderedCollections
import Records

/// MSR-VTT's official file: `{"videos": [{"video_id"}], "sentences": [{"video_id", "caption"}]}`.
enum VideoInfoFile {
  /// The official files by how many clips they have.
  static let protocols = [
    10000: "the whole of MSR-VTT, MSRVTT_data.json",
    7010: "train_val_videodatainfo.json, the training and validation clips",
    2990: "test_videodatainfo.json, the test clips of the full protocol (2,990 clips with 20 "
      + "captions each)",
  ]

  /// The error for a file whose clips are not those of 1k-A.
  static func otherProtocol(_ path: String, clips: Int) -> DatasetError {
    .wrongKind(
      path: path, expected: "the 1,000 clips of the protocol 1k-A with one caption each",
      found: "\(clips) clips" + (protocols[clips].map { ": this is \($0)" } ?? ""),
      remedy: "add MSRVTT_JSFUSION_test.csv, which lists them with their captions; numbers of "
        + "another protocol are not comparable")
  }

  /// Reads all clips in the order of `videos`, or the wanted ones in theirs.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(_ path: String, keeping wanted: [SampleID]?) throws -> ClipList {
    let (content, file) = try SourceFile.read(path, role: "annotations") { file in
      var reader = try JSONReader(file)
      var videos: OrderedSet<SampleID> = []
      var captions: [SampleID: [String]] = [:]
      var (hasVideos, hasSentences) = (false, false)
      let kept = wanted.map { Set($0) }
      try reader.readObject { key, reader in
        switch key {
        case "videos":
          hasVideos = true
          try readRecords(&reader, ["video_id"]) { reader, index, fields in
            guard videos.append(.string(fields[0])).inserted else {
              throw reader.badRecord(
                index, "the clip \(fields[0]) occurs twice", remedy: "keep one of them")
            }
          }
        case "sentences":
          hasSentences = true
          try readRecords(&reader, ["video_id", "caption"]) { _, _, fields in
            let id = SampleID.string(fields[0])
            if kept?.contains(id) ?? true { captions[id, default: []].append(fields[1]) }
          }
        default: try reader.skip()
        }
      }
      try reader.finish()
      guard hasVideos, hasSentences else {
        throw DatasetError.wrongKind(
          path: path, expected: "MSR-VTT's videodatainfo",
          found: "no \"\(hasVideos ? "sentences" : "videos")\"",
          remedy: "give test_videodatainfo.json or MSRVTT_data.json")
      }
      let ids = wanted ?? Array(videos)
      if ids.isEmpty { throw DatasetError.empty(path: path, what: "clip") }
      let bare = ids.filter { captions[$0] == nil || !videos.contains($0) }
      guard bare.isEmpty else {
        throw DatasetError.wrongKind(
          path: path, expected: "captions of \(ids.count) clips",
          found: "none of \(bare.count) of them (first: \(bare[0]))",
          remedy: "take the file that has these clips: test_videodatainfo.json has video7010 to "
            + "video9999, train_val_videodatainfo.json the others, MSRVTT_data.json all")
      }
      return (ids: ids, captions: ids.map { captions[$0] ?? [] })
    }
    return ClipList(ids: content.ids, captions: content.captions, names: nil, file: file)
  }

  /// Reads a list of objects and hands over the strings of some members.
  private static func readRecords(
    _ reader: inout JSONReader, _ names: [String],
    _ body: (_ reader: JSONReader, _ index: Int, _ fields: [String]) throws -> Void
  ) throws {
    var index = 0
    try reader.readArray { reader in
      defer { index += 1 }
      let start = reader.offset
      var fields = [String?](repeating: nil, count: names.count)
      try reader.readObject { key, reader in
        let name = key.string
        guard let field = names.firstIndex(of: name) else { return try reader.skip() }
        try reader.refuseSecond(fields[field], key, in: index)
        fields[field] = try reader.readString()
      }
      let found = fields.compactMap(\.self)
      guard found.count == names.count else {
        let missing = zip(names, fields).first { $0.1 == nil }?.0 ?? ""
        throw reader.badRecord(
          index, "\"\(missing)\" is missing", remedy: "the file is not as published", at: start)
      }
      try body(reader, index, found)
    }
  }
}
