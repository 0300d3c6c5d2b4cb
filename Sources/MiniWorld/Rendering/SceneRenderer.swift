import Media

/// Draws scenes with soft edges on a textured ground, with a little noise over all.
///
/// The same scene gives the same bytes on every machine: whole numbers, and sums, products and
/// quotients of doubles.
public struct SceneRenderer: Rendering {
  /// A renderer.
  public init() {}

  /// The picture of a scene; of a clip how it begins.
  public func image(of scene: Scene) -> RGBImage {
    draw(scene, after: 0, on: ground(of: scene))
  }

  /// Pictures of a clip, from its beginning on.
  public func frames(of scene: Scene, count: Int, rate: Int) -> [RGBImage] {
    let ground = ground(of: scene)
    return (0..<max(0, count)).map { frame in
      draw(scene, after: Double(10 * frame) / Double(max(1, rate)), on: ground)
    }
  }

  /// The texture below the objects, row by row.
  private func ground(of scene: Scene) -> [RGBTone] {
    let texture = BackgroundTexture(scene.background, grain: scene.grain, height: scene.height)
    var tones: [RGBTone] = []
    tones.reserveCapacity(scene.width * scene.height)
    for y in 0..<scene.height {
      for x in 0..<scene.width { tones.append(texture.tone(x: x, y: y)) }
    }
    return tones
  }

  private func draw(_ scene: Scene, after tenths: Double, on ground: [RGBTone]) -> RGBImage {
    var tones = ground
    for object in scene.objects {
      let paint = ObjectPaint(object)
      let placement = object.placement(after: tenths, scene.motion(of: object))
      let reach = placement.reach
      for y in max(0, reach.y)..<max(0, min(scene.height, reach.bottom)) {
        for x in max(0, reach.x)..<max(0, min(scene.width, reach.right)) {
          let place = y * scene.width + x
          tones[place] = paint.tone(x: x, y: y, placement, over: tones[place])
        }
      }
    }
    return finished(tones, scene)
  }

  /// Adds the noise and leaves bytes.
  private func finished(_ tones: [RGBTone], _ scene: Scene) -> RGBImage {
    let noise = TextureNoise(grain: scene.grain, layer: 9)
    var bytes: [UInt8] = []
    bytes.reserveCapacity(3 * tones.count)
    for y in 0..<scene.height {
      for x in 0..<scene.width {
        let tone = tones[y * scene.width + x].brighter(by: noise.grains(x: x, y: y, most: 3))
        for channel in [tone.red, tone.green, tone.blue] {
          bytes.append(UInt8(min(max(0, channel), 255)))
        }
      }
    }
    return RGBImage(width: scene.width, height: scene.height, bytes: bytes)
  }
}
