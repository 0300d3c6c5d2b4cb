import Datasets
import Foundation
import Records

/// Which of the files that a card names for a split are there.
package struct FileSearch: Sendable {
  /// A file that is there.
  package struct File: Sendable {
    /// What it holds, such as `annotations`.
    package let role: String
    /// Where it lies.
    package let path: String
    /// Its size.
    package let bytes: Int
    /// SHA-256 of its content; nil where scoring does not read it.
    package var sha256: String?
  }

  /// The names of a role, none of which is there.
  package struct Absence: Sendable {
    /// What the file would hold.
    package let role: String
    /// The names that would serve.
    package let names: [String]
  }

  /// What is there, by role and in the order in which folders are tried: of two of one name the
  /// first is read.
  package private(set) var found: [File] = []
  /// What is not there. Few splits need all their roles: some stand for one another.
  package private(set) var absent: [Absence] = []
  /// Names that were found in more than one folder.
  package private(set) var repeated: [Problem] = []

  /// Looks for a split's files.
  init(_ split: BenchmarkSplit, under folder: DataFolder) {
    for (role, names) in split.files.sorted(by: { $0.key < $1.key }) {
      var isThere = false
      for name in names {
        let paths = Self.distinct(folder.places.map { "\($0)/\(name)" })
        isThere = isThere || !paths.isEmpty
        found += paths.map { File(role: role, path: $0.path, bytes: $0.bytes, sha256: nil) }
        if paths.count > 1 {
          repeated.append(
            Problem(
              code: "file_twice",
              message: "\(name) is there \(paths.count) times; \(paths[0].path) is read",
              count: paths.count, examples: paths.map(\.path)))
        }
      }
      if !isThere { absent.append(Absence(role: role, names: names)) }
    }
  }

  /// Takes the digests of files that were read. An adapter may find one where the card's folders do
  /// not lead, such as beside another.
  mutating func add(_ files: [SourceFile]) {
    for file in files {
      absent.removeAll { $0.role == file.role }
      if let index = found.firstIndex(where: { $0.path == file.path }) {
        found[index].sha256 = file.sha256
      } else {
        found.append(
          File(role: file.role, path: file.path, bytes: file.bytes, sha256: file.sha256))
      }
    }
  }

  /// The paths at which there is a file, each file once however many links lead to it.
  private static func distinct(_ paths: [String]) -> [(path: String, bytes: Int)] {
    var seen: [(device: UInt, node: UInt)] = []
    return paths.compactMap { path in
      var status = stat()
      guard stat(path, &status) == 0, status.st_mode & S_IFMT != S_IFDIR else { return nil }
      let file = (UInt(status.st_dev), UInt(status.st_ino))
      if seen.contains(where: { $0 == file }) { return nil }
      seen.append(file)
      return (path, Int(status.st_size))
    }
  }
}
