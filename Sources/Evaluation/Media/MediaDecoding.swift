import Datasets
import Foundation
import Media
import Records

/// How images and clips are decoded, and how far ahead.
package struct MediaDecoding: Sendable {
  /// What decodes images.
  package var images: ImageDecoder
  /// What decodes clips.
  package var clips: VideoSampler
  /// How many files are decoded at a time.
  package var threads: Int
  /// How many files may be in work or wait for the consumer; twice the threads without it.
  package var ahead: Int?
  /// About how many bytes those may take up. What alone takes up more is decoded alone.
  package var memory: Int

  /// Puts the settings together.
  package init(
    images: ImageDecoder = ImageDecoder(), clips: VideoSampler,
    threads: Int = ProcessInfo.processInfo.activeProcessorCount, ahead: Int? = nil,
    memory: Int = 1 << 29
  ) {
    self.images = images
    self.clips = clips
    self.threads = threads
    self.ahead = ahead
    self.memory = memory
  }

  /// Decodes an image or a clip.
  ///
  /// - Throws: `MediaError`, `RecordError`.
  func decode(_ request: MediaRequest) throws -> DecodedMedia {
    try checkPlace(of: request)
    return switch request.reference.kind {
    case .image: .image(try images.decode(request.path))
    case .video: .clip(try clips.sample(request.path))
    }
  }

  /// Says why a file cannot be opened: opening a pipe would wait for its other end.
  ///
  /// - Throws: `RecordError`.
  func checkPlace(of request: MediaRequest) throws {
    guard request.isThere else {
      throw RecordError.missingFile(
        path: request.path, remedy: "`mplug-eval doctor` says where it was looked for")
    }
    if request.reference.kind == .image, !Self.mayBeOpened(request.path) {
      throw RecordError.unreadable(
        path: request.path, reason: "it is a folder, a pipe or a device: name a file")
    }
  }

  /// About what decoding takes up: of an image by what its header says, the pixels and as much again
  /// for the decoder; of a clip the frames, and a round number for the decoder's own.
  func bytesInWork(_ request: MediaRequest) -> Int {
    guard request.isThere else { return 0 }
    switch request.reference.kind {
    case .image:
      guard Self.mayBeOpened(request.path), let file = try? MappedFile(request.path) else {
        return 0
      }
      return 2 * images.announcedBytes(file)
    case .video:
      guard case .square(let side, _) = clips.size else { return 1 << 27 }
      return clips.count * 3 * side * side + 1 << 26
    }
  }

  /// False for what is there and no regular file: opening a pipe would wait for its other end.
  private static func mayBeOpened(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) != 0 || status.st_mode & S_IFMT == S_IFREG
  }
}
