import MiniWorld

/// A scene whose every fact is plain to see: a large striped red star on the left, a small blue circle
/// to its right, a small blue square at the top of the right side, on grass.
enum SampleScene {
  static let star = object(0, .star, .red, .large, .striped, x: 40, y: 60, radius: 25)
  static let circle = object(1, .circle, .blue, .small, .plain, x: 120, y: 64, radius: 10)
  static let square = object(2, .square, .blue, .small, .plain, x: 124, y: 20, radius: 10)

  static let picture = Scene(
    id: 7, width: 160, height: 120, background: .grass, objects: [star, circle, square], grain: 1)

  /// The circle moves to the left for two seconds; the square stays.
  static let clip = Scene(
    id: 8, width: 160, height: 120, background: .snow,
    objects: [
      object(0, .circle, .blue, .small, .plain, x: 120, y: 64, radius: 10),
      object(1, .square, .red, .small, .plain, x: 24, y: 20, radius: 10),
    ],
    motion: [ObjectMotion(object: 0, kind: .movesLeft, start: 0, end: 20, distance: 60)],
    tenths: 20, grain: 1)

  private static func object(
    _ id: Int, _ shape: Shape, _ color: NamedColor, _ size: Size, _ material: Material, x: Double,
    y: Double, radius: Double
  ) -> SceneObject {
    SceneObject(
      id: id, shape: shape, color: color, size: size, material: material,
      center: ScenePoint(x: x, y: y), radius: radius)
  }
}

/// What is true of a text, read off its words alone.
enum Reading {
  /// Colours with the shape word behind them: `red star`.
  static func named(in text: String) -> [ObjectDescription] {
    let words = text.lowercased().split { !$0.isLetter }.map(String.init)
    return zip(words, words.dropFirst()).compactMap { word, next in
      guard let color = color(word), let shape = shape(next) else { return nil }
      return ObjectDescription(shape: shape, color: color)
    }
  }

  private static func color(_ word: String) -> NamedColor? {
    word == "violet" ? .purple : NamedColor(rawValue: word)
  }

  private static func shape(_ word: String) -> Shape? {
    switch word {
    case "disc", "discs": return .circle
    case "plus", "crosses": return .cross
    default:
      let singular = word.hasSuffix("s") ? String(word.dropLast()) : word
      return Shape(rawValue: word) ?? Shape(rawValue: singular)
    }
  }
}
