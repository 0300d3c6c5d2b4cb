import Datasets
import Evaluation
import Foundation
import Media
import Records
import TestSupport
import Testing

/// Images and clips, sound and broken, read in order.
@Suite struct MediaReaderTests {
  private static let clips = Golden.fixtures.appendingPathComponent("media/videos").path
  private static let images = Golden.fixtures.appendingPathComponent("media/jpeg").path

  private func request(
    _ path: String, _ kind: MediaReference.Kind, isThere: Bool = true
  ) -> MediaRequest {
    let name = URL(fileURLWithPath: path).lastPathComponent
    return MediaRequest(
      reference: MediaReference(id: .string(name), path: name, kind: kind), path: path,
      isThere: isThere)
  }

  /// What is read of a list of files: for each the first bytes of its pixels, or the kind of failure.
  private func read(
    _ requests: [MediaRequest], threads: Int = 2, frames: Int = 8, memory: Int = 1 << 29
  ) -> (outcomes: [String], reader: MediaReader<String>) {
    let decoding = MediaDecoding(
      clips: VideoSampler(count: frames, size: .square(16, .swscale)), threads: threads,
      memory: memory)
    let reader = MediaReader(requests, decoding, bytes: { $0.utf8.count }) { media in
      switch media {
      case .image(let image):
        "\(image.image.width)x\(image.image.height) \(SHA256.hexDigest(of: image.image.bytes))"
      case .clip(let clip):
        "\(clip.images.count) \(SHA256.hexDigest(of: clip.images.flatMap(\.bytes)))"
      }
    }
    var outcomes: [String] = []
    while let element = reader.next() {
      #expect(element.index == outcomes.count)
      #expect(element.request.path == requests[element.index].path)
      switch element.result {
      case .success(let output): outcomes.append(output)
      case .failure(let error): outcomes.append(MediaProblems.code(of: error))
      }
    }
    return (outcomes, reader)
  }

  /// Every kind of broken file among sound ones, and what becomes of each; "" for pixels.
  private func mixture(_ scratch: TemporaryFolder) throws -> [(MediaRequest, outcome: String)] {
    let jpeg = try Data(contentsOf: URL(fileURLWithPath: "\(Self.images)/baseline-420.jpg"))
    let clip = try Data(contentsOf: URL(fileURLWithPath: "\(Self.clips)/b_frames.mp4"))
    var damaged = clip
    damaged.resetBytes(in: 700..<1500)
    #expect(mkfifo(scratch("pipe"), 0o600) == 0)
    func image(_ name: String, _ content: Data) throws -> MediaRequest {
      request(try scratch.write(name, content), .image)
    }
    func video(_ name: String, _ content: Data) throws -> MediaRequest {
      request(try scratch.write(name, content), .video)
    }
    return [
      (request("\(Self.images)/gray.jpg", .image), ""),
      (try image("empty.jpg", Data()), "media_empty"),
      (try image("page.jpg", Data("<html>".utf8)), "media_unknown"),
      (try image("cut.jpg", jpeg.prefix(jpeg.count * 2 / 3)), ""),
      (try image("webp.jpg", Data(MediaSample.webp.bytes)), "media_unsupported"),
      (try image("gif.jpg", Data(MediaSample.gif.bytes)), "media_unsupported"),
      (try image("bmp.jpg", Data(MediaSample.bmp.bytes)), "media_unsupported"),
      (try image("clip.jpg", clip), "media_unknown"),
      (try image("png.jpg", Data(MediaSample.png.bytes)), ""),
      (try image("vast.png", Data(MediaSample.png(width: .max))), "media_too_large"),
      (request(scratch("absent.jpg"), .image, isThere: false), "media_missing"),
      (request(scratch("gone.jpg"), .image), "media_missing"),
      (request(scratch("pipe"), .image), "media_unreadable"),
      (request(scratch.path, .image), "media_unreadable"),
      (try image("header.jpg", jpeg.prefix(30)), "media_truncated"),
      (request("\(Self.clips)/b_frames.mp4", .video), ""),
      (request("\(Self.clips)/sound.m4a", .video), "no_video_stream"),
      (try video("empty.mp4", Data()), "media_empty"),
      (try video("text.mp4", Data("nothing to see\n".utf8)), "media_unknown"),
      (try video("picture.mp4", jpeg), "media_unsupported"),
      (try video("cut.mp4", clip.prefix(clip.count * 2 / 3)), "media_truncated"),
      (try video("damaged.mp4", damaged), "undecodable_frame"),
      (request(scratch("absent.mp4"), .video, isThere: false), "media_missing"),
      (request(scratch("pipe"), .video), "media_unreadable"),
      (request("\(Self.clips)/edit_list.mp4", .video), ""),
      (request("\(Self.clips)/vp9.webm", .video), ""),
      (request("\(Self.images)/progressive-444.jpg", .image), ""),
    ]
  }

