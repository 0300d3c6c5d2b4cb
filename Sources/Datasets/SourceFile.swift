/// A file that was read, for the record.
public struct SourceFile: Sendable {
  /// What it was used for: `annotations`, `questions`, `predictions`, …
  public let role: String
  /// The path as it was given or found.
  public let path: String
  /// Its size.
  public let bytes: Int
  /// SHA-256 of its content, in hexadecimal.
  public let sha256: String

  /// The same file under the name that it will have.
  package func named(_ path: String) -> SourceFile {
    SourceFile(role: role, path: path, bytes: bytes, sha256: sha256)
  }
}
