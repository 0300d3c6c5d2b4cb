import Foundation
import Media
import Records
import TestSupport
import Testing

/// Folders of sampled frames.
@Suite struct FrameFolderTests {
  private let scratch: TemporaryFolder
  private let clip = Golden.fixtures.appendingPathComponent("media/videos/edit_list.mp4").path

  init() throws { scratch = try TemporaryFolder() }

  private func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scratch(folder)).sorted()
  }

  @Test func picturesAndManifest() throws {
    let sampler = VideoSampler(count: 8, size: .square(24, .swscale), hashes: true)
    let sampled = try sampler.sample(clip)
    let folder = try FrameFolder(scratch("out"))
    let manifest = try sampler.forEachFrame(of: clip) { try folder.add($0) }
    #expect(!FileManager.default.fileExists(atPath: scratch("out")))
    try folder.commit(manifest)
    #expect(
      try names("out") == [
        "frame-000000.png", "frame-000003.png", "frame-000006.png", "frame-000009.png",
        "frame-000012.png", "frame-000015.png", "frame-000017.png", "frames.json",
      ])
    let json = try JSONFile.read(scratch("out/frames.json"))
    let images = json["images"]?.array?.compactMap(\.string) ?? []
    #expect(images.count == 8)
    #expect(images.suffix(2) == ["frame-000017.png", "frame-000017.png"])
    for (place, name) in images.enumerated() {
      let written = try ImageDecoder().decode(scratch("out/\(name)"))
      #expect(written.image == sampled.images[place], "\(name)")
    }
    #expect(json["sha256"]?.array?.compactMap(\.string) == sampled.sha256)
    #expect(FrameFolder.foreignFile(in: scratch("out")) == nil)
  }

  @Test func aFolderIsReplacedAsAWhole() throws {
    for count in [8, 2] {
      let folder = try FrameFolder(scratch("out"))
      let sampler = VideoSampler(count: count, size: .native)
      try folder.commit(try sampler.forEachFrame(of: clip) { try folder.add($0) })
    }
    #expect(try names("out") == ["frame-000000.png", "frame-000012.png", "frames.json"])
  }

  @Test func withoutCommitNothingStays() throws {
    do {
      let folder = try FrameFolder(scratch("out"))
      _ = try VideoSampler(count: 2, size: .native).forEachFrame(of: clip) { try folder.add($0) }
      #expect(try names("").count == 1)
    }
    #expect(try names("") == [])
  }

  @Test func foreignFiles() throws {
    #expect(FrameFolder.foreignFile(in: scratch("nowhere")) == nil)
    for name in ["frames.json", "frame-000001.png", "frame-1234567.png"] {
      try scratch.write("ours/\(name)", "")
    }
    #expect(FrameFolder.foreignFile(in: scratch("ours")) == nil)
    for name in ["frame-1.png", "frame-000001.png.txt", "notes", ".hidden"] {
      try scratch.write("theirs-\(name)/\(name)", "")
      #expect(FrameFolder.foreignFile(in: scratch("theirs-\(name)")) == name)
    }
  }
}
