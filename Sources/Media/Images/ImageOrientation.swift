/// How a stored picture is turned and mirrored before it is shown; the raw values are EXIF's.
package enum ImageOrientation: Int, Sendable, CaseIterable {
  case upright = 1
  case mirrored, upsideDown, mirroredUpsideDown
  case transposed, quarterTurned, transversed, threeQuartersTurned

  /// Whether width and height change places.
  package var swapsSides: Bool { rawValue >= Self.transposed.rawValue }
}

extension RGBImage {
  /// The picture as it is shown.
  ///
  /// Source: Pillow 9.5, `ImageOps.exif_transpose`.
  package func oriented(_ orientation: ImageOrientation) -> RGBImage {
    if orientation == .upright { return self }
    // The stored pixel that the first shown one is, and the steps to the next in a row and to the
    // row below.
    let (first, step, down) =
      switch orientation {
      case .upright: (0, 1, width)
      case .mirrored: (width - 1, -1, width)
      case .upsideDown: (width * height - 1, -1, -width)
      case .mirroredUpsideDown: (width * (height - 1), 1, -width)
      case .transposed: (0, width, 1)
      case .quarterTurned: (width * (height - 1), -width, 1)
      case .transversed: (width * height - 1, -width, -1)
      case .threeQuartersTurned: (width - 1, width, -1)
      }
    let (shownWidth, shownHeight) = orientation.swapsSides ? (height, width) : (width, height)
    return bytes.withUnsafeBufferPointer { stored in
      RGBImage(width: shownWidth, height: shownHeight) { shown in
        var next = shown
        for y in 0..<shownHeight {
          var pixel = 3 * (first + y * down)
          for _ in 0..<shownWidth {
            next[0] = stored[pixel]
            next[1] = stored[pixel + 1]
            next[2] = stored[pixel + 2]
            next += 3
            pixel += 3 * step
          }
        }
      }
    }
  }
}
