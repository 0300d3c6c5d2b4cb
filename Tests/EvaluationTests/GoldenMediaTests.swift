import Datasets
import Evaluation
import Foundation
import TestSupport
import Testing

/// Structural checks of files from cameras, encoders and other projects' tests.
@Suite(.enabled(if: Golden.folder != nil)) struct GoldenMediaTests {
  /// What the folder's oracle says cannot be opened, and what of it a structure shows.
  private static let broken: [String: String] = [
    "empty.jpg": "has no bytes", "not_an_image.jpg": "of no known format",
    "pillow_truncated_jpeg.jpg": "is cut off", "empty.mp4": "has no bytes",
    "not_a_video.mp4": "of no known format", "truncated_mdat.mp4": "is cut off",
    "truncated_no_moov.mp4": "is cut off",
  ]

  private func files(_ folder: String) throws -> [URL] {
    let folder = try #require(Golden.folder).appendingPathComponent("media/\(folder)")
    return try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil
    ).sorted { $0.path < $1.path }
  }

  /// `decord_corrupted.mp4` is among the sound ones: its pictures are damaged and its structure is
  /// not, and only a decoder sees that.
  @Test(arguments: [MediaReference.Kind.image, .video])
  func onlyTheBrokenOnes(_ kind: MediaReference.Kind) throws {
    let files = try files(kind == .image ? "images" : "videos")
    #expect(files.count > 30)
    for file in files {
      let verdict = MediaCheck.verdict(on: file.path, expecting: kind)
      let reason = verdict.damage.map { "\($0)" }
      if let expected = Self.broken[file.lastPathComponent] {
        #expect(
          reason?.contains(expected) == true, "\(file.lastPathComponent): \(reason ?? "sound")")
      } else {
        #expect(reason == nil, "\(file.lastPathComponent): \(reason ?? "")")
        #expect(verdict.format != nil && !verdict.hasOtherEnding, "\(file.lastPathComponent)")
      }
    }
  }

  /// The negative twin: of the same files, cut, none passes but streams, which have no end.
  @Test(arguments: [MediaReference.Kind.image, .video])
  func cutFiles(_ kind: MediaReference.Kind) throws {
    let scratch = try TemporaryFolder()
    for file in try files(kind == .image ? "images" : "videos")
    where Self.broken[file.lastPathComponent] == nil && file.pathExtension != "mpg" {
      let content = try Data(contentsOf: file)
      for share in [0.02, 0.3, 0.7, 0.97] {
        let path = try scratch.write(
          file.lastPathComponent, content.prefix(Int(Double(content.count) * share)))
        #expect(
          MediaCheck.verdict(on: path, expecting: kind).damage != nil,
          "\(file.lastPathComponent) cut to \(share)")
      }
    }
  }
}
