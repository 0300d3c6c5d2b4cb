/// A picture of 8-bit red, green, blue: what `Image.convert("RGB")` holds in Pillow and a frame of
/// decord is.
public struct RGBImage: Sendable, Equatable {
  /// Pixels in a row, at least 1.
  public let width: Int
  /// Rows, at least 1.
  public let height: Int
  /// `[height, width, 3]`, row by row from the top, without gaps.
  public private(set) var bytes: [UInt8]

  /// Takes bytes for a picture.
  ///
  /// - Parameter bytes: `[height, width, 3]`; there must be as many as that.
  public init(width: Int, height: Int, bytes: [UInt8]) {
    precondition(width > 0 && height > 0 && bytes.count == 3 * width * height)
    self.width = width
    self.height = height
    self.bytes = bytes
  }

  /// Makes a picture whose bytes a function writes, all of them unless it throws.
  package init(
    width: Int, height: Int,
    writing body: (UnsafeMutablePointer<UInt8>) throws -> Void
  ) rethrows {
    precondition(width > 0 && height > 0)
    self.width = width
    self.height = height
    bytes = try [UInt8](unsafeUninitializedCapacity: 3 * width * height) { buffer, count in
      if let start = buffer.baseAddress { try body(start) }
      count = 3 * width * height
    }
  }
}
