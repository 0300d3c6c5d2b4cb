/// Frames of one clip side by side without gaps or labels, each reduced to one size.
package enum FrameStrip {
  /// Draws the strip; the first frame decides the size of all. Nil where there is no frame.
  ///
  /// - Parameter width: The width to which each wider frame is reduced.
  package static func image(of frames: [RGBImage], width: Int) -> RGBImage? {
    guard let first = frames.first else { return nil }
    let size = Thumbnail.size(of: first, width: max(1, width))
    // Frames of one clip have one size; another's would not fit its place.
    let fitting = frames.filter { $0.width == first.width && $0.height == first.height }
    let stride = 3 * size.width * fitting.count
    return RGBImage(width: size.width * fitting.count, height: size.height) { output in
      for (place, frame) in fitting.enumerated() {
        Thumbnail.draw(frame, size, to: output + 3 * size.width * place, stride: stride)
      }
    }
  }
}
