import Foundation
import Records
import TestSupport
import Testing

/// `frames`: a video in; indices, times, hashes and pictures out.
@Suite struct FramesTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  private func clip(_ name: String) -> String {
    Golden.fixtures.appendingPathComponent("media/videos/\(name)").path
  }

  private func frames(_ name: String, _ arguments: String...) throws -> BuiltBinary.Result {
    try BuiltBinary.run(["frames", clip(name)] + arguments, in: scratch.path)
  }

  private func fails(
    _ status: Int32, _ says: String..., with arguments: [String],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expectFailure(
      status, saying: says, ["frames"] + arguments, in: scratch, sourceLocation: sourceLocation)
  }

  @Test func json() throws {
    let result = try frames("rotated.mp4", "--format", "json")
    #expect(result.status == 0 && result.errors == "")
    let json = try JSONFile.parse(result.output)
    #expect(result.output == (try json.text()))
    #expect(json["frames"]?.int == 24)
    #expect(json["width"]?.int == 48 && json["height"]?.int == 64)
    #expect(json["indices"] == [0, 3, 6, 9, 12, 15, 18, 21])
    #expect(json["pts_seconds"]?.array?.first?.double == 0)
    #expect(json["pts_seconds"]?[4]?.double == 1)
    #expect(json["remarks"] == [])
    let known = try JSONFile.read(
      Golden.fixtures.appendingPathComponent("media/videos/video-frames.json").path)["rotated.mp4"]
    let digests = json["sha256"]?.array?.compactMap(\.string) ?? []
    #expect(digests.count == 8)
    for (place, digest) in digests.enumerated() {
      #expect(known?["pictures"]?["\(3 * place)"]?["rgb_sha256"]?.string == digest)
    }
    // Whatever the size of the pictures, hashes are those of native size.
    let small = try frames("rotated.mp4", "--format", "json", "--size", "20", "--resize", "pillow")
    let other = try JSONFile.parse(small.output)
    #expect(other["sha256"] == json["sha256"] && other["width"] == json["width"])
    #expect(other["size"]?.int == 20 && other["resize"]?.string == "pillow")
  }

  @Test func text() throws {
    let result = try frames("vfr.mkv", "--count", "3")
    #expect(result.status == 0 && result.errors == "")
    let lines = result.output.split(separator: "\n")
    #expect(lines.first == "\(clip("vfr.mkv")): 11 frames of 64 x 48")
    let json = try JSONFile.parse(
      try frames("vfr.mkv", "--count", "3", "--format", "json").output)
    #expect(lines.count == 6)
    for (place, line) in lines.suffix(3).enumerated() {
      let cells = line.split(separator: " ").map(String.init)
      let seconds = try #require(json["pts_seconds"]?[place]?.double)
      #expect(
        cells == [
          "\(json["indices"]?[place]?.int ?? -1)", String(format: "%.3f", seconds),
          json["sha256"]?[place]?.string ?? "",
        ])
    }
  }

  @Test func picturesAndSheet() throws {
    let result = try frames(
      "rotated.mp4", "--count", "4", "--size", "30", "--output", "out", "--sheet", "sheet.png",
      "--format", "json")
    #expect(result.status == 0 && result.errors == "")
    #expect(
      try files(under: scratch.path) == [
        "out", "out/frame-000000.png", "out/frame-000006.png", "out/frame-000012.png",
        "out/frame-000018.png", "out/frames.json", "sheet.png",
      ])
    let manifest = try JSONFile.read(scratch("out/frames.json"))
    #expect(manifest["images"]?.array?.count == 4 && manifest["images"]?[3] == "frame-000018.png")
    for member in try JSONFile.parse(result.output).object?.members ?? [] {
      #expect(manifest[member.key] == member.value, "\(member.key)")
    }
    #expect(try size(ofPNG: scratch("out/frame-000006.png")) == [30, 30])
    let sheet = try size(ofPNG: scratch("sheet.png"))
    #expect(sheet[0] > 60 && sheet[1] > 60)
    // Once more, without a size: the folder is another one.
    let again = try frames("rotated.mp4", "--count", "2", "--output", "out", "--quiet")
    #expect(again.status == 0)
    #expect(
      try files(under: scratch("out")) == ["frame-000000.png", "frame-000012.png", "frames.json"])
    #expect(try size(ofPNG: scratch("out/frame-000012.png")) == [48, 64])
  }

  /// Width and height as the header has them.
  private func size(ofPNG path: String) throws -> [Int] {
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(bytes.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    return [16, 20].map { start in bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) } }
  }

  /// Warnings go to standard error: what is on standard output is JSON all the same.
  @Test func whatStrictUseRefuses() throws {
    let hidden = try frames("edit_list.mp4", "--format", "json")
    #expect(hidden.status == 0)
    #expect(hidden.errors.hasPrefix("mplug-eval: warning: ") && hidden.errors.contains("18, 21"))
    let json = try JSONFile.parse(hidden.output)
    #expect(json["shown_indices"] == [0, 3, 6, 9, 12, 15, 17, 17])
    #expect(json["remarks"]?.array?.count == 1)
    #expect(try frames("edit_list.mp4").output.contains("\n   21    17 "))
    let few = try frames("vfr.mkv", "--count", "12", "--format", "json")
    #expect(few.errors.contains("12 frames asked for, the video has 11: the first is repeated"))
    #expect(
      try JSONFile.parse(few.output)["indices"]?.array == [JSONValue](repeating: 0, count: 12))
    #expect(try frames("vfr.mkv", "--count", "12", "--quiet").errors == "")
    try fails(
      65, "edit_list.mp4: 24 frames are counted and 18 shown",
      with: [clip("edit_list.mp4"), "--strict", "--output", "out", "--sheet", "sheet.png"])
    try fails(65, "12 frames asked for", with: [clip("vfr.mkv"), "--count", "12", "--strict"])
  }

  @Test func filesThatAreNoVideos() throws {
    let whole = try Data(contentsOf: URL(fileURLWithPath: clip("b_frames.mp4")))
    try scratch.write("text.mp4", "no video")
    try scratch.write("empty.mp4", "")
    try scratch.write("cut.mp4", whole.dropLast(700))
    for output in [[], ["--output", "out", "--sheet", "sheet.png"]] {
      try fails(65, "text.mp4: expected a video", with: ["text.mp4"] + output)
      try fails(65, "empty.mp4: the file is empty", with: ["empty.mp4"] + output)
      try fails(65, "cut.mp4: ", with: ["cut.mp4"] + output)
      try fails(65, "there is no video stream", with: [clip("sound.m4a")] + output)
      try fails(66, "nowhere.mp4: there is no such file", with: ["nowhere.mp4"] + output)
    }
    try scratch.write("folder/file", "")
    try fails(74, "folder: cannot be read", with: ["folder"])
  }

  @Test func placesThatCannotBeWritten() throws {
    let video = clip("vfr.mkv")
    try scratch.write("file", "")
    try fails(74, "nowhere/out: cannot be written", with: [video, "--output", "nowhere/out"])
    try fails(74, "there is a file of this name", with: [video, "--output", "file"])
    try fails(74, "nowhere/a.png: cannot be written", with: [video, "--sheet", "nowhere/a.png"])
    try fails(74, "No space left on device", with: [video, "--sheet", "/dev/full"])
    let result = try BuiltBinary.run(["frames", video], in: scratch.path, output: "/dev/full")
    #expect(result.status == 74 && result.errors.contains("No space left on device"))
  }

  @Test func usage() throws {
    let video = clip("vfr.mkv")
    try fails(64, "'<video>'", with: [])
    try fails(64, "VIDEO must not be empty", with: [""])
    for count in ["0", "-1", "4097", "eight"] {
      try fails(64, "--count", with: [video, "--count=\(count)"])
    }
    for size in ["0", "8193", "9223372036854775807"] {
      try fails(64, "--size takes 1 to 8192", with: [video, "--size", size])
    }
    try fails(64, "--resize belongs to --size", with: [video, "--resize", "pillow"])
    try fails(
      64, "'lanczos'", "pillow-bilinear", with: [video, "--size", "8", "--resize", "lanczos"])
    try fails(64, "--output must not be empty", with: [video, "--output", ""])
    try scratch.write("mine/photo.jpg", "")
    try fails(
      64, "mine, which holds other files such as photo.jpg", with: [video, "--output", "mine"])
    try fails(
      64, "--sheet lies in out", with: [video, "--output", "out", "--sheet", "out/sheet.png"])
    try fails(
      64, "--sheet and --output both name out",
      with: [video, "--output", "out", "--sheet", "./out/"])
    let copy = try scratch.write(
      "copy.mkv", try Data(contentsOf: URL(fileURLWithPath: video)))
    try fails(64, "--sheet would overwrite", with: [copy, "--sheet", "./copy.mkv"])
  }

  @Test(.enabled(if: Golden.folder != nil)) func golden() throws {
    let media = try #require(Golden.folder).appendingPathComponent("media")
    let oracle = try JSONFile.read(
      media.appendingPathComponent("oracle/videos/torchcodec_nasa_13013_mp4.json").path)
    let result = try BuiltBinary.run([
      "frames", media.appendingPathComponent("videos/torchcodec_nasa_13013.mp4").path, "--count",
      "16", "--format", "json",
    ])
    let json = try JSONFile.parse(result.output)
    #expect(json["frames"] == oracle["reference"]?["frame_count"])
    #expect(json["indices"] == oracle["sampling"]?["16"]?["indices"])
    for (place, index) in (json["indices"]?.array ?? []).compactMap(\.int).enumerated() {
      #expect(json["sha256"]?[place] == oracle["frames"]?["\(index)"]?["rgb_sha256"])
    }
  }
}
