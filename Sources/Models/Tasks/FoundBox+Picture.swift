import Media

extension FoundBox {
  /// The box in pixels of the picture, `[left, top, width, height]`, what sticks out of the square cut
  /// off as in the reference's evaluation; it may reach into what surrounds a letterbox.
  ///
  /// - Parameters:
  ///   - width: Of the picture, in pixels.
  ///   - height: Of the picture, in pixels.
  ///   - task: How the picture was brought into the square.
  /// - Returns: nil for a picture that a letterbox leaves nothing of.
  package func pixels(width: Int, height: Int, _ task: TaskProtocol) -> [Double]? {
    let box = square
    let size = Double(task.resolution)
    let corners = [
      box[0] - box[2] / 2, box[1] - box[3] / 2, box[0] + box[2] / 2, box[1] + box[3] / 2,
    ].map { min(max($0, 0), 1) * size }
    let scale: (x: Double, y: Double)
    let start: (x: Double, y: Double)
    switch task.shape {
    case .square:
      scale = (Double(width) / size, Double(height) / size)
      start = (0, 0)
    case .letterbox:
      guard let letterbox = Letterbox(width: width, height: height, size: task.resolution) else {
        return nil
      }
      scale = (1 / letterbox.ratio, 1 / letterbox.ratio)
      start = (Double(letterbox.left), Double(letterbox.top))
    }
    return [
      (corners[0] - start.x) * scale.x, (corners[1] - start.y) * scale.y,
      (corners[2] - corners[0]) * scale.x, (corners[3] - corners[1]) * scale.y,
    ]
  }
}
