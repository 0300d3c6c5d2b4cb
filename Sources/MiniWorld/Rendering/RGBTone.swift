/// Red, green and blue, each from 0 to 255 in a picture; sums of them may lie beyond.
package struct RGBTone: Sendable, Hashable {
  /// The three.
  package var red, green, blue: Int

  init(_ red: Int, _ green: Int, _ blue: Int) {
    self.red = red
    self.green = green
    self.blue = blue
  }

  /// The same amount more of each.
  func brighter(by amount: Int) -> RGBTone { RGBTone(red + amount, green + amount, blue + amount) }

  /// A share of each, in hundredths.
  func times(hundredths: Int) -> RGBTone {
    RGBTone(red * hundredths / 100, green * hundredths / 100, blue * hundredths / 100)
  }

  /// What a sum over some samples amounts to in one.
  func divided(by samples: Int) -> RGBTone {
    RGBTone(
      (red + samples / 2) / samples, (green + samples / 2) / samples,
      (blue + samples / 2) / samples)
  }

  /// Adds some samples of a tone.
  mutating func add(_ tone: RGBTone, samples: Int = 1) {
    red += samples * tone.red
    green += samples * tone.green
    blue += samples * tone.blue
  }
}

extension NamedColor {
  /// What it looks like.
  package var tone: RGBTone {
    switch self {
    case .red: RGBTone(208, 36, 38)
    case .orange: RGBTone(244, 136, 20)
    case .yellow: RGBTone(248, 216, 44)
    case .green: RGBTone(34, 150, 62)
    case .blue: RGBTone(40, 84, 206)
    case .purple: RGBTone(128, 48, 168)
    case .pink: RGBTone(248, 140, 186)
    case .white: RGBTone(246, 246, 242)
    case .black: RGBTone(26, 26, 30)
    }
  }

  /// What stripes and dots on it look like: light on dark colours, dark on light ones.
  var accent: RGBTone {
    switch self {
    case .red, .green, .blue, .purple: RGBTone(244, 240, 232)
    case .orange: RGBTone(124, 52, 10)
    case .yellow: RGBTone(150, 96, 12)
    case .pink: RGBTone(150, 30, 92)
    case .white: RGBTone(150, 152, 156)
    case .black: RGBTone(150, 152, 156)
    }
  }

  /// The edge of an object.
  var edge: RGBTone { tone.times(hundredths: self == .white ? 58 : 50) }
}
