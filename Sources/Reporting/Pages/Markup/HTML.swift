/// Markup that is safe by its making: what a literal says stands as it is, what is interpolated is
/// escaped unless it is markup itself.
///
///     let cell: HTML = "<td>\(model)</td>"   // `model` may hold anything
struct HTML: Sendable, Equatable, ExpressibleByStringInterpolation {
  /// The markup.
  let text: String

  init(stringLiteral value: String) { text = value }

  init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  /// Parts one after the other.
  init(_ parts: [HTML]) { text = parts.map(\.text).joined() }

  /// Text with nothing but its characters: marks are escaped, a control character is a space, a
  /// character that no document may have is a replacement character.
  static func escaped(_ text: String) -> String {
    text.escapedForMarkup { scalar in
      if scalar.isControl { return " " }
      return scalar.isNoncharacter ? "\u{FFFD}" : nil
    }
  }

  struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity) }

    mutating func appendLiteral(_ literal: String) { text += literal }
    mutating func appendInterpolation(_ value: String) { text += HTML.escaped(value) }
    mutating func appendInterpolation(_ number: Int) { text += "\(number)" }
    mutating func appendInterpolation(_ html: HTML) { text += html.text }
    mutating func appendInterpolation(_ parts: [HTML]) {
      for part in parts { text += part.text }
    }
  }
}

extension HTML {
  /// Nothing.
  static var none: HTML { "" }

  static func + (first: HTML, second: HTML) -> HTML { HTML([first, second]) }
}

extension Unicode.Scalar {
  /// Whether it is one of the 66 code points that are no characters.
  fileprivate var isNoncharacter: Bool { value & 0xFFFE == 0xFFFE || (0xFDD0...0xFDEF) ~= value }
}
