import Glibc

/// A hidden name beside a path that no other writer uses, on this machine or on another that shares
/// the folder: `.name.0123456789abcdef.suffix`. Processes in containers have the same few numbers, so
/// that those tell nobody apart.
func temporarySibling(of path: String, suffix: String) -> String {
  let (folder, name) = splitPath(path)
  let random = String(UInt64.random(in: .min ... .max), radix: 16)
  let digits = String(repeating: "0", count: 16 - random.count) + random
  return "\(folder)/.\(name).\(digits).\(suffix)"
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
