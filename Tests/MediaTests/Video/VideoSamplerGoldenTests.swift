import Foundation
import Media
import Records
import TestSupport
import Testing

/// Sampling of the golden videos.
@Suite(.enabled(if: Golden.folder != nil)) struct VideoSamplerGoldenTests {
  @Test(arguments: GoldenVideo.readable) func manifests(_ video: GoldenVideo) throws {
    let described = video.describedFrames
    for count in [8, 12, 16] {
      let sampler = VideoSampler(count: count, size: .native, hashes: true)
      let sampled = try sampler.sample(video.path)
      let oracle = try #require(video.oracle["sampling"]?["\(count)"])
      #expect(sampled.file == video.path)
      #expect(sampled.frameCount == video.frameCount)
      #expect(sampled.width == video.oracle["reference"]?["width"]?.int)
      #expect(sampled.height == video.oracle["reference"]?["height"]?.int)
      #expect(sampled.indices == oracle["indices"]?.array?.compactMap(\.int))
      let lastShown = try #require(video.shownCount) - 1
      #expect(sampled.shownIndices == sampled.indices.map { min($0, lastShown) })
      #expect(sampled.images.count == sampled.indices.count)
      for (place, index) in sampled.shownIndices.enumerated() {
        // The last frame that is shown is described where the reference returned it.
        guard let frame = described[index] else {
          #expect(index == lastShown)
          continue
        }
        #expect(sampled.sha256?[place] == frame["rgb_sha256"]?.string, "frame \(index)")
        // FFmpeg 8, which made the oracle, makes up later times for H.264 in AVI than FFmpeg 5.
        let shift = video.testDescription == "h264_no_b.avi" ? 1.0 / 24 : 0
        let time = try #require(sampled.seconds[place]) + shift
        #expect(abs(time - (frame["time"]?.double ?? -1)) <= 0.5e-6 + 1e-9, "frame \(index)")
        #expect(SHA256.hexDigest(of: sampled.images[place].bytes) == sampled.sha256?[place])
      }
      let isShort = sampled.frameCount < count
      let isCut = sampled.indices.contains { $0 > lastShown }
      #expect(sampled.remarks.count == (isShort ? 1 : 0) + (isCut ? 1 : 0))
      let strict = VideoSampler(count: count, size: .square(16, .swscale), strict: true)
      if isShort || isCut {
        #expect(throws: sampled.remarks[0]) { try strict.sample(video.path) }
      } else {
        #expect(try strict.sample(video.path).indices == sampled.indices)
      }
    }
  }

  /// Hashing changes no picture, and each size is that of the converter.
  @Test(arguments: ["rotate90_aac.mp4", "cut_editlist.mp4", "short_5frames.mp4"])
  func sizes(_ name: String) throws {
    let video = try #require(GoldenVideo.readable.first { $0.testDescription == name })
    for size in [
      FrameSize.native, .square(48, .swscale), .square(48, .pillow), .square(48, .pillowBilinear),
    ] {
      let plain = try VideoSampler(count: 8, size: size).sample(video.path)
      let hashed = try VideoSampler(count: 8, size: size, hashes: true).sample(video.path)
      #expect(plain.images == hashed.images)
      #expect(plain.sha256 == nil && hashed.sha256?.count == 8)
      let converter = FrameConverter(size, file: name)
      var expected: [Int: RGBImage] = [:]
      try VideoReader(video.path).frames(at: Set(plain.shownIndices).sorted()) {
        expected[$0.index] = try converter.image(of: $0)
      }
      #expect(plain.images == plain.shownIndices.compactMap { expected[$0] })
    }
  }

  /// `[8, 3, 32, 32]` as the model takes it: the exact frames, by swscale to 32 x 32, with CLIP's
  /// constants. Bit for bit.
  @Test(arguments: GoldenVideo.readable) func tensors(_ video: GoldenVideo) throws {
    let entry = try #require(video.oracle["tensor"])
    let frames = (entry["frames"]?.array ?? []).compactMap(\.int)
    #expect(!frames.isEmpty)
    let file = video.oracleFile(try #require(entry["file"]?.string))
    let array = try NPYFloats(try Data(contentsOf: file))
    #expect(array.shape == [frames.count, 3, 32, 32])
    let described = video.describedFrames
    let reader = try VideoReader(video.path)
    let converters = OracleConverters(video)
    var images: [Int: RGBImage] = [:]
    try reader.frames(at: Set(frames).sorted()) { frame in
      let oracle = try #require(described[frame.index])
      images[frame.index] = try converters.image(of: frame, as: oracle, side: 32)
    }
    let pictures = frames.compactMap { images[$0] }
    #expect(
      SHA256.hexDigest(of: pictures.flatMap(\.bytes)) == entry["sha256_of_uint8_hwc"]?.string)
    let tensor = try FrameNormalization(.clip).tensor(of: pictures, file: video.path)
    #expect(tensor.values.map(\.bitPattern) == array.values.map(\.bitPattern))
    // The negative twin: the same with another frame in the first one's place.
    if let other = pictures.last, other != pictures[0] {
      let changed = try FrameNormalization(.clip)
        .tensor(of: [other] + pictures.dropFirst(), file: video.path)
      #expect(changed.values != array.values)
    }
  }

  /// Pictures of 224 x 224 that the reference's reader made, as PNG files: the same bytes.
  @Test func pictures() throws {
    var count = 0
    for video in GoldenVideo.readable {
      for entry in video.oracle["images"]?.array ?? [] {
        let index = try #require(entry["frame"]?.int)
        let side = try #require(entry["size"]?.int)
        let file = video.oracleFile(try #require(entry["file"]?.string))
        let expected = try ImageDecoder().decode(file.path)
        let converter = FrameConverter(.square(side, .swscale), file: video.path)
        let reader = try VideoReader(video.path)
        var images: [RGBImage] = []
        try reader.frames(at: [index, index + 1]) { images.append(try converter.image(of: $0)) }
        #expect(images[0] == expected.image, "\(file.lastPathComponent)")
        // The negative twin: the frame after it.
        #expect(images[1] != expected.image, "\(file.lastPathComponent)")
        count += 1
      }
    }
    #expect(count == 7)
  }
}

extension GoldenVideo {
  /// A file beside the oracle.
  func oracleFile(_ name: String) -> URL {
    URL(fileURLWithPath: path).deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("oracle/videos/\(name)")
  }
}

/// An array of NumPy's format, version 1, of little-endian floats.
struct NPYFloats {
  let shape: [Int]
  let values: [Float]

  init(_ data: Data) throws {
    let bytes = [UInt8](data)
    let length = Int(bytes[8]) | Int(bytes[9]) << 8
    let header = String(decoding: bytes[10..<10 + length], as: UTF8.self)
    let match = try #require(header.firstMatch(of: /'shape': \(([0-9, ]*)\)/))
    #expect(header.contains("'<f4'") && header.contains("'fortran_order': False"))
    shape = match.1.split(separator: ",").compactMap { Int($0.filter(\.isNumber)) }
    values = stride(from: 10 + length, to: bytes.count, by: 4).map { place in
      Float(
        bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[place + $1]) << UInt32(8 * $1) })
    }
  }
}
