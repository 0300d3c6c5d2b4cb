import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Floats in a file of their own that has no name: the system keeps what is not in use on the disk.
enum SpilledMemory {
  /// Maps a new file.
  ///
  /// - Parameter bytes: How long it is; that much of the disk is reserved.
  /// - Returns: Nil where the folder of temporary files has no room or takes no files.
  static func map(_ bytes: Int) -> UnsafeMutableRawPointer? {
    let folder = FileManager.default.temporaryDirectory.path
    var name = Array("\(folder)/mplug-eval-XXXXXX".utf8CString)
    let file = name.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.map { mkstemp($0) } ?? -1
    }
    guard file >= 0 else { return nil }
    defer { close(file) }
    unlink(name)
    // Without the reservation a full disk would end the process at some later write.
    guard posix_fallocate(file, 0, off_t(bytes)) == 0,
      let memory = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, file, 0),
      memory != MAP_FAILED
    else { return nil }
    return memory
  }

  /// Takes the pages of a mapping out of the process; what they hold stays in the file.
  static func letGo(_ memory: UnsafeMutableRawPointer, _ bytes: Int) {
    madvise(memory, bytes, MADV_DONTNEED)
  }
}
