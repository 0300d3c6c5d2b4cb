/// What can be wrong with a zip archive or a gzip file.
package enum ArchiveError: Error, Equatable, Sendable {
  /// The file is no archive of this kind, or its end is missing.
  case notAnArchive(file: String, expected: String, found: String, remedy: String)
  /// The bytes contradict each other or the format; `offset` is where, from the start of the file.
  case damaged(file: String, member: String?, offset: Int, reason: String)
  /// The archive is sound and uses something that is not read here, such as encryption.
  case unsupported(file: String, member: String?, feature: String, remedy: String)
  /// The content does not have the checksum (CRC-32) that the archive states.
  case wrongChecksum(file: String, member: String?, expected: UInt32, found: UInt32)
  /// The content is larger than whoever asked for it is ready to hold.
  case tooLarge(file: String, member: String?, size: Int?, limit: Int)
}

extension ArchiveError: CustomStringConvertible {
  /// One line: what, where, how to mend it.
  package var description: String {
    switch self {
    case .notAnArchive(let file, let expected, let found, let remedy):
      "\(file): expected \(expected), found \(found): \(remedy)"
    case .damaged(let file, let member, let offset, let reason):
      "\(Self.place(file, member)): damaged at byte \(offset): \(reason): get the file anew"
    case .unsupported(let file, let member, let feature, let remedy):
      "\(Self.place(file, member)): \(feature) is not read: \(remedy)"
    case .wrongChecksum(let file, let member, let expected, let found):
      "\(Self.place(file, member)): the content has the checksum \(Self.hex(found)), not the "
        + "\(Self.hex(expected)) that the archive states: get the file anew"
    case .tooLarge(let file, let member, let size, let limit):
      "\(Self.place(file, member)): unpacks to \(size.map { "\($0)" } ?? "more than \(limit)") "
        + "bytes, the limit here is \(limit): this is not the file that belongs here"
    }
  }

  private static func place(_ file: String, _ member: String?) -> String {
    member.map { "\(file), member '\($0)'" } ?? file
  }

  private static func hex(_ number: UInt32) -> String {
    let digits = String(number, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }
}
