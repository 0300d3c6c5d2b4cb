import Foundation

/// A folder that appears whole or not at all: filled under a temporary name beside its place, then
/// renamed. Without `commit()` nothing of it remains.
package struct AtomicFolder: ~Copyable {
  private let path: String
  private let temporary: String
  private var isCommitted = false

  /// Makes the temporary folder, and the folders above it.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package init(_ path: String) throws {
    self.path = path
    temporary = AtomicFile.temporaryName(beside: path)
    do {
      try FileManager.default.createDirectory(
        atPath: temporary, withIntermediateDirectories: true)
    } catch {
      throw RecordError.writeFailed(path: path, reason: Self.reason(error))
    }
  }

  deinit {
    if !isCommitted { try? FileManager.default.removeItem(atPath: temporary) }
  }

  /// Writes one file of the folder.
  ///
  /// - Throws: `RecordError.writeFailed`, and what the closure throws.
  package borrowing func write(
    _ name: String, _ body: (inout FileWriter) throws -> Void
  ) throws {
    var file = try FileWriter(creating: "\(temporary)/\(name)", reportedAs: "\(path)/\(name)")
    try body(&file)
    try file.synchronize()
  }

  /// Puts the folder at its place; one that is there is moved aside first and removed after.
  ///
  /// - Throws: `RecordError.writeFailed`; the old folder is then at its place again.
  package consuming func commit() throws {
    let manager = FileManager.default
    let old = AtomicFile.temporaryName(beside: path)
    let replaces = rename(path, old) == 0
    guard rename(temporary, path) == 0 else {
      let reason = systemReason(errno)
      if replaces { _ = rename(old, path) }
      throw RecordError.writeFailed(path: path, reason: reason)
    }
    isCommitted = true
    if replaces { try? manager.removeItem(atPath: old) }
  }

  private static func reason(_ error: any Error) -> String {
    ((error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError)
      .map { systemReason(Int32($0.code)) } ?? "the folder cannot be made"
  }
}
