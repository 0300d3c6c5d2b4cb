/// What a background looks like at each pixel.
struct BackgroundTexture: Sendable {
  private let background: Background
  private let height: Int
  private let broad, narrow, fine: TextureNoise

  init(_ background: Background, grain: UInt64, height: Int) {
    self.background = background
    self.height = height
    broad = TextureNoise(grain: grain, layer: 1)
    narrow = TextureNoise(grain: grain, layer: 2)
    fine = TextureNoise(grain: grain, layer: 3)
  }

  /// The tone of a pixel.
  func tone(x: Int, y: Int) -> RGBTone {
    switch background {
    case .grass:
      // Blades: high and narrow.
      let blades = narrow.waves(x: x, y: y, wide: 2, high: 6, most: 26)
      return RGBTone(92, 146, 62).brighter(
        by: blades + broad.waves(x: x, y: y, wide: 30, high: 30, most: 12))
    case .sand:
      let ripples = narrow.waves(x: x, y: y, wide: 24, high: 5, most: 12)
      return RGBTone(216, 190, 142).brighter(by: ripples + fine.grains(x: x, y: y, most: 7))
    case .wood: return wood(x: x, y: y)
    case .snow:
      let drifts = broad.waves(x: x, y: y, wide: 26, high: 14, most: 10)
      return RGBTone(226, 234, 244).brighter(by: drifts)
    case .water:
      let waves = narrow.waves(x: x, y: y, wide: 12, high: 3, most: 26)
      return RGBTone(78, 158, 206).brighter(by: waves)
    case .brickWall: return brick(x: x, y: y)
    case .nightSky: return sky(x: x, y: y)
    }
  }

  /// Planks that lie on one another.
  private func wood(x: Int, y: Int) -> RGBTone {
    let plank = y / 20
    if y % 20 == 0 { return RGBTone(84, 56, 34) }
    let tone = RGBTone(158, 114, 74).brighter(by: broad.grains(x: 0, y: plank, most: 12))
    return tone.brighter(by: narrow.waves(x: x, y: y, wide: 28, high: 2, most: 13))
  }

  /// Bricks of 18 x 8 pixels with joints, every other row shifted.
  private func brick(x: Int, y: Int) -> RGBTone {
    let row = y / 9
    let along = x + row % 2 * 9
    if y % 9 == 0 || along % 19 == 0 {
      return RGBTone(186, 176, 164).brighter(by: fine.grains(x: x, y: y, most: 8))
    }
    let tone = RGBTone(150, 84, 66).brighter(by: broad.grains(x: along / 19, y: row, most: 14))
    return tone.brighter(by: fine.grains(x: x, y: y, most: 6))
  }

  /// Dark, lighter towards the bottom, with dots of light.
  private func sky(x: Int, y: Int) -> RGBTone {
    let glow = 26 * y / max(1, height)
    let tone = RGBTone(16 + glow / 2, 20 + glow / 2, 52 + glow)
    if narrow.value(x, y) < 2 { return tone.brighter(by: 90 + fine.value(x, y) / 2) }
    return tone.brighter(by: broad.waves(x: x, y: y, wide: 20, high: 20, most: 5))
  }
}
