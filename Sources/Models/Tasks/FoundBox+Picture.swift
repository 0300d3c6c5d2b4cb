import Media

extension FoundBox {
  /// The box in pixels of the picture, what sticks out of the square cut off as in the reference's
  /// evaluation; it may reach into what surrounds a letterbox.
  ///
  /// - Parameters:
  ///   - width: Of the picture, in pixels.
  ///   - height: Of the picture, in pixels.
  ///   - task: How the picture was brought into the square.
  /// - Returns: The upper left corner and the size; nil for a picture that a letterbox leaves nothing
  ///   of.
  package func pixels(
    width: Int, height: Int, _ task: TaskProtocol
  ) -> (x: Double, y: Double, width: Double, height: Double)? {
    let cut = box.clamped
    switch task.shape {
    case .letterbox:
      return Letterbox(width: width, height: height, size: task.resolution).map(cut.pixels)
    case .square:
      let (columns, rows) = (Double(width), Double(height))
      return (
        x: (Double(cut.centerX) - Double(cut.width) / 2) * columns,
        y: (Double(cut.centerY) - Double(cut.height) / 2) * rows,
        width: Double(cut.width) * columns, height: Double(cut.height) * rows
      )
    }
  }
}

extension SquareBox {
  /// The part of the box that lies in the square.
  fileprivate var clamped: SquareBox {
    func clamp(_ edge: Float) -> Float { min(max(edge, 0), 1) }
    let (left, right) = (clamp(centerX - width / 2), clamp(centerX + width / 2))
    let (top, bottom) = (clamp(centerY - height / 2), clamp(centerY + height / 2))
    return SquareBox(
      centerX: (left + right) / 2, centerY: (top + bottom) / 2, width: right - left,
      height: bottom - top)
  }
}
