import Foundation

/// Checks that a folder is there.
///
/// - Throws: `RecordError.missingFile`, `.notAFolder`.
package func requireFolder(_ path: String, remedy: String) throws {
  var isFolder: ObjCBool = false
  guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
    throw RecordError.missingFile(path: path, remedy: remedy)
  }
  guard isFolder.boolValue else { throw RecordError.notAFolder(path: path, remedy: remedy) }
}

/// Whether two paths lead to the same file that exists.
package func isSameFile(_ first: String, _ second: String) -> Bool {
  var (a, b) = (stat(), stat())
  guard stat(first, &a) == 0, stat(second, &b) == 0 else { return false }
  return a.st_dev == b.st_dev && a.st_ino == b.st_ino
}
