import CPixels

/// Takes the frames of a video to normalised floats, by the rule of the reference.
///
/// Quirks kept: where no byte of all frames is larger than 1, the reference does not divide by 255:
/// a clip that is all but black comes out much brighter than the same with one brighter pixel.
public struct FrameNormalization: Sendable {
  /// When bytes are divided by 255.
  public enum Division: Sendable {
    /// Unless no byte of the clip is larger than 1: the reference's rule.
    case unlessDark
    /// In any case, as with pictures.
    case always
  }

  private let division: Division
  private let divided, undivided: PixelNormalization

  /// The reference's rule, unless another one is asked for.
  public init(_ statistics: PixelStatistics = .clip, division: Division = .unlessDark) {
    self.division = division
    divided = PixelNormalization(statistics)
    undivided = PixelNormalization(statistics, divides: false)
  }

  /// The frames of one video as a tensor.
  ///
  /// - Parameters:
  ///   - frames: Of one size.
  ///   - file: The video, for errors.
  /// - Throws: `MediaError.unevenFrames`.
  public func tensor(of frames: [RGBImage], file: String) throws -> FrameTensor {
    guard let first = frames.first else {
      return FrameTensor(frames: 0, height: 0, width: 0, values: [])
    }
    for (index, frame) in frames.enumerated()
    where frame.width != first.width || frame.height != first.height {
      throw MediaError.unevenFrames(
        file: file, index: index, width: frame.width, height: frame.height,
        firstWidth: first.width, firstHeight: first.height)
    }
    let normalization = isDivided(frames) ? divided : undivided
    let plane = first.width * first.height
    let values = [Float](unsafeUninitializedCapacity: frames.count * 3 * plane) { buffer, count in
      if let start = buffer.baseAddress {
        for (index, frame) in frames.enumerated() {
          normalization.write(frame, to: start + index * 3 * plane, plane: plane)
        }
      }
      count = frames.count * 3 * plane
    }
    return FrameTensor(
      frames: frames.count, height: first.height, width: first.width, values: values)
  }

  private func isDivided(_ frames: [RGBImage]) -> Bool {
    division == .always || frames.contains { cpixels_largest($0.bytes, $0.bytes.count) > 1 }
  }
}
