import Foundation
import Media

/// Makes small pictures of images and clips, several at a time: of a clip a few frames side by side.
///
/// They are the same for any number of threads.
package struct SmallPictures: Sendable {
  /// Pixels from left to right of an image's picture.
  package var width: Int
  /// Frames of a clip that stand side by side.
  package var frames: Int
  /// The quality of the JPEG, 1 to 100.
  package var quality: Int
  /// How many files are decoded at a time.
  package var threads: Int

  /// Settings.
  package init(
    width: Int = 256, frames: Int = 4, quality: Int = 72,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount
  ) {
    self.width = max(16, width)
    self.frames = max(1, frames)
    self.quality = min(100, max(1, quality))
    self.threads = max(1, threads)
  }

  /// Pictures of media in their order, as many from the start as a number of bytes has room for.
  ///
  /// - Parameters:
  ///   - requests: The images and clips.
  ///   - bytes: What a picture takes up, added up over all, stays within this.
  /// - Returns: One a request; nil where a file is missing or cannot be decoded, and from the first
  ///   on that there is no more room for; and how many those are.
  package func pictures(
    of requests: [MediaRequest], within bytes: Int, size: (SmallPicture) -> Int = \.jpeg.count
  ) -> (pictures: [SmallPicture?], withoutRoom: Int) {
    let settings = self
    let decoding = MediaDecoding(
      clips: VideoSampler(count: frames, size: .native, rule: .spread), threads: threads)
    let reader = MediaReader<SmallPicture>(requests, decoding, bytes: \.jpeg.count) { media in
      try settings.picture(of: media)
    }
    defer { reader.cancel() }
    var pictures: [SmallPicture?] = []
    var room = bytes
    while let element = reader.next() {
      let picture = try? element.result.get()
      if let picture {
        room -= size(picture)
        if room < 0 { break }
      }
      pictures.append(picture)
    }
    let withoutRoom = requests.count - pictures.count
    pictures += Array(repeating: nil, count: withoutRoom)
    return (pictures, withoutRoom)
  }

  private func picture(of media: DecodedMedia) throws -> SmallPicture {
    switch media {
    case .image(let decoded):
      let image = decoded.image
      let small = ContactSheet(thumbnailWidth: width).reduced(image)
      return SmallPicture(
        jpeg: try JPEGEncoder(quality: quality).bytes(of: small), width: image.width,
        height: image.height, frames: 1)
    case .clip(let clip):
      guard let strip = FrameStrip.image(of: clip.images, width: width * 3 / 4) else {
        throw MediaError.undecodableFrame(file: clip.file, index: 0, reason: "there is none")
      }
      return SmallPicture(
        jpeg: try JPEGEncoder(quality: quality).bytes(of: strip), width: clip.width,
        height: clip.height, frames: clip.images.count)
    }
  }
}
