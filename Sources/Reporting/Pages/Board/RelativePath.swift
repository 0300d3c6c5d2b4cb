import Foundation

/// The way from a folder to a file, as an address of a page in that folder.
enum RelativePath {
  /// Such as `../clip/run.json`, percent-encoded.
  static func address(of file: String, from folder: String) -> String {
    let target = parts(file)
    let start = parts(folder)
    let shared = zip(target, start).prefix { $0 == $1 }.count
    let way =
      Array(repeating: "..", count: start.count - shared) + target.dropFirst(shared).map(encoded)
    // A first part with a colon would be read as a scheme.
    return way.first?.contains(":") == true
      ? "./" + way.joined(separator: "/") : way.joined(separator: "/")
  }

  private static func parts(_ path: String) -> [String] {
    // Links that lead elsewhere would make `..` do so too.
    URL(fileURLWithPath: path).resolvingSymlinksInPath().standardizedFileURL.pathComponents
  }

  private static func encoded(_ part: String) -> String {
    part.addingPercentEncoding(
      withAllowedCharacters: .urlPathAllowed.subtracting(CharacterSet(charactersIn: ";?#%&'\"<>")))
      ?? part
  }
}
