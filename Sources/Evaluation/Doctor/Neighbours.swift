import Datasets
import Foundation
import Records

/// What lies in the searched folders in place of a file that is missing: the same name packed, half
/// downloaded or written otherwise, and archives that may hold it.
struct Neighbours {
  private let folder: DataFolder
  private let listings: FolderListings
  private static let archives = [".zip", ".tar", ".tar.gz", ".tgz", ".tar.bz2", ".tar.xz", ".7z"]
  private static let packed = [".gz", ".zip", ".bz2", ".xz", ".zst"]

  init(of folder: DataFolder, listings: FolderListings) {
    self.folder = folder
    self.listings = listings
  }

  /// Problems worth a note.
  func problems(missing names: [String]) -> [Problem] {
    let wanted = names.map { (name: $0, lowercased: $0.lowercased()) }
    var similar: [String] = []
    var archives: [String] = []
    for place in Set(folder.places).sorted() {
      // That a folder cannot be listed is an error elsewhere.
      for file in (try? listings.names(in: place))?.names ?? [] {
        let name = file.lowercased()
        if wanted.contains(where: { isLike(name, $0.lowercased) && $0.name != file }) {
          similar.append("\(place)/\(file)")
        } else if Self.archives.contains(where: { name.hasSuffix($0) }) {
          archives.append("\(place)/\(file)")
        }
      }
    }
    var problems: [Problem] = []
    if !similar.isEmpty {
      let isPacked = Self.packed.contains { similar[0].lowercased().hasSuffix($0) }
      problems.append(
        Problem(
          code: "similar_file",
          message: "\(similar[0]) is there: "
            + (isPacked ? "unpack it" : "if this is the file, give it its official name"),
          count: similar.count, examples: Array(similar.prefix(5))))
    }
    if !archives.isEmpty {
      problems.append(
        Problem(
          code: "archive",
          message: "archives lie there that may hold what is missing, and are not read: unpack "
            + archives.prefix(3).joined(separator: ", ")
            + (archives.count > 3 ? " and \(archives.count - 3) more" : ""),
          count: archives.count, examples: Array(archives.prefix(5))))
    }
    return problems
  }

  /// `a.json.gz`, `a.json.part`, `A.json` and `a (1).json` are like `a.json`.
  private func isLike(_ name: String, _ wanted: String) -> Bool {
    if name.hasPrefix(wanted) { return true }
    let stem = wanted.lastIndex(of: ".").map { String(wanted[..<$0]) } ?? wanted
    return name.hasPrefix(stem + ".") || name.hasPrefix(stem + " (") || name.hasPrefix(stem + "(")
  }
}
