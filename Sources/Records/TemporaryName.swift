import Glibc
import Synchronization

private let serial = Atomic<Int>(0)

/// A hidden name beside a path that no other writer of this machine uses: `.name.123-4.suffix`.
func temporarySibling(of path: String, suffix: String) -> String {
  let (folder, name) = splitPath(path)
  let number = serial.add(1, ordering: .relaxed).newValue
  return "\(folder)/.\(name).\(getpid())-\(number).\(suffix)"
}

/// The folder that holds a path, and the last name in it; trailing slashes do not count.
func splitPath(_ path: String) -> (folder: String, name: String) {
  var bytes = Array(path.utf8)
  while bytes.count > 1, bytes.last == UInt8(ascii: "/") { bytes.removeLast() }
  guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else {
    return (".", String(decoding: bytes, as: UTF8.self))
  }
  let folder = slash == 0 ? "/" : String(decoding: bytes[..<slash], as: UTF8.self)
  return (folder, String(decoding: bytes[(slash + 1)...], as: UTF8.self))
}

/// Makes the names in a folder last through a loss of power. Not every file system can; what was
/// renamed is then still renamed, so a refusal is no error.
func synchronizeFolder(_ path: String) {
  let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
  guard descriptor >= 0 else { return }
  fsync(descriptor)
  close(descriptor)
}
