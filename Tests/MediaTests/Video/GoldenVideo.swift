import Foundation
import Media
import Records
import TestSupport
import Testing

/// One golden video with what a frame-exact reader must give back.
struct GoldenVideo: CustomTestStringConvertible, Sendable {
  let path: String
  let oracle: JSONValue

  var testDescription: String { oracle["file"]?.string ?? path }
  var isReadByReference: Bool { oracle["reference"]?["status"]?.string == "ok" }
  var frameCount: Int? { oracle["reference"]?["frame_count"]?.int }
  var shownCount: Int? { oracle["presentation"]?["frame_count"]?.int }
  var quarterTurns: Int? {
    oracle["presentation"]?["ccw_quarter_turns_applied_to_coded_picture"]?.int
  }

  /// The hashes of the decoded planes, by place in presentation order.
  var planeHashes: [Int: String] {
    var hashes: [Int: String] = [:]
    for member in oracle["frames"]?.object?.members ?? [] {
      if let place = Int(member.key) { hashes[place] = member.value["coded_planes_sha256"]?.string }
    }
    return hashes
  }

  /// All of them; none in a plain clone.
  static let all: [GoldenVideo] = {
    guard let folder = Golden.folder?.appendingPathComponent("media") else { return [] }
    let oracles = folder.appendingPathComponent("oracle/videos")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: oracles.path)) ?? []
    return names.filter { $0.hasSuffix(".json") }.sorted().compactMap { name in
      guard let oracle = try? JSONFile.read(oracles.appendingPathComponent(name).path),
        let file = oracle["file"]?.string
      else { return nil }
      return GoldenVideo(
        path: folder.appendingPathComponent("videos/\(file)").path, oracle: oracle)
    }
  }()

  static let readable = all.filter(\.isReadByReference)
}

/// The hashes of pictures that a reader hands out, by their place.
func planeHashes(_ reader: VideoReader, at indices: [Int]) throws -> [Int: String] {
  var hashes: [Int: String] = [:]
  try reader.frames(at: indices) { frame in
    hashes[frame.index] = PlaneHash.sha256(of: frame)
  }
  return hashes
}
