import Records

/// `youtube_mapping.txt` of MSVD: lines `-4wsuPCjDBc_5_15 vid1`, which give the clip of each number.
struct YouTubeMapping {
  /// The file.
  let file: SourceFile
  private let path: String
  private let clips: [Int: String]
  private let numbers: [String: Int]

  /// Reads all lines; blank ones are passed over.
  ///
  /// - Throws: `RecordError` if it cannot be opened, `DatasetError.badRecord` for another line and
  ///   for a number or a clip that stands twice.
  init(at path: String) throws {
    self.path = path
    let (lines, file) = try SourceFile.read(path, role: "mapping") { try Self.read($0, path) }
    (clips, numbers) = lines
    self.file = file
  }

  private static func read(
    _ file: MappedFile, _ path: String
  ) throws -> (clips: [Int: String], numbers: [String: Int]) {
    var clips: [Int: String] = [:]
    var numbers: [String: Int] = [:]
    try WordLines.forEach(in: file) { words, line in
      guard words.count == 2, let clip = String(validating: words[0], as: UTF8.self),
        !clip.contains("/"),
        let number = String(decoding: words[1], as: UTF8.self).wholeMatch(of: /vid(\d+)/)
          .flatMap({ Int($0.1) })
      else {
        throw error(path, line, "expected a clip's name and its number")
      }
      guard clips.updateValue(clip, forKey: number) == nil else {
        throw error(path, line, "vid\(number) stands twice")
      }
      guard numbers.updateValue(number, forKey: clip) == nil else {
        throw error(path, line, "the clip \(clip) stands twice")
      }
    }
    if clips.isEmpty { throw DatasetError.empty(path: path, what: "clip") }
    return (clips, numbers)
  }

  private static func error(_ path: String, _ line: Int, _ reason: String) -> DatasetError {
    .badRecord(
      path: path, line: line, column: 1, reason: reason,
      remedy: "lines look like -4wsuPCjDBc_5_15 vid1; take the file from MSVD-QA.zip")
  }

  /// The name of a clip.
  ///
  /// - Throws: `DatasetError.unknownIDs` for a number that the file lacks.
  func clip(_ number: Int) throws -> String {
    if let clip = clips[number] { return clip }
    throw DatasetError.unknownIDs(
      path: path, what: "clips", first: ["vid\(number)"], count: 1,
      remedy: "the mapping is cut short; it has 1,970 lines in MSVD-QA.zip")
  }

  /// The number of a clip; nil for one that the file lacks.
  func number(of clip: String) -> Int? { numbers[clip] }
}