  @Test(arguments: [0, 1, 2, 7], [1, 1 << 29]) func everyKindOfFile(
    _ threads: Int, _ memory: Int
  ) throws {
    let scratch = try TemporaryFolder()
    let mixture = try mixture(scratch)
    let (outcomes, reader) = read(
      mixture.map(\.0), threads: threads, frames: 20, memory: memory)
    #expect(outcomes.count == mixture.count)
    let alone = mixture.map { read([$0.0], threads: 0, frames: 20).outcomes }
    for (index, (request, expected)) in mixture.enumerated() {
      #expect([outcomes[index]] == alone[index], "\(request.path)")
      if expected.isEmpty {
        #expect(outcomes[index].utf8.count > 64, "\(request.path): \(outcomes[index])")
      } else {
        #expect(outcomes[index] == expected, "\(request.path)")
      }
    }
    let counts = Dictionary(grouping: mixture.map(\.outcome).filter { !$0.isEmpty }) { $0 }
    let kinds = reader.problems.failures
    #expect(
      Dictionary(uniqueKeysWithValues: kinds.map { ($0.code, $0.count) })
        == counts.mapValues(\.count))
    for kind in kinds {
      #expect(
        kind.examples
          == mixture.filter { $0.outcome == kind.code }.map { $0.0.path }, "\(kind.code)")
    }
    // Pixels all the same.
    #expect(
      reader.problems.remarks.map(\.code) == ["media_truncated_used", "frames_not_shown"])
    #expect(
      reader.problems.remarks.map(\.examples.first) == [
        scratch("cut.jpg"), "\(Self.clips)/edit_list.mp4",
      ])
    let problems = reader.problems.problems
    #expect(problems.map(\.count).reduce(0, +) == counts.values.joined().count + 2)
    #expect(problems.allSatisfy { !$0.message.contains("\n") && !$0.examples.isEmpty })
    #expect(
      problems.first?.message
        == "2 media files could not be read and are left out; first: \(scratch("empty.jpg")): the "
        + "file is empty: get it anew")
  }

  /// The pixels are those of the decoders, called one by one.
  @Test func pixelsOfTheDecoders() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: Self.clips).sorted()
      .filter { !$0.hasSuffix(".json") && !$0.hasSuffix(".md") && $0 != "sound.m4a" }
    #expect(names.count > 10)
    let requests = names.map { request("\(Self.clips)/\($0)", .video) }
    let (outcomes, reader) = read(requests, threads: 3, frames: 12)
    let sampler = VideoSampler(count: 12, size: .square(16, .swscale))
    for (request, outcome) in zip(requests, outcomes) {
      let sampled = try sampler.sample(request.path)
      #expect(
        outcome == "12 \(SHA256.hexDigest(of: sampled.images.flatMap(\.bytes)))", "\(request.path)")
    }
    #expect(reader.problems.failures.isEmpty)
    // The negative twin: other frames are other pixels.
    #expect(zip(outcomes, read(requests, frames: 11).outcomes).allSatisfy { $0 != $1 })
  }

  @Test func fewerFramesThanAskedFor() throws {
    let clip = "\(Self.clips)/b_frames.mp4"
    let (outcomes, reader) = read([request(clip, .video)], frames: 500)
    #expect(outcomes[0].hasPrefix("500 "))
    #expect(reader.problems.remarks.map(\.code) == ["too_few_frames"])
    #expect(reader.problems.failures.isEmpty)
  }

  /// What the consumer makes of the pixels may fail too.
  @Test func whatIsMadeMayFail() throws {
    let thin = MediaError.tooThin(file: "a", width: 1, height: 900, size: 9)
    let decoding = MediaDecoding(clips: VideoSampler(count: 8, size: .native))
    let reader = MediaReader(
      [request("\(Self.images)/gray.jpg", .image)], decoding, bytes: { (_: Int) in 0 }
    ) { _ in throw thin }
    let element = try #require(reader.next())
    #expect(throws: thin) { try element.result.get() }
    #expect(reader.problems.failures.map(\.code) == ["image_too_thin"])
    #expect(reader.next() == nil)
  }

  /// Requests in the order of a split, found or not, and a file under another name than the data
  /// set's.
  @Test func requestsOfASplit() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("val2014/b.jpg", Data(MediaSample.png.bytes))
    try scratch.write("images/a.jpg", Data(MediaSample.png.bytes))
    let references = ["c", "a", "b", "a"].map {
      MediaReference(id: .string($0), path: "val2014/\($0).jpg", kind: .image)
    }
    let location = try MediaLocator(data: scratch.path, mediaFolders: ["."]).locate(references)
    let requests = location.requests(for: references)
    #expect(requests.map(\.reference) == references)
    #expect(requests.map(\.isThere) == [false, true, true, true])
    #expect(
      requests.map(\.path)
        == [
          "val2014/c.jpg", scratch("images/a.jpg"), scratch("val2014/b.jpg"),
          scratch("images/a.jpg"),
        ])
    let (outcomes, reader) = read(requests)
    #expect(outcomes[0] == "media_missing" && outcomes[1] == outcomes[3])
    #expect(reader.problems.problems.map(\.examples) == [["val2014/c.jpg"]])
  }

  @Test func noMoreThanTenExamples() {
    let requests = (0..<40).map { request("/nowhere/\($0)", .image) }
    let (_, reader) = read(requests, threads: 5)
    #expect(reader.problems.failures.map(\.count) == [40])
    #expect(reader.problems.failures[0].examples == (0..<10).map { "/nowhere/\($0)" })
  }

  @Test func stoppingEarly() throws {
    let requests = (0..<1000).map { _ in request("\(Self.images)/gray.jpg", .image) }
    let decoding = MediaDecoding(clips: VideoSampler(count: 8, size: .native), threads: 3)
    let reader = MediaReader(requests, decoding, bytes: { (_: Int) in 0 }) { _ in 1 }
    #expect(Array(reader.prefix(5)).count == 5)
    reader.cancel()
    #expect(reader.next() == nil)
  }
}
