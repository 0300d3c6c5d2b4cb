/// What METEOR's normaliser does to single characters and their neighbours.
///
/// Every pass goes from left to right and its matches do not overlap: a character that belongs to
/// one match cannot begin the next, so `a-b-c` becomes `a b-c`.
enum METEORCharacters {
  static let space: UInt32 = 0x20
  static let quotationMark: UInt32 = 0x22
  static let apostrophe: UInt32 = 0x27
  static let comma: UInt32 = 0x2C
  static let dash: UInt32 = 0x2D
  static let period: UInt32 = 0x2E
  static let backtick: UInt32 = 0x60
  static let enDash: UInt32 = 0x2013
  static let singleQuotes: ClosedRange<UInt32> = 0x2018...0x2019
  static let doubleQuotes: ClosedRange<UInt32> = 0x201C...0x201D
  /// A period of a run of periods, which no later pass sees as one. Beyond Unicode.
  static let runPeriod: UInt32 = 0xFFFF_FFFF

  /// The letters that the normaliser knows: Latin, Cyrillic and phonetic ones.
  static func isAlpha(_ character: UInt32) -> Bool {
    switch character {
    case 0x41...0x5A, 0x61...0x7A, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x17E, 0x400...0x527,
      0xA640...0xA66E, 0xA67E...0xA697, 0x1D00...0x1D7F:
      true
    default: false
    }
  }

  static func isDigit(_ character: UInt32) -> Bool { character >= 0x30 && character <= 0x39 }

  static func isAlphanumeric(_ character: UInt32) -> Bool {
    isAlpha(character) || isDigit(character)
  }

  static func isLowercase(_ character: UInt32) -> Bool {
    character >= 0x61 && character <= 0x7A
  }

  /// Where Java's `StringTokenizer` splits: TAB LF CR FF space.
  static func isSeparator(_ character: UInt32) -> Bool {
    switch character {
    case 0x09, 0x0A, 0x0C, 0x0D, 0x20: true
    default: false
    }
  }

  /// The spaces of which a run becomes one.
  static func isSpace(_ character: UInt32) -> Bool {
    switch character {
    case 0x20, 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000: true
    default: false
    }
  }

  /// Whether a character becomes a word of its own wherever it stands.
  static func isSymbol(_ character: UInt32) -> Bool {
    switch character {
    case 0x09...0x0D, space, period, apostrophe, backtick, comma, dash, 0x2018...0x2019: false
    default: !isAlphanumeric(character)
    }
  }

  /// Writes `text` to `output` with something done to each `middle` between two characters that
  /// fit; the three belong to the match.
  static func replace(
    _ middle: UInt32, in text: [UInt32], into output: inout [UInt32],
    after left: (UInt32) -> Bool, before right: (UInt32) -> Bool, by replacement: [UInt32]
  ) {
    output.removeAll(keepingCapacity: true)
    var index = 0
    while index < text.count {
      output.append(text[index])
      if index + 2 < text.count, text[index + 1] == middle, left(text[index]),
        right(text[index + 2])
      {
        output.append(contentsOf: replacement)
        output.append(text[index + 2])
        index += 3
      } else {
        index += 1
      }
    }
  }

  /// Writes `text` to `output` with each pair of equal characters replaced.
  static func replacePairs(
    of character: UInt32, in text: [UInt32], into output: inout [UInt32],
    by replacement: [UInt32]
  ) {
    output.removeAll(keepingCapacity: true)
    var index = 0
    while index < text.count {
      if text[index] == character, index + 1 < text.count, text[index + 1] == character {
        output.append(contentsOf: replacement)
        index += 2
      } else {
        output.append(text[index])
        index += 1
      }
    }
  }
}
