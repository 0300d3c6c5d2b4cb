/// The words for what there is in scenes; the first of several is the usual one.
enum Words {
  static func names(_ shape: Shape) -> [String] {
    switch shape {
    case .circle: ["circle", "disc"]
    case .cross: ["cross", "plus sign"]
    case .square, .triangle, .star, .heart, .diamond, .ring: [shape.rawValue]
    }
  }

  static func names(_ color: NamedColor) -> [String] {
    color == .purple ? ["purple", "violet"] : [color.rawValue]
  }

  static func names(_ size: Size) -> [String] {
    switch size {
    case .small: ["small", "little", "tiny"]
    case .medium: ["medium sized"]
    case .large: ["large", "big"]
    }
  }

  static func names(_ material: Material) -> [String] {
    switch material {
    case .plain: ["plain"]
    case .striped: ["striped"]
    case .dotted: ["dotted", "spotted"]
    }
  }

  /// For what has no shape that is named.
  static let anything = ["shape", "object", "thing"]

  /// How a background is called when it is asked for.
  static func names(_ background: Background) -> [String] {
    switch background {
    case .grass: ["grass", "lawn"]
    case .sand: ["sand", "beach"]
    case .wood: ["wood", "table"]
    case .snow: ["snow"]
    case .water: ["water", "sea"]
    case .brickWall: ["brick wall", "bricks"]
    case .nightSky: ["night sky", "sky"]
    }
  }

  /// Where the objects are, as the end of a sentence.
  static func places(_ background: Background) -> [String] {
    switch background {
    case .grass: ["on the grass", "on green grass", "lying in the grass"]
    case .sand: ["on the sand", "on a sandy beach"]
    case .wood: ["on a wooden table", "on a piece of wood"]
    case .snow: ["in the snow", "on white snow"]
    case .water: ["on the water", "floating on water"]
    case .brickWall: ["on a brick wall", "in front of a brick wall"]
    case .nightSky: ["in the night sky", "against the night sky"]
    }
  }

  /// `circles`, `crosses`, `plus signs`.
  static func plural(_ noun: String) -> String {
    noun.hasSuffix("s") ? noun + "es" : noun + "s"
  }

  private static let numbers = [
    "no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven",
    "twelve",
  ]

  /// `three`; `no` for 0, as before a noun.
  static func number(_ number: Int) -> String {
    numbers.indices.contains(number) ? numbers[number] : "\(number)"
  }

  /// The phrase behind `a` or `an`.
  static func withArticle(_ phrase: String) -> String {
    ("aeiou".contains(phrase.first ?? "x") ? "an " : "a ") + phrase
  }

  /// With a capital at the beginning.
  static func sentence(_ text: String) -> String {
    (text.first.map { String($0).uppercased() } ?? "") + text.dropFirst()
  }

  /// `a, b and c`.
  static func list(_ parts: [String]) -> String {
    guard let last = parts.last, parts.count > 1 else { return parts.first ?? "" }
    return parts.dropLast().joined(separator: ", ") + " and " + last
  }
}
