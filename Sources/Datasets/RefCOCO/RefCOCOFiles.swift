import Foundation

/// Where the files of a split lie under a data folder.
///
/// All data sets of the family call their files alike, so a folder's own name tells them apart:
/// `refcoco+/refs(unc).p`.
struct RefCOCOFiles {
  let folder: DataFolder
  let split: BenchmarkSplit

  private static let family: Set<String> = ["refcoco", "refcoco+", "refcocog", "refclef"]

  /// The refs file and the `instances.json` beside it; nil where there is no refs file.
  ///
  /// - Throws: `DatasetError.missingFiles` where the second is not there.
  func refs() throws -> (refs: String, instances: String)? {
    guard let refs = find(split.files["refs"] ?? []) else { return nil }
    let names = split.files["instances"] ?? []
    let place = URL(fileURLWithPath: refs).deletingLastPathComponent().path
    let beside = names.map { "\(Self.folder(of: refs))/\(Self.fileName($0))" }
    guard let instances = beside.first(where: { FileManager.default.fileExists(atPath: $0) })
    else {
      throw DatasetError.missingFiles(
        what: "the boxes of \(split.name)", names: Array(names.suffix(1)), lookedIn: [place],
        remedy: "refs hold no box: put instances.json of the same archive beside them")
    }
    return (refs, instances)
  }

  /// The list of TransVG; nil where there is none.
  func list() -> String? { folder.find(split.files["list"] ?? []) }

  /// The error where there is neither, which says what other split files have.
  func missing() -> DatasetError {
    let names = (split.files["refs"] ?? []).prefix(1) + (split.files["list"] ?? []).prefix(1)
    var remedy =
      "point --data at the folder that holds refer's data folders, or name the files "
      + "with --annotations"
    if let other = find(otherNames) {
      let found = (try? ReferFile.read(other, split: nil).0.splits) ?? [:]
      let splits = found.sorted { $0.key < $1.key }.map { "\($0.key) (\($0.value) refs)" }
      remedy =
        "\(other) is there, but divides the data otherwise: it has "
        + "\(splits.joined(separator: ", ")); \(Self.divisions)"
    }
    return .missingFiles(
      what: "the refs of \(split.name)", names: Array(names), lookedIn: folder.placesThatExist,
      remedy: remedy)
  }

  /// The files that divide the same data otherwise.
  private var otherNames: [String] {
    let wanted = split.files["refs"] ?? []
    guard let family = wanted.first.map(Self.folder(of:)) else { return [] }
    return ["google", "unc", "umd"].flatMap { ["\(family)/refs(\($0)).p", "refs(\($0)).p"] }
      .filter { !wanted.contains($0) }
  }

  private static let divisions =
    "refs(unc).p has train, val, testA and testB, refs(umd).p of RefCOCOg train, val and test, "
    + "refs(google).p train and val-g"

  /// The first file that is there and not in the folder of another data set of the family.
  private func find(_ names: [String]) -> String? {
    let own = names.first.map(Self.folder(of:))
    for name in names {
      for place in folder.places {
        let path = "\(place)/\(name)"
        let parent = URL(fileURLWithPath: Self.folder(of: path)).standardizedFileURL
          .lastPathComponent
        let isOfAnother = parent != own && Self.family.contains(parent)
        if !isOfAnother, FileManager.default.fileExists(atPath: path) { return path }
      }
    }
    return nil
  }

  /// What stands behind the last slash.
  private static func fileName(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }

  /// What stands before the last slash.
  private static func folder(of path: String) -> String {
    path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
  }
}
