import Media
import Tensors

/// Pictures cut into patches, as rows of numbers: the convolution whose stride is its size is then a
/// product.
struct PatchRows {
  /// Pixels on a side of a patch.
  let patch: Int

  /// How many patches a side of a picture has; pixels beyond the last whole patch are not seen.
  ///
  /// - Throws: `ModelError.unfitImage` for a picture that is not square or has no whole patch.
  func side(of picture: PixelTensor, index: Int) throws -> Int {
    guard picture.width == picture.height else {
      throw ModelError.unfitImage(
        index: index, width: picture.width, height: picture.height, reason: "it is not square",
        remedy: "resize it to a square first")
    }
    guard picture.width >= patch else {
      throw ModelError.unfitImage(
        index: index, width: picture.width, height: picture.height,
        reason: "it is smaller than a patch of \(patch) x \(patch)",
        remedy: "resize it to at least one patch, \(patch)")
    }
    return picture.width / patch
  }

  /// Writes the patches of a picture, row by row, each as `[3, patch, patch]`.
  ///
  /// - Parameter matrix: `[side², 3·patch²]`
  func write(_ picture: PixelTensor, side: Int, into matrix: Matrix) {
    let plane = picture.width * picture.height
    picture.values.withUnsafeBufferPointer { values in
      guard let pixels = values.baseAddress else { return }
      for row in 0..<side {
        for column in 0..<side {
          var place = matrix.row(row * side + column)
          for channel in 0..<3 {
            for line in 0..<patch {
              let first =
                channel * plane + (row * patch + line) * picture.width + column * patch
              place.update(from: pixels + first, count: patch)
              place += patch
            }
          }
        }
      }
    }
  }
}
