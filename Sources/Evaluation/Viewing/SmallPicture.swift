/// A small picture of an image, or of a clip's frames side by side, as a page carries it.
package struct SmallPicture: Sendable, Equatable {
  /// The file, a JPEG.
  package let jpeg: [UInt8]
  /// Pixels of the image itself from left to right, of one frame for a clip: boxes are in them.
  package let width: Int
  /// Pixels from top to bottom.
  package let height: Int
  /// Frames side by side; 1 for an image.
  package let frames: Int

  /// Puts a picture together.
  package init(jpeg: [UInt8], width: Int, height: Int, frames: Int) {
    self.jpeg = jpeg
    self.width = width
    self.height = height
    self.frames = frames
  }
}
