import Metrics
import Records

/// Scored pairs as predictions, as a run writes them: a list or JSON Lines, a record an image or a
/// clip, with the texts that were scored with it, ascending, by their numbers from 0, and a letter for
/// each: `v` if the text is on the image's shortlist, `t` if the image is on the text's, `b` for both,
/// which is also what no letters mean. All other pairs have the score −100.
struct ScoredPairFile {
  /// The ranks of the images of the file and of their texts.
  let ranks: RetrievalRanks

  static let example =
    "{\"image\": 391895, \"texts\": [0, 17, …], \"scores\": [2.5, -0.25, …], \"lists\": \"bv…\"}"

  private static let remedy = "each record has the form \(example)"

  /// Whether a file is of this form by the members of its first record.
  static func begins(_ file: MappedFile) -> Bool {
    struct Seen: Error {}
    var (hasPairs, hasRanking) = (false, false)
    do {
      try forEachRecord(in: file) { reader, _ in
        try reader.readObject { key, reader in
          switch key {
          case "texts", "scores", "lists": hasPairs = true
          case "query", "ranking": hasRanking = true
          default: break
          }
          try reader.skip()
        }
        throw Seen()
      }
    } catch {
      // Either the first record has been seen, or whoever reads the file says what is wrong.
    }
    return hasPairs && !hasRanking
  }

  /// Reads a file once, record by record: no matrix is ever in memory.
  ///
  /// - Parameter best: How many of each query's candidates are kept.
  /// - Throws: `JSONError`, `DatasetError` with the record that is wrong.
  init(_ file: MappedFile, _ references: RetrievalReferences, best: Int) throws {
    let ids = RankingIDs(references)
    let scored = ScoredPairs(truth: references.truth, best: best)
    var isThere = [Bool](repeating: false, count: references.images.count)
    var names: [SampleID] = []
    var unknown: [SampleID] = []
    let offsets = try RecordList.forEach(in: file, of: "scored image", example: Self.example) {
      reader, index in
      let (name, pairs) = try Self.readRecord(&reader, index, texts: references.texts.count)
      guard let image = ids.image(name) else {
        names.append(name)
        return unknown.append(name)
      }
      names.append(references.images[image])
      // One that stands twice is refused below.
      guard !isThere[image] else { return }
      isThere[image] = true
      scored.add(image: image, pairs)
    }
    guard unknown.isEmpty else {
      throw DatasetError.unknownIDs(
        path: file.path, what: "\(references.side.rawValue)s",
        first: unknown.prefix(3).map(\.description), count: unknown.count,
        remedy: "write ids as the annotation file has them")
    }
    try RecordList.refuseRepeated(names, name: "image", offsets: offsets, in: file)
    ranks = scored.ranks(side: references.side)
  }

  private static func readRecord(
    _ reader: inout JSONReader, _ index: Int, texts count: Int
  ) throws -> (SampleID, [ScoredPairs.Pair]) {
    let start = reader.offset
    var name: SampleID?
    var texts: [Int]?
    var scores: [Float]?
    var lists: [ScoredPairs.Lists]?
    var others: [String] = []
    try reader.readObject { key, reader in
      switch key {
      case "image":
        try reader.refuseSecond(name, key, in: index)
        name = try reader.readID("\"image\"", .either, index: index)
      case "texts":
        try reader.refuseSecond(texts, key, in: index)
        texts = try readTexts(&reader, index, count)
      case "scores":
        try reader.refuseSecond(scores, key, in: index)
        scores = try readScores(&reader, index)
      case "lists":
        try reader.refuseSecond(lists, key, in: index)
        lists = try readLists(&reader, index)
      default:
        others.append(key.string)
        try reader.skip()
      }
    }
    guard let name, let texts, let scores else {
      let missing = name == nil ? "image" : texts == nil ? "texts" : "scores"
      throw reader.badRecord(
        index, "\"\(missing)\" is missing\(RecordList.has(others))", remedy: remedy, at: start)
    }
    guard texts.count == scores.count, lists == nil || lists?.count == texts.count else {
      let letters = lists.map { " and \($0.count) \"lists\"" } ?? ""
      throw reader.badRecord(
        index, "\(texts.count) \"texts\", \(scores.count) \"scores\"\(letters)",
        remedy: "each text has one score and one letter", at: start)
    }
    return (
      name,
      texts.indices.map { place in
        ScoredPairs.Pair(
          text: texts[place], score: scores[place], lists: lists?[place] ?? .both)
      }
    )
  }

  private static func readTexts(
    _ reader: inout JSONReader, _ index: Int, _ count: Int
  ) throws -> [Int] {
    guard try reader.peek() == .array else { throw reader.notAList("texts", index) }
    var texts: [Int] = []
    try reader.readArray { reader in
      let before = reader
      let text = try reader.readInt()
      guard (0..<count).contains(text) else {
        throw before.badRecord(
          index, "there is no text \(text): the set has the texts 0 to \(count - 1)",
          remedy: "number the texts from 0 in the order of the annotation file")
      }
      if let last = texts.last, last >= text {
        throw before.badRecord(
          index, "the text \(text) stands behind \(last)",
          remedy: "write each text once, in ascending order")
      }
      texts.append(text)
    }
    return texts
  }

  private static func readScores(_ reader: inout JSONReader, _ index: Int) throws -> [Float] {
    guard try reader.peek() == .array else { throw reader.notAList("scores", index) }
    var scores: [Float] = []
    try reader.readArray { reader in
      let before = reader
      guard try reader.peek() == .number else {
        throw reader.badRecord(
          index, "a score must be a number, found \(reader.foundText())",
          remedy: "leave out the pair where there is none")
      }
      let score = Float(try reader.readDouble())
      guard score.isFinite else {
        throw before.badRecord(
          index, "\(before.foundText()) is too large for a float32 score",
          remedy: "a score that is no number has no rank: correct the model's output")
      }
      scores.append(score)
    }
    return scores
  }

  private static func readLists(
    _ reader: inout JSONReader, _ index: Int
  ) throws -> [ScoredPairs.Lists] {
    let before = reader
    let text = try reader.peek() == .string ? try reader.readString() : "?"
    let lists = text.utf8.compactMap { ScoredPairs.Lists(rawValue: $0) }
    guard lists.count == text.utf8.count else {
      throw before.badRecord(
        index, "\"lists\" must be letters v, t or b, found \(before.foundText())",
        remedy: "write one letter for each text: v, t, or b for both")
    }
    return lists
  }
}

extension JSONReader {
  fileprivate func notAList(_ member: String, _ index: Int) -> DatasetError {
    badRecord(
      index, "\"\(member)\" must be a list, found \(foundText())",
      remedy: "each record has the form \(ScoredPairFile.example)")
  }
}
