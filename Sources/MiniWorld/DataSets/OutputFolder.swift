import Foundation
import Records

/// A folder into which data sets are written.
struct OutputFolder {
  /// Where it lies.
  let root: String

  /// The path of a file below it, whose folder is then there.
  ///
  /// - Throws: `RecordError.writeFailed`
  func path(_ name: String) throws -> String {
    let path = "\(root)/\(name)"
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true)
    } catch {
      throw RecordError.writeFailed(path: folder, reason: "\(error.localizedDescription)")
    }
    return path
  }
}

/// `%012d`.
func padded(_ number: Int, to width: Int) -> String {
  let digits = "\(number)"
  return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
