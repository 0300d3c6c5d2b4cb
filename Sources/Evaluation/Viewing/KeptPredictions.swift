import Records

/// `predictions.jsonl` of a run, read line by line where it is looked at: what a model weighed and
/// what was noted, which `samples.jsonl` does not have.
struct KeptPredictions: Sendable {
  /// What a line holds beside the prediction.
  struct Line {
    var candidates: [(text: String, score: Double)] = []
    var logits: [Double] = []
    var remarks: [String] = []
  }

  private let file: MappedFile
  /// By the id as text: `"391895"` and `391895` are one.
  private let places: [SampleID: Int]

  /// The members under which official records have their ids.
  private static let idMembers: Set<String> = [
    "question_id", "image_id", "videoID", "sent_id", "id", "identifier", "image",
  ]

  /// Notes where the lines are.
  ///
  /// - Throws: `RecordError`, `JSONError` for a line that is no object or has no id.
  init(_ path: String) throws {
    file = try MappedFile(path)
    var places: [SampleID: Int] = [:]
    try forEachRecord(in: file) { reader, _ in
      let start = reader.offset
      var id: SampleID?
      try reader.readObject { key, reader in
        if id == nil, Self.idMembers.contains(key.string) {
          id = try reader.readID()
        } else {
          try reader.skip()
        }
      }
      guard let id else { throw reader.error("the prediction has no id", at: start) }
      places[Self.key(id)] = start
    }
    self.places = places
  }

  private static func key(_ id: SampleID) -> SampleID { .string(id.description) }

  /// Reads the line of a sample; an empty one where there is none.
  ///
  /// - Throws: `JSONError`.
  func line(of id: SampleID) throws -> Line {
    var line = Line()
    guard let place = places[Self.key(id)] else { return line }
    var reader = JSONReader(file, at: place)
    try reader.readObject { key, reader in
      switch key {
      case "candidates":
        try reader.readArray { reader in
          if let candidate = Self.candidate(try reader.readValue()) {
            line.candidates.append(candidate)
          }
        }
      case "logits": line.logits = try reader.readValue().array?.compactMap(\.double) ?? []
      case "remarks":
        line.remarks = try reader.readValue().array?.compactMap(\.string) ?? []
      default: try reader.skip()
      }
    }
    return line
  }

  /// The scored texts of an image's or a clip's line.
  ///
  /// - Throws: `JSONError`.
  func pairs(of image: SampleID) throws -> ScoredTexts? {
    guard let place = places[Self.key(image)] else { return nil }
    var reader = JSONReader(file, at: place)
    var texts: [Int] = []
    var scores: [Double] = []
    var lists: [UInt8] = []
    try reader.readObject { key, reader in
      switch key {
      case "texts": try reader.readArray { texts.append(try $0.readInt()) }
      case "scores": try reader.readArray { scores.append(try $0.readDouble()) }
      case "lists": lists = Array(try reader.readString().utf8)
      default: try reader.skip()
      }
    }
    guard texts.count == scores.count, lists.isEmpty || lists.count == texts.count else {
      return nil
    }
    return ScoredTexts(texts: texts, scores: scores, lists: lists)
  }

  /// A text and its score: `{"answer": "red", "score": -0.5}`, the text under any name.
  private static func candidate(_ value: JSONValue) -> (text: String, score: Double)? {
    guard let object = value.object, let score = value["score"]?.double,
      let text = object.members.lazy.compactMap(\.value.string).first
    else { return nil }
    return (text, score)
  }
}

/// The texts that were scored with one image or clip.
struct ScoredTexts: Sendable {
  /// Ascending.
  let texts: [Int]
  /// One of each.
  let scores: [Double]
  /// `v`, `t` or `b` of each; empty where all count both ways.
  let lists: [UInt8]

  /// What a pair has that is on no shortlist.
  static let unscored = -100.0

  /// The score of a text as the query's direction has it.
  ///
  /// - Parameter isText: Whether the text is the query.
  func score(of text: Int, isText: Bool) -> Double {
    var (low, high) = (0, texts.count)
    while low < high {
      let middle = (low + high) / 2
      if texts[middle] < text { low = middle + 1 } else { high = middle }
    }
    guard low < texts.count, texts[low] == text else { return Self.unscored }
    let other = UInt8(ascii: isText ? "v" : "t")
    return lists.isEmpty || lists[low] != other ? scores[low] : Self.unscored
  }
}
