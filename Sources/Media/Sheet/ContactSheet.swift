/// Frames of a video side by side in one picture, each with a label below.
package struct ContactSheet: Sendable {
  /// A picture and what is written below it.
  package struct Frame: Sendable {
    /// The picture, of any size.
    package let image: RGBImage
    /// One line; what does not fit below the picture is left away.
    package let label: String

    /// Puts them together.
    package init(image: RGBImage, label: String) {
      self.image = image
      self.label = label
    }

    /// A frame of a video: its index from 0, and its time where the container has one.
    package init(image: RGBImage, index: Int, seconds: Double?) {
      self.init(image: image, label: Self.label(index: index, seconds: seconds))
    }

    /// The label of a frame, such as `#120 4.80 s`.
    package static func label(index: Int, seconds: Double?) -> String {
      guard let seconds, seconds.magnitude < 1e9 else { return "#\(index)" }
      let hundredths = Int((seconds.magnitude * 100).rounded())
      let sign = seconds < 0 && hundredths > 0 ? "-" : ""
      let (whole, part) = hundredths.quotientAndRemainder(dividingBy: 100)
      return "#\(index) \(sign)\(whole).\(part < 10 ? "0" : "")\(part) s"
    }
  }

  /// The width to which wider pictures are reduced; less where there are so many of them that the
  /// sheet would go beyond `pixelLimit`.
  package let thumbnailWidth: Int
  /// Pictures in a row; nil to choose by their number.
  package let columns: Int?

  /// Pixels of the whole sheet that are never exceeded.
  package static let pixelLimit = 64 << 20

  private static let gap = 4
  private static let letterScale = 2
  private static let labelHeight = BitmapLetters.height * letterScale + 2 * gap
  private static let background: UInt8 = 24
  private static let ink: UInt8 = 235

  /// - Parameters:
  ///   - thumbnailWidth: in pixels, 1 to 16,384; the nearest counts of anything else.
  ///   - columns: at least 1; anything less counts as 1.
  package init(thumbnailWidth: Int = 240, columns: Int? = nil) {
    self.thumbnailWidth = min(max(1, thumbnailWidth), 1 << 14)
    self.columns = columns.map { max(1, $0) }
  }

  /// Draws the sheet: row by row from the left, in the order given.
  ///
  /// - Returns: nil where there are no frames, or so many that a point for each is too much.
  package func image(of frames: [Frame]) -> RGBImage? {
    guard let grid = grid(frames) else { return nil }
    let (width, height) = (grid.width, grid.height)
    return RGBImage(width: width, height: height) { output in
      output.update(repeating: Self.background, count: 3 * width * height)
      for (place, frame) in frames.enumerated() {
        let left = Self.gap + place % grid.columns * (grid.cellWidth + Self.gap)
        let top = place / grid.columns * grid.cellHeight + Self.gap
        let size = Thumbnail.size(of: frame.image, width: grid.thumbnailWidth)
        let x = left + (grid.cellWidth - size.width) / 2
        let y = top + (grid.pictureHeight - size.height) / 2
        Thumbnail.draw(
          frame.image, size, to: output + 3 * (y * width + x), stride: 3 * width)
        write(
          frame.label, to: output + 3 * ((top + grid.pictureHeight + Self.gap) * width + left),
          stride: 3 * width, cellWidth: grid.cellWidth)
      }
    }
  }

  private func write(
    _ label: String, to output: UnsafeMutablePointer<UInt8>, stride: Int, cellWidth: Int
  ) {
    let scale = Self.letterScale
    BitmapLetters.draw(label) { column, row in
      guard (column + 1) * scale <= cellWidth else { return }
      for y in row * scale..<(row + 1) * scale {
        (output + y * stride + 3 * column * scale).update(repeating: Self.ink, count: 3 * scale)
      }
    }
  }

  /// How the sheet is divided.
  private struct Grid {
    let columns, rows, thumbnailWidth, cellWidth, pictureHeight: Int
    var cellHeight: Int { pictureHeight + 2 * gap + labelHeight }
    var width: Int { columns * (cellWidth + gap) + gap }
    var height: Int { rows * cellHeight + gap }
  }

  private func grid(_ frames: [Frame]) -> Grid? {
    guard !frames.isEmpty else { return nil }
    let columns = min(frames.count, columns ?? Self.columns(for: frames.count))
    let rows = (frames.count + columns - 1) / columns
    var width = thumbnailWidth
    while true {
      let sizes = frames.map { Thumbnail.size(of: $0.image, width: width) }
      // Room for the label of a narrow picture, too.
      let labels = frames.map { BitmapLetters.width(of: $0.label) * Self.letterScale }
      let widest = max(sizes.map(\.width).max() ?? 1, min(width, labels.max() ?? 1))
      let grid = Grid(
        columns: columns, rows: rows, thumbnailWidth: width, cellWidth: widest,
        pictureHeight: sizes.map(\.height).max() ?? 1)
      if grid.width <= Self.pixelLimit / grid.height { return grid }
      if width == 1 { return nil }
      width /= 2
    }
  }

  /// Nearly as many as rows, and without a gap in the last row where that is easy.
  static func columns(for count: Int) -> Int {
    var root = 1
    while root * root < count { root += 1 }
    return (root...2 * root).first { count % $0 == 0 } ?? root
  }
}
