import Media

/// Something that draws scenes.
public protocol Rendering: Sendable {
  /// The picture of a scene; of a clip how it begins.
  func image(of scene: Scene) -> RGBImage

  /// Pictures of a clip, from its beginning on.
  ///
  /// - Parameters:
  ///   - count: how many.
  ///   - rate: pictures a second, at least 1.
  func frames(of scene: Scene, count: Int, rate: Int) -> [RGBImage]
}

extension Rendering {
  /// All pictures of a clip, ten a second: `scene.tenths` of them, and one of a picture.
  public func frames(of scene: Scene) -> [RGBImage] {
    frames(of: scene, count: max(1, scene.tenths), rate: 10)
  }
}
