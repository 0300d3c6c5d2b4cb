import Records

/// Reads rankings one after the other and notices a candidate that stands twice.
struct SeenCandidates {
  /// For each candidate the last record that held it.
  private var images: [Int32]
  private var texts: [Int32]
  private let best: Int

  init(images: Int, texts: Int, best: Int) {
    self.images = Array(repeating: -1, count: images)
    self.texts = Array(repeating: -1, count: texts)
    self.best = best
  }

  mutating func readRanking(
    _ reader: inout JSONReader, _ index: Int, of query: RankingQuery, _ ids: RankingIDs,
    _ imageOfText: [Int]
  ) throws -> RankingFile.Found {
    var found = RankingFile.Found()
    var place = 0
    try reader.readObject { key, reader in
      guard case "ranking" = key else { return try reader.skip() }
      try reader.readArray { reader in
        let start = reader.offset
        let name = try reader.readID(
          "a candidate", .either, index: index, remedy: RankingFile.idRemedy)
        let candidate: Int?
        let isRight: Bool
        switch query {
        case .image(let image):
          candidate = ids.text(name)
          isRight = candidate.map { imageOfText[$0] == image } ?? false
        case .text(let text):
          candidate = ids.image(name)
          isRight = candidate == imageOfText[text]
        }
        guard let candidate else {
          throw reader.badRecord(
            index, "the candidate \(name) is not in the reference set", remedy: query.hint,
            at: start)
        }
        guard mark(candidate, of: query, record: Int32(truncatingIfNeeded: index)) else {
          throw reader.badRecord(
            index, "the candidate \(name) stands twice in one ranking", remedy: "keep the first",
            at: start)
        }
        if isRight, found.rank == nil { found.rank = place }
        if place < best { found.best.append(candidate) }
        place += 1
      }
    }
    return found
  }

  /// False where the record has the candidate already.
  private mutating func mark(_ candidate: Int, of query: RankingQuery, record: Int32) -> Bool {
    switch query {
    case .image:
      if texts[candidate] == record { return false }
      texts[candidate] = record
    case .text:
      if images[candidate] == record { return false }
      images[candidate] = record
    }
    return true
  }
}

extension RankingQuery {
  /// What candidates look like.
  fileprivate var hint: String {
    switch self {
    case .image: "an image ranks texts: write them as text:N, with N from 0 in the file's order"
    case .text: "a text ranks images: write their ids or file names"
    }
  }
}
