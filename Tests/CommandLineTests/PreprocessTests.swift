import Foundation
import Records
import TestSupport
import Testing

/// `preprocess`: an image file in, a safetensors file and a line out. Hashes are Pillow 9.5's.
@Suite struct PreprocessTests {
  private static func fixture(_ name: String) -> String {
    Golden.fixtures.appendingPathComponent("media/jpeg/\(name)").path
  }

  private static let rgb = "a1eb7342dc4e56fef57d225308e7903782287b5972515eca45016c2003b2af14"
  private static let bicubic = "828592f1aa0ba37a64a40c6e99e965c48e6915d0c6296da0040d3be5ea5ffe12"
  private static let bilinear = "74fcd13dbd77b9cc070ff2dd66afa725d53b63cf33b82005302c76392308cd16"
  private static let turned = "d265aac435f1fa66046adef5ec157e33df33bc8f47089f8c74b6408325ed2378"
  private static let boxed = "5b8e13cce005e7b5cc4f2390ab4c831357784743ce8d4ec09c55f1873e3e95d4"

  /// Runs it to JSON and reads what it wrote.
  private func preprocess(
    _ name: String, _ more: String..., scratch: TemporaryFolder
  ) throws -> (record: JSONValue, file: TensorFile) {
    let output = scratch("out.safetensors")
    let result = try BuiltBinary.run(
      ["preprocess", Self.fixture(name), "--size", "16", "--output", output, "--format", "json"]
        + more)
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
    return (try JSONFile.parse(result.output), try TensorFile(output))
  }

