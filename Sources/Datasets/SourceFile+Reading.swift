import Dispatch
import Records

extension SourceFile {
  /// Reads a file while another thread takes its digest.
  ///
  /// - Throws: `RecordError` if it cannot be opened, and what the body throws.
  package static func read<Result>(
    _ path: String, role: String, _ body: (MappedFile) throws -> Result
  ) throws -> (Result, SourceFile) {
    let file = try MappedFile(path, sequential: true)
    let digest = BackgroundDigest(file)
    // Also where the body throws: afterwards nobody touches the file, and its owner may change it.
    defer { digest.wait() }
    let result = try body(file)
    return (
      result, SourceFile(role: role, path: path, bytes: file.count, sha256: digest.value())
    )
  }
}

/// The digest of a file, taken on a thread of its own.
private final class BackgroundDigest: @unchecked Sendable {
  // Written by the thread before it leaves the group, read after waiting for the group.
  private var hexadecimal = ""
  private let group = DispatchGroup()

  init(_ file: MappedFile) {
    DispatchQueue.global().async(group: group) { [self] in
      hexadecimal = SHA256.hexDigest(of: file)
    }
  }

  func wait() { group.wait() }

  func value() -> String {
    wait()
    return hexadecimal
  }
}

extension ReferenceSet {
  /// The set's name with the first digits of its content: `karpathy-test@1a2b3c4d`.
  package var signature: String { "\(label)@\(contentDigest.prefix(8))" }

  /// A digest of everything that was read for the references, in the order of reading: the file's
  /// own where it was one.
  package var contentDigest: String {
    if files.count == 1 { return files[0].sha256 }
    return SHA256.hexDigest(of: Array(files.map(\.sha256).joined(separator: "\n").utf8))
  }
}
