import Archives
import Foundation
import Records

/// Where METEOR's files were found: a folder, a wheel of `pycocoevalcap`, or the jar.
struct METEORSource {
  private var contents: [METEORPart: METEORContent] = [:]

  private static let jarName = "meteor-1.5.jar"
  /// Places under a folder at which the files, or the jar, may lie: an installed `pycocoevalcap`,
  /// what holds one, its folder `meteor`, the METEOR distribution, unpacked files.
  private static let folders = ["", "meteor/", "pycocoevalcap/meteor/", "resources/"]

  /// Finds all files; those in archives are unpacked.
  ///
  /// - Throws: `ResourceError.notMETEOR`, `.noParaphrases`; `RecordError`, `ArchiveError`.
  init(_ path: String) throws {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw RecordError.missingFile(
        path: path, remedy: "--from names a folder, a wheel or meteor-1.5.jar")
    }
    if isFolder.boolValue {
      try readFolder(path)
    } else {
      try readArchive(path)
    }
  }

  /// The content of a part.
  subscript(part: METEORPart) -> METEORContent {
    guard let content = contents[part] else { preconditionFailure("`init` found all parts") }
    return content
  }

  private mutating func readFolder(_ path: String) throws {
    for part in METEORPart.allCases { contents[part] = try Self.file(part, under: path) }
    if METEORPart.allCases.contains(where: { $0.member != nil && contents[$0] == nil }) {
      let jars = Self.folders.map { "\(path)/\($0)\(Self.jarName)" }
      guard let jar = jars.first(where: { Self.isFile($0) }) else {
        let missing = METEORPart.allCases.first { $0.member != nil && contents[$0] == nil }
        throw ResourceError.notMETEOR(
          path: path, missing: "the \(missing?.rawValue ?? "data")",
          looked: Self.folders.dropLast().map { $0 + Self.jarName } + (missing?.names ?? []))
      }
      try readJar(ZipArchive(MappedFile(jar)), path: path)
    }
    guard contents[.paraphrases] != nil else {
      throw ResourceError.noParaphrases(
        path: path, looked: Self.folders.prefix(3).map { $0 + "data/paraphrase-en.gz" })
    }
  }

  private mutating func readArchive(_ path: String) throws {
    let file = try MappedFile(path)
    guard file.withBytes({ $0.starts(with: [0x50, 0x4B]) }) else {
      var found = ""
      switch ForeignContent(file) {
      case .some(let kind) where kind != .gzip: found = " (\(kind.explanation))"
      default: break
      }
      throw ResourceError.badFile(
        file: path, reason: "is no wheel and no jar\(found)",
        remedy: "name the wheel of pycocoevalcap, its \(Self.jarName), or a folder")
    }
    let archive = try ZipArchive(file)
    if archive.member(named: METEORPart.functionWords.member ?? "") != nil {
      try readJar(archive, path: path)
      let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
      contents[.paraphrases] = try Self.file(.paraphrases, under: folder)
      guard contents[.paraphrases] != nil else {
        throw ResourceError.noParaphrases(path: path, looked: ["\(folder)/data/paraphrase-en.gz"])
      }
      return
    }
    guard let jar = Self.member("meteor/" + Self.jarName, of: archive) else {
      throw ResourceError.notMETEOR(
        path: path, missing: Self.jarName, looked: ["pycocoevalcap/meteor/" + Self.jarName])
    }
    try readJar(
      ZipArchive(bytes: archive.bytes(of: jar, limit: 1 << 26), name: "\(path)!/\(jar.name)"),
      path: path)
    guard let table = Self.member("data/paraphrase-en.gz", of: archive) else {
      throw ResourceError.noParaphrases(
        path: path, looked: ["pycocoevalcap/meteor/data/paraphrase-en.gz"])
    }
    contents[.paraphrases] = METEORContent(
      bytes: try archive.bytes(of: table, limit: METEORPart.paraphrases.limit / 2),
      name: "\(path)!/\(table.name)")
  }

  private mutating func readJar(_ jar: ZipArchive, path: String) throws {
    for part in METEORPart.allCases {
      guard let name = part.member else { continue }
      guard let member = jar.member(named: name) else {
        throw ResourceError.notMETEOR(
          path: path, missing: "the \(part.rawValue)", looked: ["\(jar.name)!/\(name)"])
      }
      contents[part] = METEORContent(
        bytes: try jar.bytes(of: member, limit: part.limit), name: "\(jar.name)!/\(name)")
    }
  }

  /// The file of a part in a folder; the shorter way to it comes first.
  private static func file(_ part: METEORPart, under path: String) throws -> METEORContent? {
    for name in part.names {
      for folder in folders {
        for ending in ["", ".gz"] where isFile("\(path)/\(folder)\(name)\(ending)") {
          return try METEORContent(MappedFile("\(path)/\(folder)\(name)\(ending)"))
        }
      }
    }
    return nil
  }

  private static func isFile(_ path: String) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
      && !isFolder.boolValue
  }

  /// The member at a path or under some folders; of several the one at the least depth.
  private static func member(_ path: String, of archive: ZipArchive) -> ZipArchive.Member? {
    archive.members.filter { $0.name == path || $0.name.hasSuffix("/" + path) }
      .min { $0.name.utf8.count < $1.name.utf8.count }
  }
}
