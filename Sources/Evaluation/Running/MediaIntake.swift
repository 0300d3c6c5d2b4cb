import Foundation
import Media
import Models
import Records
import Tensors

/// What was read of a media file for a model.
enum SeenMedium: Sendable {
  /// The pixels of an image as the model takes them.
  case picture(PixelTensor)
  /// The frames of a clip as the model takes them.
  case clip(FrameTensor)
  /// Features that were made earlier of the same bytes.
  case features(VisualFeatures)
}

/// Reads the media of a run in the order in which they are needed, ahead of the model and on threads
/// of its own. A file whose features are known is decoded too, though not seen again: what is to be
/// said of it, and the size of a picture, must not depend on what a cache holds.
final class MediaIntake {
  /// One file that was read.
  struct Element: Sendable {
    /// What was made of it.
    let seen: SeenMedium
    /// SHA-256 of the file, in hexadecimal.
    let sha256: String
    /// Of an image, in pixels.
    let size: (width: Int, height: Int)?
    /// What strict use would refuse.
    let remarks: [MediaError]

    /// What it takes up while it waits.
    fileprivate var bytes: Int {
      switch seen {
      case .picture(let picture): 4 * picture.values.count
      case .clip(let clip): 4 * clip.values.count
      case .features(let features): features.byteCount
      }
    }
  }

  private let files: DecodeAhead<MediaRequest, Element>

  /// Begins to read.
  init(
    _ requests: [MediaRequest], task: TaskProtocol, store: FeatureStore, model: String,
    threads: Int
  ) throws {
    let decoding = try MediaDecoding.of(task, threads: threads)
    files = DecodeAhead(
      requests, threads: threads,
      budget: ByteBudget(
        limit: decoding.memory, inWork: { decoding.bytesInWork($0) }, waiting: { $0.bytes })
    ) { request in
      try Self.read(request, decoding, task, store, model: model)
    }
  }

  /// The next file: what was asked for and what became of it; nil behind the last.
  func next() -> (request: MediaRequest, result: Result<Element, any Error>)? {
    files.next().map { ($0.item, $0.result) }
  }

  /// Reads one file at once.
  ///
  /// - Throws: `MediaError`, `RecordError`.
  static func read(
    _ request: MediaRequest, _ decoding: MediaDecoding, _ task: TaskProtocol,
    _ store: FeatureStore, model: String
  ) throws -> Element {
    try decoding.checkPlace(of: request)
    let sha256 = try SHA256.hexDigest(ofFile: request.path)
    let key = FeatureKey(model: model, signature: task.featureSignature, media: sha256)
    let known = try store.features(key)
    switch try decoding.decode(request) {
    case .image(let decoded):
      let seen: SeenMedium =
        if let known { .features(known) } else {
          .picture(try task.imageTransform.tensor(of: decoded.image, file: request.path))
        }
      return Element(
        seen: seen, sha256: sha256, size: (decoded.image.width, decoded.image.height),
        remarks: decoded.remarks)
    case .clip(let clip):
      let seen: SeenMedium =
        if let known { .features(known) } else {
          .clip(try task.frameNormalization.tensor(of: clip.images, file: request.path))
        }
      return Element(seen: seen, sha256: sha256, size: nil, remarks: clip.remarks)
    }
  }
}

extension MediaDecoding {
  /// How a task reads its media.
  static func of(_ task: TaskProtocol, threads: Int) throws -> MediaDecoding {
    // Images have no sampler; that of one frame is never asked.
    MediaDecoding(
      clips: task.videoSampler() ?? VideoSampler(count: 1, size: .native), threads: threads)
  }
}
