import Records

/// The places where users keep a file that a data set names by one path: the folders, nearest to
/// that path first, and the names.
struct MediaLayout: Hashable {
  /// The folder part of the path, such as `val2014`; empty where the path has none.
  let directory: String
  /// Image or clip.
  let kind: MediaReference.Kind
  /// Whether the file is one of COCO's, which the 2017 packages name otherwise.
  let isCOCO: Bool

  init(of reference: MediaReference) {
    let (directory, name) = Self.parts(of: reference.path)
    self.directory = directory
    kind = reference.kind
    isCOCO = Self.name2017(of: name) != nil
  }

  /// Folders under a media folder, in the order in which they are tried; the empty one is the media
  /// folder itself.
  var folders: [String] {
    var folders = [directory]
    if let renamed { folders.append(renamed) }
    for around in kind == .image ? ["coco", "images"] : ["videos", "video"] {
      folders.append(Self.join(around, directory))
    }
    // `images/dev` as `dev`.
    var rest = Substring(directory)
    while let slash = rest.firstIndex(of: "/") {
      rest = rest[rest.index(after: slash)...]
      folders.append(String(rest))
    }
    if let year = years2017 {
      folders += year + year.map { "coco/\($0)" } + year.map { "images/\($0)" }
    }
    folders += kind == .image ? ["images"] : ["videos", "video", "videos/all"]
    folders.append("")
    return folders
  }

  /// The reference project keeps `val2014` as `val2014_img`; its lists are read under either name.
  private var renamed: String? {
    guard isCOCO else { return nil }
    return directory.hasSuffix("_img") ? String(directory.dropLast(4)) : directory + "_img"
  }

  /// The 2017 packages share the images of 2014 out otherwise: a validation image may lie in
  /// either folder.
  private var years2017: [String]? {
    guard isCOCO else { return nil }
    return directory.contains("test") ? ["test2017"] : ["val2017", "train2017"]
  }

  /// The names under which the file may lie, its own first: COCO's name of 2017, and for clips the
  /// containers into which users convert.
  static func names(of reference: MediaReference) -> [String] {
    let (_, name) = parts(of: reference.path)
    switch reference.kind {
    case .image: return [name] + (name2017(of: name).map { [$0] } ?? [])
    case .video:
      let stem = name.lastIndex(of: ".").map { name[..<$0] } ?? Substring(name)
      return [name]
        + ["mp4", "avi", "mkv", "webm"].map { "\(stem).\($0)" }.filter { $0 != name }
    }
  }

  /// `000000391895.jpg` for `COCO_val2014_000000391895.jpg`; nil for another name.
  private static func name2017(of name: String) -> String? {
    guard name.hasPrefix("COCO_"), let last = name.lastIndex(of: "_") else { return nil }
    return String(name[name.index(after: last)...])
  }

  private static func parts(of path: String) -> (directory: String, name: String) {
    guard let slash = path.lastIndex(of: "/") else { return ("", path) }
    return (String(path[..<slash]), String(path[path.index(after: slash)...]))
  }

  /// A path of two parts, either of which may be empty or `.`.
  static func join(_ folder: String, _ rest: String) -> String {
    let parts = [folder, rest].filter { !$0.isEmpty && $0 != "." }
    return parts.joined(separator: "/")
  }
}
