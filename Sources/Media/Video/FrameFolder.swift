import Foundation
import Records

/// A folder of sampled frames as PNG files with their manifest, which appears when it is complete.
///
/// A frame's file is named by its place in presentation order, `frame-000120.png`; the manifest is
/// `frames.json`, which has the name of each index's file as `images`.
package final class FrameFolder {
  /// The manifest's file name.
  package static let manifestName = "frames.json"

  private let folder: AtomicFolder
  private var written: Set<String> = []

  /// Prepares a folder; the one that holds it must exist. One of that name is replaced when this one
  /// is complete.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package init(_ path: String) throws { folder = try AtomicFolder(path) }

  /// The first file in a folder that this type would not have written, by name; nil where there is
  /// none, or no such folder.
  package static func foreignFile(in path: String) -> String? {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    return names.sorted().first { name in
      name != manifestName && name.wholeMatch(of: /frame-[0-9]{6,}\.png/) == nil
    }
  }

  /// Writes a frame.
  ///
  /// - Throws: `RecordError.writeFailed`, `MediaError.notEncoded`.
  package func add(_ frame: SampledFrame) throws {
    let name = Self.fileName(of: frame.shownIndex)
    // The last frame that is shown may stand for several indices.
    guard written.insert(name).inserted else { return }
    try AtomicFile.write(try PNGWriter.bytes(of: frame.image), to: folder.file(name))
  }

  /// Writes the manifest and gives the folder its name.
  ///
  /// - Throws: `RecordError.writeFailed`; a folder of that name is then as it was.
  package func commit(_ manifest: FrameManifest) throws {
    var members = manifest.json.object ?? JSONObject()
    members["images"] = .strings(manifest.shownIndices.map(Self.fileName))
    try AtomicFile.write(
      try JSONValue.object(members).serialized(.pretty), to: folder.file(Self.manifestName))
    try folder.commit()
  }

  private static func fileName(of index: Int) -> String {
    let digits = String(index)
    return "frame-\(String(repeating: "0", count: max(0, 6 - digits.count)))\(digits).png"
  }
}
