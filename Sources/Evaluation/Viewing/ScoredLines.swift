import Records

/// `samples.jsonl` of a run, read line by line where it is looked at: only ids and the places of the
/// lines stay in memory.
struct ScoredLines: Sendable {
  /// What a line holds.
  struct Line {
    var id: SampleID
    var prediction: SamplePrediction
    var scores: [(name: String, value: Double)] = []
    var statistics: [(name: String, values: [Double])] = []
  }

  private let file: MappedFile
  private let isRetrieval: Bool
  /// The ids in the order of the file.
  private(set) var ids: [SampleID] = []
  /// How many samples of the same id stand before each: more than 0 only where data sets repeat one.
  private(set) var repeats: [Int] = []
  private var offsets: [Int] = []

  /// Notes where the lines are.
  ///
  /// - Parameter isRetrieval: Whether predictions in brackets are ids, not a box.
  /// - Throws: `RecordError` if the file is missing or cannot be read, `JSONError` with the line that
  ///   is no sample.
  init(_ path: String, isRetrieval: Bool) throws {
    do {
      file = try MappedFile(path)
    } catch RecordError.missingFile {
      throw RecordError.missingFile(
        path: path,
        remedy: "the run has no samples to look at; score the predictions again with --output")
    }
    self.isRetrieval = isRetrieval
    var ids: [SampleID] = []
    var repeats: [Int] = []
    var offsets: [Int] = []
    try forEachRecord(in: file) { reader, _ in
      let start = reader.offset
      var id: SampleID?
      var earlier = 0
      try reader.readObject { key, reader in
        switch key {
        case "id": id = try reader.readID()
        case "repeat": earlier = try reader.readInt()
        default: try reader.skip()
        }
      }
      guard let id else { throw reader.error("the sample has no \"id\"", at: start) }
      ids.append(id)
      repeats.append(earlier)
      offsets.append(start)
    }
    self.ids = ids
    self.repeats = repeats
    self.offsets = offsets
  }

  /// How many samples there are.
  var count: Int { ids.count }

  /// The file's path.
  var path: String { file.path }

  /// Reads one line.
  ///
  /// - Throws: `JSONError` for what `SampleLines` does not write.
  subscript(place: Int) -> Line {
    get throws {
      var reader = JSONReader(file, at: offsets[place])
      var line = Line(id: ids[place], prediction: .text(""))
      let isRetrieval = isRetrieval
      try reader.readObject { key, reader in
        switch key {
        case "prediction":
          line.prediction = try Self.readPrediction(&reader, isRanking: isRetrieval)
        case "scores":
          try reader.readObject { key, reader in
            line.scores.append((key.string, try reader.readDouble()))
          }
        case "statistics":
          try reader.readObject { key, reader in
            var values: [Double] = []
            try reader.readArray { values.append(try $0.readDouble()) }
            line.statistics.append((key.string, values))
          }
        default: try reader.skip()
        }
      }
      return line
    }
  }

  private static func readPrediction(
    _ reader: inout JSONReader, isRanking: Bool
  ) throws -> SamplePrediction {
    guard try reader.peek() == .array else { return .text(try reader.readString()) }
    if isRanking {
      var ids: [SampleID] = []
      try reader.readArray { ids.append(try $0.readID()) }
      return .ranking(ids)
    }
    var numbers: [Double] = []
    try reader.readArray { numbers.append(try $0.readDouble()) }
    return .numbers(numbers)
  }
}
