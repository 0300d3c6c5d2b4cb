/// A picture and what is to be said of its file.
public struct DecodedImage: Sendable {
  /// The pixels.
  public let image: RGBImage
  /// What the file is by its content.
  public let format: ImageFormat
  /// What is wrong with the file although it gave a picture, the one that the reference sees:
  /// `MediaError.truncated` or `.damaged`. Strict use refuses such files.
  public let remarks: [MediaError]

  /// Puts them together.
  package init(image: RGBImage, format: ImageFormat, remarks: [MediaError] = []) {
    self.image = image
    self.format = format
    self.remarks = remarks
  }
}
