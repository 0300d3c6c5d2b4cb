import Metrics
import Records

/// Rankings as predictions: `[{"query": 391895, "ranking": ["text:0", 17, …]}, …]`, a list or JSON
/// Lines. What the query is decides the direction; `RankingIDs` says how images and texts are called.
struct RankingFile {
  /// Ranks of images that look for texts; nil where the file has none.
  let ofImages: QueryRanks?
  /// Ranks of texts that look for images.
  let ofTexts: QueryRanks?
  /// Queries without a right candidate in their ranking.
  let problems: [Problem]

  static let example = "[{\"query\": 391895, \"ranking\": [\"text:0\", \"text:17\", …]}, …]"

  /// How an id of a wrong form is mended.
  static let idRemedy = "write ids as the annotation file has them, texts as text:N"

  /// Reads a file twice, first its queries: a ranking is never in memory as a whole.
  ///
  /// - Parameter best: How many of each query's candidates are kept.
  /// - Throws: `JSONError`, `DatasetError` with the record that is wrong.
  init(_ file: MappedFile, _ references: RetrievalReferences, best: Int) throws {
    let ids = RankingIDs(references)
    var names: [SampleID] = []
    let offsets = try RecordList.forEach(in: file, of: "ranking", example: Self.example) {
      reader, index in
      names.append(try Self.readQuery(&reader, index))
    }
    let meaning = RankingQueries(ids, all: names)
    let queries = names.compactMap(meaning.query)
    guard queries.count == names.count else {
      let unknown = names.filter { meaning.query($0) == nil }
      throw DatasetError.unknownIDs(
        path: file.path, what: "queries", first: unknown.prefix(3).map(\.description),
        count: unknown.count,
        remedy: "a query is an image by its id or file name, or a text by its number from 0; write "
          + "image:N or text:N where a number could be both")
    }
    try RecordList.refuseRepeated(
      queries.map { SampleID.string(Self.label($0, references)) }, name: "query",
      offsets: offsets, in: file)

    var found = [Found](repeating: Found(), count: queries.count)
    var seen = SeenCandidates(
      images: references.images.count, texts: references.texts.count, best: best)
    try RecordList.forEach(in: file, of: "ranking", example: Self.example) { reader, index in
      found[index] = try seen.readRanking(
        &reader, index, of: queries[index], ids, references.imageOfText)
    }
    var (images, texts): ([(Int, Found)], [(Int, Found)]) = ([], [])
    for (query, found) in zip(queries, found) {
      switch query {
      case .image(let image): images.append((image, found))
      case .text(let text): texts.append((text, found))
      }
    }
    ofImages = Self.ranks(images)
    ofTexts = Self.ranks(texts)
    problems = Self.problems(queries, found, references)
  }

  /// What a ranking holds of interest.
  struct Found {
    var rank: Int?
    var best: [Int] = []
  }

  private static func ranks(_ found: [(query: Int, found: Found)]) -> QueryRanks? {
    guard !found.isEmpty else { return nil }
    let sorted = found.sorted { $0.query < $1.query }
    return QueryRanks(
      queries: sorted.map(\.query), ranks: sorted.map(\.found.rank), best: sorted.map(\.found.best))
  }

  private static func label(_ query: RankingQuery, _ references: RetrievalReferences) -> String {
    switch query {
    case .image(let image): references.query(image: image).description
    case .text(let text): references.query(text: text).description
    }
  }

  private static func problems(
    _ queries: [RankingQuery], _ found: [Found], _ references: RetrievalReferences
  ) -> [Problem] {
    let unranked = zip(queries, found).filter { $0.1.rank == nil }
    guard !unranked.isEmpty else { return [] }
    return [
      Problem(
        code: "unranked",
        message: "\(unranked.count) of \(queries.count) rankings hold no right candidate; they "
          + "count as misses at any K",
        count: unranked.count, examples: unranked.prefix(3).map { label($0.0, references) })
    ]
  }

  private static func readQuery(_ reader: inout JSONReader, _ index: Int) throws -> SampleID {
    let start = reader.offset
    var query: SampleID?
    var hasRanking = false
    var others: [String] = []
    try reader.readObject { key, reader in
      switch key {
      case "query":
        if query != nil { throw reader.repeatedMember("query", in: index) }
        query = try reader.readID("\"query\"", .either, index: index, remedy: idRemedy)
      case "ranking":
        if hasRanking { throw reader.repeatedMember("ranking", in: index) }
        hasRanking = true
        guard try reader.peek() == .array else {
          throw reader.badRecord(
            index, "\"ranking\" must be a list of ids, found \(reader.foundText())",
            remedy: "each record has the form \(example)")
        }
        try reader.skip()
      default:
        others.append(key.string)
        try reader.skip()
      }
    }
    guard let query, hasRanking else {
      let missing = query == nil ? "query" : "ranking"
      throw reader.badRecord(
        index, "\"\(missing)\" is missing\(RecordList.has(others))",
        remedy: "each record has the form \(example)", at: start)
    }
    return query
  }
}
