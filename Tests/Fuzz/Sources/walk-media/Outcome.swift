import Foundation
import Media
import Records

/// What became of a file and of its damaged copies: how often it was read, how often refused and with
/// which errors, and a digest of all that came out.
struct Outcome {
  private(set) var read = 0
  private(set) var errors: [String: Int] = [:]
  private var hash = SHA256()

  /// Counts what `body` does, which takes its results into the digest. Only the typed errors of the
  /// library are expected, in one line that names the file; another one ends the program.
  mutating func count(_ path: String, _ body: (inout SHA256) throws -> Void) {
    do {
      try body(&hash)
      read += 1
    } catch let error as MediaError {
      refused(path, "\(error)", Mirror(reflecting: error).children.first?.label ?? "unnamed")
    } catch let error as RecordError {
      refused(path, "\(error)", "file")
    } catch {
      fail("\(path): an error of no known type: \(error)")
    }
  }

  private mutating func refused(_ path: String, _ message: String, _ name: String) {
    guard message.hasPrefix(path), !message.contains(where: \.isNewline) else {
      fail("\(path): not one line that begins with the file: \(message)")
    }
    errors[name, default: 0] += 1
    hash.update(Array(message.dropFirst(path.count).utf8))
  }

  /// One line: counts, then the digest's first 16 digits.
  var summary: String {
    let refused = errors.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }
    return (["\(read) read"] + refused).joined(separator: ", ") + "  \(hash.hexDigest.prefix(16))"
  }
}

extension SHA256 {
  /// Takes a picture: its sides and its bytes.
  mutating func update(_ image: RGBImage) {
    update(Array("\(image.width) x \(image.height) ".utf8))
    update(image.bytes)
  }
}
