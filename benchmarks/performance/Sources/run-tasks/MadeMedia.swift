import Media
import Models
import Records

/// Pictures and clips of smooth colours with noise, the same at every run.
struct MadeMedia {
  let task: TaskProtocol

  /// A picture as the protocol's transform makes it.
  func picture(_ seed: Int) throws -> PixelTensor {
    try task.imageTransform.tensor(of: image(seed))
  }

  /// A clip of the frames that the protocol samples.
  func clip(_ seed: Int) throws -> FrameTensor {
    try task.frameNormalization.tensor(
      of: (0..<(task.frames ?? 1)).map { image(seed * 100 + $0) }, file: "clip \(seed)")
  }

  private func image(_ seed: Int) -> RGBImage {
    let size = task.resolution
    var state = UInt32(truncatingIfNeeded: seed &* 2_654_435_761 | 1)
    let bytes = (0..<size * size * 3).map { place in
      state = state &* 1_664_525 &+ 1_013_904_223
      let (x, y) = (place / 3 % size, place / 3 / size)
      return UInt8(truncatingIfNeeded: (x + seed * 31 + y * (place % 3)) / 4 + Int(state >> 27))
    }
    return RGBImage(width: size, height: size, bytes: bytes)
  }
}
