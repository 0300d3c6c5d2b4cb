import Records

/// Captions of VATEX clips: one object `{"<videoID>": "<caption>", …}` as the server takes it, or
/// records `{"videoID", "caption"}`, or what the reference project writes: `{"<videoID>":
/// "<caption>"}` for each clip (before its clean-up) and `{"vid", "pred_caption"}`.
enum VATEXPredictionFile {
  private static let form =
    "[{\"videoID\": \"Ptf_2VRj-V0_000122_000132\", \"caption\": \"…\"}, …], or one object "
    + "{\"Ptf_2VRj-V0_000122_000132\": \"…\", …}"

  /// Reads all captions.
  ///
  /// - Throws: `RecordError`, `JSONError`, or `DatasetError` with the record that is wrong.
  static func read(_ path: String) throws -> PredictionFile {
    let (content, file) = try SourceFile.read(path, role: "predictions") { file in
      var content = Content()
      try RecordList.forEach(in: file, of: "caption", example: form) { reader, index in
        try content.readObject(&reader, index: index)
      }
      if content.ids.isEmpty { throw DatasetError.empty(path: path, what: "caption") }
      try RecordList.refuseRepeated(
        content.ids, name: "videoID", offsets: content.offsets, in: file)
      return content
    }
    return PredictionFile(ids: content.ids, texts: content.texts, file: file)
  }

  /// One member of an object.
  private struct Member {
    let name: String
    let offset: Int
    /// The value, if it is a string.
    let text: String?
    /// The value in words.
    let found: String
  }

  /// What the objects of a file are, told from the first.
  private enum Form {
    /// All captions in one object.
    case whole
    /// An object a clip, with the id as its member's name.
    case single
    /// An object a clip, with the id and the caption as members.
    case record(id: String, text: String)
  }

  private struct Content {
    var ids: [SampleID] = []
    var texts: [String] = []
    var offsets: [Int] = []
    private var form: Form?

    mutating func readObject(_ reader: inout JSONReader, index: Int) throws {
      let start = reader.offset
      var members: [Member] = []
      try reader.readObject { key, reader in
        let before = reader
        let offset = reader.offset
        let isText = try reader.peek() == .string
        let text = isText ? try reader.readString() : nil
        if !isText { try reader.skip() }
        members.append(
          Member(
            name: key.string, offset: offset, text: text, found: isText ? "" : before.foundText()))
      }
      let form = try self.form ?? Self.form(of: members, reader)
      self.form = form
      switch form {
      case .record(let id, let text):
        try append(members, id: id, text: text, reader, index: index, at: start)
      case .whole where index > 0:
        throw reader.badRecord(
          index, "a second object follows one with many captions",
          remedy: "write \(VATEXPredictionFile.form)", at: start)
      case .single where members.count != 1:
        throw reader.badRecord(
          index, "expected one caption, found \(Self.names(members))",
          remedy: "write \(VATEXPredictionFile.form)", at: start)
      case .whole, .single:
        for member in members {
          guard let text = member.text else {
            throw reader.badRecord(
              ids.count, "the caption of \(member.name) must be a string, found \(member.found)",
              remedy: "write \(VATEXPredictionFile.form)", at: member.offset)
          }
          append(member.name, text, at: member.offset)
        }
      }
    }

    private static func form(of members: [Member], _ reader: JSONReader) throws -> Form {
      let names = Set(members.map(\.name))
      if names.contains("enCap") || names.contains("chCap") {
        throw DatasetError.wrongKind(
          path: reader.file.path, expected: "predictions", found: "an annotation file of VATEX",
          remedy: "give the file that your model wrote: \(VATEXPredictionFile.form)")
      }
      if names.contains("vid"), names.contains("pred_caption") {
        return .record(id: "vid", text: "pred_caption")
      }
      if names.contains("videoID") || names.contains("caption") {
        return .record(id: "videoID", text: "caption")
      }
      return members.count == 1 ? .single : .whole
    }

    private mutating func append(
      _ members: [Member], id idName: String, text textName: String, _ reader: JSONReader,
      index: Int, at start: Int
    ) throws {
      func text(_ name: String) throws -> String {
        let own = members.filter { $0.name == name }
        guard let member = own.first else {
          throw reader.badRecord(
            index, "\"\(name)\" is missing (it has \(Self.names(members)))",
            remedy: "write \(VATEXPredictionFile.form)", at: start)
        }
        if own.count > 1 { throw reader.repeatedMember(name, in: index) }
        guard let text = member.text else {
          throw reader.badRecord(
            index, "\"\(name)\" must be a string, found \(member.found)",
            remedy: "write \(VATEXPredictionFile.form)", at: member.offset)
        }
        return text
      }
      append(try text(idName), try text(textName), at: start)
    }

    private mutating func append(_ id: String, _ text: String, at offset: Int) {
      ids.append(.string(id))
      texts.append(text)
      offsets.append(offset)
    }

    private static func names(_ members: [Member]) -> String {
      members.isEmpty ? "nothing" : members.prefix(5).map(\.name).joined(separator: ", ")
    }
  }
}
