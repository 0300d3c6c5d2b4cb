import Datasets
import Foundation
import Records

/// What an image or a clip is by its content alone.
enum MediaDigest {
  /// SHA-256 of the file, in hexadecimal; of a folder of frames that of its files' names and digests.
  ///
  /// - Throws: `RecordError`.
  static func of(_ request: MediaRequest) throws -> String {
    var status = stat()
    guard stat(request.path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR else {
      guard status.st_mode & S_IFMT == S_IFREG || status.st_mode == 0 else {
        throw RecordError.unreadable(
          path: request.path, reason: "it is a pipe or a device: name a file")
      }
      return try SHA256.hexDigest(ofFile: request.path)
    }
    let names: [String]
    do {
      names = try FileManager.default.contentsOfDirectory(atPath: request.path)
    } catch {
      throw RecordError.unreadable(path: request.path, reason: systemReason(error))
    }
    var hash = SHA256()
    for name in names.sorted(by: { $0.utf8.lexicographicallyPrecedes($1.utf8) }) {
      let digest = try SHA256.hexDigest(ofFile: "\(request.path)/\(name)")
      hash.update(Array("\(name.utf8.count):\(name)\(digest)".utf8))
    }
    return hash.hexDigest
  }
}
