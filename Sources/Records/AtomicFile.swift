import Glibc

/// Files that appear whole or not at all: written beside their place under a temporary name, handed
/// to the disk, then renamed.
package enum AtomicFile {
  /// Writes a file by a closure that appends to it; one of that name is replaced.
  ///
  /// - Throws: `RecordError.writeFailed`, and what the closure throws; the old file then stays.
  package static func write(
    to path: String, _ body: (inout FileWriter) throws -> Void
  ) throws {
    let temporary = temporaryName(beside: path)
    do {
      var file = try FileWriter(creating: temporary, reportedAs: path)
      try body(&file)
      try file.synchronize()
      guard rename(temporary, path) == 0 else {
        throw RecordError.writeFailed(path: path, reason: systemReason(errno))
      }
    } catch {
      unlink(temporary)
      throw error
    }
  }

  /// Writes a file with a text.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package static func write(_ text: String, to path: String) throws {
    try write(to: path) { try $0.append(text) }
  }

  /// A name in the same folder that nothing else has: hidden, with this process's number.
  static func temporaryName(beside path: String) -> String {
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let folder = parts.dropLast().map { $0 + "/" }.joined()
    return "\(folder).\(parts.last ?? "file").\(getpid()).\(UInt32.random(in: 0 ... .max)).part"
  }
}
