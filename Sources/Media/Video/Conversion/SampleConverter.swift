import Records

/// Converts the frames that are sampled from one video, and hashes them where that is asked for.
///
/// Native size is that of the first frame: containers may say something else, and frames in the
/// middle of a stream may be of another size.
final class SampleConverter {
  /// The native size, after turning; 0 until there is a frame.
  private(set) var (width, height) = (0, 0)

  private let sampler: VideoSampler
  private let file: String
  private var image: FrameConverter?
  private var native: FrameConverter?

  /// - Parameter file: The video's name, for errors.
  init(for sampler: VideoSampler, file: String) {
    self.sampler = sampler
    self.file = file
  }

  /// The picture in the size asked for, and the hash of the one in native size.
  ///
  /// - Throws: `MediaError.unsupportedFeature`.
  func convert(_ frame: VideoFrame) throws -> (image: RGBImage, sha256: String?) {
    if image == nil { (width, height) = (frame.width, frame.height) }
    let image =
      image
      ?? FrameConverter(
        sampler.size, file: file, stream: (width, height), resampler: sampler.resampler)
    self.image = image
    guard sampler.hashes else { return (try image.image(of: frame), nil) }
    let native = native ?? FrameConverter(.native, file: file, stream: (width, height))
    self.native = native
    let nativeImage = try native.image(of: frame)
    return (
      try image.image(of: frame, native: nativeImage), SHA256.hexDigest(of: nativeImage.bytes)
    )
  }
}
