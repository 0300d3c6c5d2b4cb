import Foundation
import Media
import Records
import TestSupport
import Testing

/// One of our own small clips with what an independent decoder shows of it.
struct VideoClip: CustomTestStringConvertible, Sendable {
  let name: String
  let packets: Int
  let quarterTurns: Int
  let seconds: [Double]
  /// The beginnings of the hashes of all pictures' planes, in presentation order.
  let planes: [String]

  var path: String { Self.path(name) }
  var testDescription: String { name }

  static func path(_ name: String) -> String {
    Golden.fixtures.appendingPathComponent("media/videos/\(name)").path
  }

  static let all: [VideoClip] = {
    let members = (try? JSONFile.read(path("videos.json")))?.object?.members ?? []
    return members.compactMap { member in
      guard let packets = member.value["packets"]?.int,
        let turns = member.value["quarter_turns"]?.int,
        let frames = member.value["frames"]?.array
      else { return nil }
      return VideoClip(
        name: member.key, packets: packets, quarterTurns: turns,
        seconds: frames.compactMap { $0["seconds"]?.double },
        planes: frames.compactMap { $0["planes"]?.string })
    }
  }()

  static func named(_ name: String) throws -> VideoClip {
    try #require(all.first { $0.name == name })
  }

  /// What a reader shows in some places, as `planes` has it.
  func planes(_ reader: VideoReader, at indices: [Int]) throws -> [String] {
    var found: [String] = []
    try reader.frames(at: indices) { frame in
      found.append(String(PlaneHash.sha256(of: frame).prefix(16)))
    }
    return found
  }
}
