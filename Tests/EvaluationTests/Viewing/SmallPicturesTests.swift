import Datasets
import Evaluation
import Foundation
import Media
import Records
import TestSupport
import Testing

/// Small pictures of images and clips: the same for any number of threads, within their room.
@Suite struct SmallPicturesTests {
  private let scratch: TemporaryFolder

  init() throws { scratch = try TemporaryFolder() }

  /// A JPEG of slow waves.
  private func image(_ name: String, _ width: Int, _ height: Int) throws -> MediaRequest {
    let bytes = (0..<width * height).flatMap { place -> [UInt8] in
      let (x, y) = (place % width, place / width)
      return [UInt8(x * 200 / width), UInt8(y * 200 / height), UInt8((x + y) % 50)]
    }
    let picture = RGBImage(width: width, height: height, bytes: bytes)
    let file = try scratch.write(name, Data(JPEGEncoder(quality: 90).bytes(of: picture)))
    return request(file, .image)
  }

  private func request(
    _ path: String, _ kind: MediaReference.Kind, isThere: Bool = true
  ) -> MediaRequest {
    MediaRequest(
      reference: MediaReference(id: .string(path), path: path, kind: kind), path: path,
      isThere: isThere)
  }

  private func clip(_ name: String) -> MediaRequest {
    request(Golden.fixtures.appendingPathComponent("media/videos/\(name)").path, .video)
  }

  private func decoded(_ picture: SmallPicture) throws -> RGBImage {
    try ImageDecoder().decode(MappedFile(bytes: picture.jpeg, name: "picture")).image
  }

  @Test func imagesAndClips() throws {
    let requests = try [
      image("wide.jpg", 640, 480), image("small.jpg", 40, 30), clip("b_frames.mp4"),
    ]
    let (pictures, withoutRoom) = SmallPictures(width: 160, frames: 3)
      .pictures(of: requests, within: 1 << 20)
    #expect(withoutRoom == 0 && pictures.count == 3)
    let wide = try #require(pictures[0])
    #expect((wide.width, wide.height, wide.frames) == (640, 480, 1))
    let reduced = try decoded(wide)
    #expect((reduced.width, reduced.height) == (160, 120))
    // What is small already stays as it is.
    let small = try decoded(#require(pictures[1]))
    #expect((small.width, small.height) == (40, 30))
    // Frames stand side by side, each reduced to one width; boxes would be in pixels of the clip.
    let strip = try #require(pictures[2])
    let frames = try decoded(strip)
    #expect(strip.frames == 3 && frames.width == 3 * min(120, strip.width))
  }

  @Test func sameForAnyNumberOfThreads() throws {
    var requests = try (0..<12).map { try image("i\($0).jpg", 300 + 7 * $0, 200) }
    requests.insert(clip("b_frames.mp4"), at: 5)
    let alone = SmallPictures(threads: 1).pictures(of: requests, within: 1 << 20)
    for threads in [2, 5] {
      let several = SmallPictures(threads: threads).pictures(of: requests, within: 1 << 20)
      #expect(several.pictures == alone.pictures && several.withoutRoom == alone.withoutRoom)
    }
    #expect(Set(alone.pictures.map { $0?.width }).count == 13)
  }

  @Test func roomIsKept() throws {
    let requests = try (0..<6).map { try image("i\($0).jpg", 300, 200 + $0) }
    let all = SmallPictures().pictures(of: requests, within: 1 << 20)
    let sizes = all.pictures.compactMap { $0?.jpeg.count }
    #expect(sizes.count == 6 && all.withoutRoom == 0)
    let limit = sizes[0] + sizes[1] + sizes[2]
    let three = SmallPictures().pictures(of: requests, within: limit)
    #expect(three.pictures == Array(all.pictures[..<3]) + [nil, nil, nil])
    #expect(three.withoutRoom == 3)
    #expect(SmallPictures().pictures(of: requests, within: limit - 1).withoutRoom == 4)
    // The room that a picture takes up may be more than its bytes.
    let doubled = SmallPictures().pictures(of: requests, within: limit) { 2 * $0.jpeg.count }
    #expect(doubled.withoutRoom == 5)
    #expect(SmallPictures().pictures(of: requests, within: 0).withoutRoom == 6)
    #expect(SmallPictures().pictures(of: [], within: 0).pictures.isEmpty)
  }

  @Test func brokenFilesHaveNoPicture() throws {
    let requests = try [
      request(scratch("gone.jpg"), .image, isThere: false), image("a.jpg", 64, 48),
      request(try scratch.write("text.jpg", "no picture"), .image),
      request(try scratch.write("text.mp4", "no clip"), .video), request(scratch.path, .image),
      image("b.jpg", 64, 48),
    ]
    let (pictures, withoutRoom) = SmallPictures().pictures(of: requests, within: 1 << 20)
    #expect(pictures.map { $0 != nil } == [false, true, false, false, false, true])
    #expect(pictures[1] == pictures[5] && withoutRoom == 0)
  }
}
