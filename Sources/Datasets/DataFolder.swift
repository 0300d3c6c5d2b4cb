import Foundation

/// The folder of `--data`, searched by file name in the places that a card lists.
public struct DataFolder: Sendable {
  /// The folder as it was given.
  public let path: String
  /// Folders under it, in the order in which they are tried.
  public let folders: [String]

  /// A folder and the places under it.
  public init(path: String, folders: [String]) {
    self.path = path
    self.folders = folders
  }

  /// The first file that is there: names in order, for each the places in order.
  public func find(_ names: [String]) -> String? {
    for name in names {
      for place in places {
        let candidate = "\(place)/\(name)"
        if FileManager.default.fileExists(atPath: candidate) { return candidate }
      }
    }
    return nil
  }

  /// The places that are searched.
  public var places: [String] {
    let base = path.hasSuffix("/") && path.count > 1 ? String(path.dropLast()) : path
    return folders.map { $0 == "." ? base : "\(base)/\($0)" }
  }

  /// Places for an error message: those that are there, or the folder itself.
  package var placesThatExist: [String] {
    let there = places.filter { FileManager.default.fileExists(atPath: $0) }
    return there.isEmpty ? [path + " (no such folder)"] : there
  }
}
