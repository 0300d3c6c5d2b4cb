import Glibc
import Records
import Synchronization

/// The names in folders, each folder read once however many files are asked for: 123,000 images are
/// one listing and not as many system calls.
package final class FolderListings: Sendable {
  private let known = Mutex<[String: FolderListing?]>([:])

  /// Starts without any.
  package init() {}

  /// The names in a folder, also through a symbolic link; nil where there is no such folder.
  ///
  /// - Throws: `RecordError.unreadable` for a folder that is there and cannot be listed.
  package func names(in folder: String) throws -> FolderListing? {
    if let listing = known.withLock({ $0[folder] }) { return listing }
    let listing = try FolderListing(of: folder)
    known.withLock { $0[folder] = .some(listing) }
    return listing
  }
}

/// The names in one folder, without those of folders in it.
package struct FolderListing: Sendable {
  private let folder: String
  private let files: Set<String>
  /// Names whose kind a look must tell: symbolic links may lead nowhere.
  private let others: Set<String>

  /// Lists a folder; nil where there is none.
  fileprivate init?(of path: String) throws {
    guard let stream = opendir(path) else {
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw RecordError.unreadable(path: path, reason: systemReason(errno))
    }
    defer { closedir(stream) }
    var files: Set<String> = []
    var others: Set<String> = []
    errno = 0
    while let entry = readdir(stream) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      switch Int(entry.pointee.d_type) {
      case Int(DT_REG): files.insert(name)
      case Int(DT_DIR): break
      default: others.insert(name)
      }
      errno = 0
    }
    if errno != 0 {
      throw RecordError.unreadable(path: path, reason: systemReason(errno))
    }
    folder = path
    self.files = files
    self.others = others
  }

  /// Whether the folder has a file of that name, itself or through a link.
  package func contains(_ name: String) -> Bool {
    if files.contains(name) { return true }
    guard others.contains(name) else { return false }
    var status = stat()
    return stat("\(folder)/\(name)", &status) == 0 && status.st_mode & S_IFMT != S_IFDIR
  }

  /// All names of files, sorted.
  package var names: [String] { files.union(others.filter(contains)).sorted() }
}
