import Records

/// `samples.jsonl` of a run folder, read back: what each sample got, as columns of numbers.
///
/// Predictions are passed over. A score that some lines lack concerns only the samples that have it.
package struct StoredSamples: Sendable {
  /// The file's path.
  package let path: String
  /// The samples' ids in the order of the file.
  package private(set) var ids: [SampleID] = []
  /// What is resampled as a whole, such as the image of each question.
  package private(set) var clusters: [SampleID] = []
  /// Of each sample, how many records of its id come before it in the references: 0 but where data
  /// sets repeat an id.
  package private(set) var repeats: [Int] = []

  private var places: [Key: Int] = [:]

  private struct Key: Hashable {
    let id: SampleID
    let earlier: Int
  }

  private var scores = NumberColumns()
  private var statistics = NumberColumns()

  /// Reads a file.
  ///
  /// - Throws: `RecordError` if it is missing or cannot be read, `JSONError` with the line for what
  ///   `SampleLines` does not write.
  package init(_ path: String) throws {
    self.path = path
    let file: MappedFile
    do {
      file = try MappedFile(path, sequential: true)
    } catch RecordError.missingFile {
      throw RecordError.missingFile(
        path: path,
        remedy: "without it runs cannot be paired; score the predictions again with --output")
    }
    try forEachRecord(in: file) { reader, line in
      try readSample(&reader, line)
    }
    scores.pad(to: ids.count)
    statistics.pad(to: ids.count)
  }

  /// How many samples there are.
  package var count: Int { ids.count }

  /// Where the sample stands that another run has under an id; nil if it is not there.
  package func place(of id: SampleID, repeat earlier: Int = 0) -> Int? {
    places[Key(id: id, earlier: earlier)]
  }

  /// The values of a score, one a sample, not a number where a sample has none; nil if no sample
  /// has one.
  package func scores(named name: String) -> [Double]? { scores[name]?.values }

  /// The rows that a metric adds up, one after the other, and their width; nil if there are none.
  package func statistics(named name: String) -> (width: Int, rows: [Double])? {
    statistics[name].map { ($0.width, $0.values) }
  }

  private mutating func readSample(_ reader: inout JSONReader, _ line: Int) throws {
    let start = reader.offset
    var id: SampleID?
    var cluster: SampleID?
    var earlier = 0
    var hasScores = false
    try reader.readObject { key, reader in
      let place = reader.offset
      switch key {
      case "id":
        guard id == nil else { throw reader.error("the sample has a second id", at: place) }
        id = try reader.readID()
      case "cluster": cluster = try reader.readID()
      case "repeat": earlier = try reader.readInt()
      case "scores":
        hasScores = true
        try scores.readMembers(&reader, line: line) { numbers, reader in
          numbers.append(try reader.readDouble())
        }
      case "statistics":
        try statistics.readMembers(&reader, line: line) { numbers, reader in
          try reader.readArray { numbers.append(try $0.readDouble()) }
        }
      default: try reader.skip()
      }
    }
    guard let id else { throw reader.error("the sample has no \"id\"", at: start) }
    guard let cluster else { throw reader.error("the sample has no \"cluster\"", at: start) }
    guard hasScores else { throw reader.error("the sample has no \"scores\"", at: start) }
    guard places.updateValue(line, forKey: Key(id: id, earlier: earlier)) == nil else {
      throw reader.error("the sample \(id) stands twice", at: start)
    }
    ids.append(id)
    repeats.append(earlier)
    clusters.append(cluster)
  }
}

/// Numbers by name, as many a line as the name's width; lines that lack a name have none.
private struct NumberColumns: Sendable {
  struct Column: Sendable {
    let name: [UInt8]
    let width: Int
    var values: [Double]
  }

  private var columns: [Column] = []

  subscript(name: String) -> Column? {
    columns.first { $0.name.elementsEqual(name.utf8) }
  }

  /// Reads an object of one line whose members `read` appends to the numbers it is given.
  mutating func readMembers(
    _ reader: inout JSONReader, line: Int,
    _ read: (_ numbers: inout [Double], _ reader: inout JSONReader) throws -> Void
  ) throws {
    var next = 0
    try reader.readObject { key, reader in
      let start = reader.offset
      // Lines have their members in one order, nearly always.
      let known =
        columns.indices.contains(next) && columns[next].name.elementsEqual(key.bytes)
        ? next : columns.firstIndex { $0.name.elementsEqual(key.bytes) }
      guard let place = known else {
        var values: [Double] = []
        try read(&values, &reader)
        let width = values.count
        guard width > 0 else { throw reader.error("expected numbers, found none", at: start) }
        columns.append(
          Column(
            name: Array(key.bytes), width: width,
            values: Array(repeating: .nan, count: line * width) + values))
        next = columns.count
        return
      }
      let width = columns[place].width
      guard columns[place].values.count <= line * width else {
        throw reader.error("\"\(key.string)\" stands twice in a sample", at: start)
      }
      columns[place].pad(to: line)
      try read(&columns[place].values, &reader)
      guard columns[place].values.count == (line + 1) * width else {
        throw reader.error(
          "expected \(width) numbers in \"\(key.string)\", as in the lines before, found "
            + "\(columns[place].values.count - line * width)", at: start)
      }
      next = place + 1
    }
  }

  /// Fills the lines that lack a name.
  mutating func pad(to lines: Int) {
    for place in columns.indices { columns[place].pad(to: lines) }
  }
}

extension NumberColumns.Column {
  fileprivate mutating func pad(to lines: Int) {
    let missing = lines * width - values.count
    if missing > 0 { values.append(contentsOf: repeatElement(.nan, count: missing)) }
  }
}