  @Test func theReferencesWay() throws {
    let scratch = try TemporaryFolder()
    let (record, file) = try preprocess("baseline-420.jpg", scratch: scratch)
    #expect(
      record == [
        "file": .string(Self.fixture("baseline-420.jpg")), "format": "jpeg", "height": .int(29),
        "letterbox": .null, "normalize": "clip", "output": .string(scratch("out.safetensors")),
        "pixels_sha256": .string(Self.bicubic), "remarks": .array([]), "resize": "bicubic",
        "rgb_sha256": .string(Self.rgb), "size": .int(16), "width": .int(37),
      ])
    #expect(file.tensors.keys.sorted() == ["pixel_values", "pixels"])
    let pixels = try #require(file["pixels"])
    #expect(pixels.type == "U8" && pixels.shape == [16, 16, 3])
    #expect(SHA256.hexDigest(of: pixels.bytes) == Self.bicubic)
    let values = try #require(file["pixel_values"])
    #expect(values.type == "F32" && values.shape == [3, 16, 16])
    let (means, deviations): ([Float], [Float]) = (
      [0.48145466, 0.4578275, 0.40821073], [0.26862954, 0.26130258, 0.27577711]
    )
    let expected = (0..<3).flatMap { channel in
      (0..<256).map {
        (Float(pixels.bytes[3 * $0 + channel]) / 255 - means[channel]) / deviations[channel]
      }
    }
    #expect(values.floats == expected)
  }

  @Test func otherProtocols() throws {
    let scratch = try TemporaryFolder()
    let clip = try preprocess("baseline-420.jpg", scratch: scratch).file["pixel_values"]
    let (bilinear, _) = try preprocess(
      "baseline-420.jpg", "--resize", "bilinear", scratch: scratch)
    #expect(bilinear["pixels_sha256"]?.string == Self.bilinear)
    #expect(bilinear["resize"]?.string == "bilinear")
    let imagenet = try preprocess("baseline-420.jpg", "--normalize", "imagenet", scratch: scratch)
    #expect(imagenet.record["pixels_sha256"]?.string == Self.bicubic)
    #expect(imagenet.record["normalize"]?.string == "imagenet")
    #expect(imagenet.file["pixel_values"]?.bytes != clip?.bytes)
  }

  @Test func letterbox() throws {
    let scratch = try TemporaryFolder()
    let (record, file) = try preprocess("baseline-420.jpg", "--letterbox", scratch: scratch)
    #expect(record["pixels_sha256"]?.string == Self.boxed)
    #expect(record["resize"]?.string == "bilinear" && record["normalize"]?.string == "imagenet")
    #expect(
      record["letterbox"] == [
        "height": .int(13), "left": .int(0), "ratio": .double(16.0 / 37), "top": .int(1),
        "width": .int(16),
      ])
    #expect(file["pixels"]?.shape == [13, 16, 3])
    let values = try #require(file["pixel_values"])
    #expect(values.shape == [3, 16, 16])
    // One row above, two below.
    for channel in 0..<3 {
      let plane = values.floats[256 * channel..<256 * (channel + 1)]
      #expect(plane.prefix(16).allSatisfy { $0 == 0 } && plane.suffix(32).allSatisfy { $0 == 0 })
      #expect(plane.dropFirst(16).prefix(13 * 16).allSatisfy { $0 != 0 })
    }
  }

  @Test func orientation() throws {
    let scratch = try TemporaryFolder()
    let asStored = try preprocess("orientation-6.jpg", scratch: scratch).record
    #expect(asStored["pixels_sha256"]?.string == Self.bicubic)
    let asShown = try preprocess("orientation-6.jpg", "--apply-orientation", scratch: scratch)
      .record
    #expect(asShown["pixels_sha256"]?.string == Self.turned)
    #expect(asShown["width"]?.int == 29 && asShown["height"]?.int == 37)
  }

  @Test func oneLineOfText() throws {
    let scratch = try TemporaryFolder()
    let image = Self.fixture("baseline-420.jpg")
    let result = try BuiltBinary.run(
      ["preprocess", image, "--size", "16", "--output", "x.safetensors"], in: scratch.path)
    #expect(result.status == 0)
    #expect(
      result.output
        == "\(image): jpeg, 37 x 29 to 16 x 16, bicubic, clip; rgb \(Self.rgb.prefix(16)), "
        + "pixels \(Self.bicubic.prefix(16)); wrote x.safetensors\n")
    #expect(result.errors == "")
    // A name cannot speak to the terminal, nor make two lines of one.
    try scratch.write("a\n\u{1B}[31m.jpg", try Data(contentsOf: URL(fileURLWithPath: image)))
    let odd = try BuiltBinary.run(
      ["preprocess", "a\n\u{1B}[31m.jpg", "--size", "16", "--output", "z.safetensors"],
      in: scratch.path)
    #expect(odd.status == 0 && odd.output.hasPrefix("a  [31m.jpg: jpeg, 37 x 29 "))
    // The same bytes again.
    let first = try SHA256.hexDigest(ofFile: scratch("x.safetensors"))
    _ = try BuiltBinary.run(
      ["preprocess", image, "--size", "16", "--output", "y.safetensors"], in: scratch.path)
    #expect(try SHA256.hexDigest(ofFile: scratch("y.safetensors")) == first)
  }

  /// Read as far as it goes, with a warning; refused on request.
  @Test func aCutFile() throws {
    let scratch = try TemporaryFolder()
    let whole = try Data(contentsOf: URL(fileURLWithPath: Self.fixture("baseline-420.jpg")))
    let cut = try scratch.write("cut.jpg", whole.prefix(703))
    let arguments = ["preprocess", cut, "--size", "16", "--output", scratch("cut.safetensors")]
    try expectFailure(65, saying: ["cut.jpg: truncated"], arguments + ["--strict"], in: scratch)
    let result = try BuiltBinary.run(arguments + ["--format", "json"])
    #expect(result.status == 0)
    #expect(result.errors.hasPrefix("mplug-eval: warning: ") && result.errors.contains("truncated"))
    #expect(result.errors.utf8.count { $0 == 0x0A } == 1)
    let record = try JSONFile.parse(result.output)
    #expect(
      record["pixels_sha256"]?.string
        == "d1be7b0ae58f3b8175cbbdda72514a4ef252dd4aa5d464c01d7b02714d3a0c62")
    #expect(record["remarks"]?.array?.count == 1)
    #expect(try BuiltBinary.run(arguments + ["--quiet"]).errors == "")
  }

  @Test func whatIsRefused() throws {
    let scratch = try TemporaryFolder()
    func fails(_ status: Int32, _ says: String, _ arguments: String...) throws {
      try expectFailure(
        status, saying: [says], ["preprocess"] + arguments + ["--output", scratch("o")],
        in: scratch)
    }
    let image = Self.fixture("baseline-420.jpg")
    try fails(66, "no.jpg: there is no such file", "no.jpg", "--size", "16")
    try fails(64, "--size", image)
    for size in ["0", "4097", "99999999999"] {
      try fails(64, "--size must be from 1 to 4096", image, "--size", size)
    }
    try fails(64, "'lanczos'", image, "--size", "16", "--resize", "lanczos")
    try fails(64, "'none'", image, "--size", "16", "--normalize", "none")
    try fails(64, "IMAGE must not be empty", "", "--size", "16")
    let text = try scratch.write("text.jpg", "no picture at all")
    try fails(65, "text.jpg: expected a JPEG or PNG image", text, "--size", "16")
    let empty = try scratch.write("empty.jpg", "")
    try fails(65, "empty.jpg: the file is empty", empty, "--size", "16")
    let gif = try scratch.write("a.png", Data(MediaSample.gif.bytes))
    try fails(65, "a.png: GIF is unsupported", gif, "--size", "16")
    let thin = try scratch.write("thin.png", Data(MediaSample.png(width: 900)))
    try fails(
      65, "thin.png: 900 x 1 pixels fitted into 16 x 16", thin, "--size", "16", "--letterbox",
      "--quiet")
    // What is read is not lost, under whatever name it is given.
    let copy = try scratch.write("copy.jpg", try Data(contentsOf: URL(fileURLWithPath: image)))
    for name in ["copy.jpg", "./copy.jpg", copy] {
      try expectFailure(
        64, saying: ["--output would overwrite copy.jpg"],
        ["preprocess", "copy.jpg", "--size", "16", "--output", name], in: scratch)
    }
    try expectFailure(
      74, saying: ["no/o", "cannot be written"],
      ["preprocess", image, "--size", "16", "--output", scratch("no/o")], in: scratch)
  }
}
