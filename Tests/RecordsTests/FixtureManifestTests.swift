import Foundation
import Records
import TestSupport
import Testing

/// Every fixture is known by content and origin: a clone carries only what is ours to ship.
///
/// `MPLUG_EVAL_WRITE_MANIFEST=1` writes the digests anew; origin and maker of a new file must then
/// be filled in by hand.
@Suite struct FixtureManifestTests {
  private static let path = Golden.fixtures.appendingPathComponent("MANIFEST.json").path

  @Test func theManifestListsEveryFixture() throws {
    let files = try Self.files()
    let known = try JSONFile.read(Self.path)["files"]?.array ?? []
    if ProcessInfo.processInfo.environment["MPLUG_EVAL_WRITE_MANIFEST"] == "1" {
      try Self.write(files, known)
      return
    }
    #expect(known.compactMap { $0["path"]?.string } == files)
    for entry in known {
      let name = try #require(entry["path"]?.string)
      let digest = try SHA256.hexDigest(
        ofFile: Golden.fixtures.appendingPathComponent(name).path)
      #expect(entry["sha256"]?.string == digest, "\(name) changed")
      #expect(entry["licence"]?.string == "Apache-2.0")
      for field in ["origin", "made"] { #expect(entry[field]?.string?.isEmpty == false, "\(name)") }
    }
  }

  private static func files() throws -> [String] {
    let root = Golden.fixtures.path
    return try FileManager.default.subpathsOfDirectory(atPath: root).filter { name in
      var isFolder: ObjCBool = false
      let isThere = FileManager.default.fileExists(
        atPath: "\(root)/\(name)", isDirectory: &isFolder)
      return isThere && !isFolder.boolValue && name != "MANIFEST.json"
    }.sorted()
  }

  private static func write(_ files: [String], _ known: [JSONValue]) throws {
    let entries = try files.map { name -> JSONValue in
      let before = known.first { $0["path"]?.string == name }
      return [
        "path": .string(name),
        "sha256": .string(
          try SHA256.hexDigest(ofFile: Golden.fixtures.appendingPathComponent(name).path)),
        "origin": before?["origin"] ?? "", "made": before?["made"] ?? "",
        "licence": before?["licence"] ?? "Apache-2.0",
      ]
    }
    let manifest: JSONValue = ["files": .array(entries)]
    try AtomicFile.write(try manifest.serialized(.pretty), to: path)
  }
}
