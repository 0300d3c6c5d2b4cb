import Records

/// What a part knows of the images and clips that it has seen, beside their features: a journal in its
/// folder, so that a process that comes after a kill says the same of them without decoding them.
final class SeenVisuals {
  /// One of them.
  struct Seen: Equatable {
    /// SHA-256 of the file, in hexadecimal.
    let media: String
    /// Codes of what strict use would refuse.
    let remarks: [String]
  }

  static let fileName = "seen.jsonl"

  private(set) var known: [Int: Seen] = [:]
  private let journal: Journal
  private let key: String

  /// Opens the journal of a part, or begins it.
  ///
  /// - Parameter key: That of the run; what another run has seen does not count.
  /// - Throws: `RecordError`.
  init(in folder: String, key: String) throws {
    self.key = key
    var known: [Int: Seen] = [:]
    journal = try Journal("\(folder)/\(Self.fileName)") { line in
      guard line["key"]?.string == key, let visual = line["visual"]?.int,
        let media = line["media"]?.string
      else { return }
      known[visual] = Seen(
        media: media, remarks: line["remarks"]?.array?.compactMap(\.string) ?? [])
    }
    self.known = known
  }

  /// Takes note of some, and returns when that is on the disk.
  ///
  /// - Throws: `RecordError.writeFailed`.
  func note(_ seen: [(visual: Int, seen: Seen)]) throws {
    let new = seen.filter { known[$0.visual] != $0.seen }
    guard !new.isEmpty else { return }
    try journal.append(
      new.map { visual, seen in
        JSONObject([
          ("visual", .int(visual)), ("key", .string(key)), ("media", .string(seen.media)),
          ("remarks", .strings(seen.remarks)),
        ])
      })
    for (visual, seen) in new { known[visual] = seen }
  }
}
