import Foundation
import Glibc

/// A folder that appears under its name only when it is complete.
///
/// Files are put into `temporaryPath`, a hidden folder beside it; `commit()` makes them last and
/// renames. Without `commit()` nothing remains, and a folder of that name stays as it was.
package final class AtomicFolder {
  /// The name the folder will have.
  package let path: String

  /// Where its files are to be written until then.
  package let temporaryPath: String

  private var isOpen = true

  /// Creates the hidden folder; the folder that holds it must exist.
  ///
  /// - Throws: `RecordError.writeFailed`, also where there is a file of that name.
  package init(_ path: String) throws {
    self.path = path
    temporaryPath = temporarySibling(of: path, suffix: "partial")
    var status = stat()
    if stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR {
      isOpen = false
      throw RecordError.writeFailed(path: path, reason: "there is a file of this name")
    }
    guard mkdir(temporaryPath, 0o777) == 0 else {
      isOpen = false
      throw failure()
    }
    UnfinishedWrites.begin(temporaryPath)
  }

  deinit { discard() }

  /// The place of a file in the folder until `commit()`.
  package func file(_ name: String) -> String { temporaryPath + "/" + name }

  /// Gives the folder its name; one that has it already is deleted.
  ///
  /// - Throws: `RecordError.writeFailed`; a folder of that name is then as it was.
  package func commit() throws {
    guard isOpen else { return }
    do {
      try synchronizeFiles()
      let old = temporarySibling(of: path, suffix: "old")
      try UnfinishedWrites.end(temporaryPath) {
        // At once, so that there is never a moment without a folder of the name.
        if FolderExchange.swap(temporaryPath, path) {
          isOpen = false
          synchronizeFolder(splitPath(path).folder)
          try? FileManager.default.removeItem(atPath: temporaryPath)
          return
        }
        let isReplacing = rename(path, old) == 0
        guard isReplacing || errno == ENOENT else { throw failure() }
        guard rename(temporaryPath, path) == 0 else {
          let error = failure()
          if isReplacing { rename(old, path) }
          throw error
        }
        isOpen = false
        synchronizeFolder(splitPath(path).folder)
        // The new folder is in place; what cannot be deleted of the old one is only litter.
        if isReplacing { try? FileManager.default.removeItem(atPath: old) }
      }
    } catch {
      discard()
      throw error
    }
  }

  /// Gives up: nothing remains. Without effect after `commit()`.
  package func discard() {
    guard isOpen else { return }
    isOpen = false
    UnfinishedWrites.end(temporaryPath) {
      try? FileManager.default.removeItem(atPath: temporaryPath)
    }
  }

  private func synchronizeFiles() throws {
    let names = FileManager.default.enumerator(atPath: temporaryPath)
    while let name = names?.nextObject() as? String {
      var status = stat()
      guard lstat(file(name), &status) == 0 else { throw failure() }
      switch status.st_mode & S_IFMT {
      case S_IFDIR: synchronizeFolder(file(name))
      case S_IFREG: try synchronizeFile(file(name))
      default: break
      }
    }
    synchronizeFolder(temporaryPath)
  }

  private func synchronizeFile(_ path: String) throws {
    let descriptor = retrying { open(path, O_RDONLY | O_CLOEXEC) }
    guard descriptor >= 0 else { throw failure() }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else { throw failure() }
  }

  private func failure() -> RecordError {
    RecordError.writeFailed(path: path, reason: systemReason(errno))
  }
}

/// Two names that change places in one step, which the system may be killed before or after.
private enum FolderExchange {
  private typealias Rename =
    @convention(c) (
      Int32, UnsafePointer<CChar>, Int32, UnsafePointer<CChar>, UInt32
    ) -> Int32

  /// Linux has it, behind a name that is no part of the C library's standard interface.
  private static let rename: Rename? = {
    guard let library = dlopen(nil, RTLD_NOW), let address = dlsym(library, "renameat2") else {
      return nil
    }
    return unsafeBitCast(address, to: Rename.self)
  }()

  /// Lets two folders change places; false where one is missing or the file system cannot.
  static func swap(_ first: String, _ second: String) -> Bool {
    guard let rename else { return false }
    let exchange: UInt32 = 2
    return rename(AT_FDCWD, first, AT_FDCWD, second, exchange) == 0
  }
}
