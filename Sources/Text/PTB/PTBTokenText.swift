/// What the lexer writes for a token's text.
enum PTBTokenText {
  private static let softHyphen: UInt16 = 0xAD
  private static let hyphen: UInt16 = 0x2D

  /// The units of a token after its rule's mapping; nil where that is the matched text as it is.
  static func mapped(
    _ text: Slice<UnsafeBufferPointer<UInt16>>, _ action: PTBAction
  ) -> [UInt16]? {
    switch action {
    case .keep, .drop, .endLine, .first, .repeatedPeriod, .sentenceEndingAcronym:
      return nil
    case .replace(let token):
      return Array(token.utf16)
    case .withoutSoftHyphens:
      guard text.contains(softHyphen) else { return nil }
      let rest = text.filter { $0 != softHyphen }
      return rest.isEmpty ? [hyphen] : rest
    case .unbroken:
      return unbroken(text)
    case .plainAmpersand:
      return replacing("&amp;", by: "&", in: text)
    case .openingQuote:
      return quotes(text, single: "`", double: "``")
    case .closingQuote:
      return quotes(text, single: "'", double: "''")
    case .namedBrackets:
      return named(Array(text))
    case .telephone:
      return named(unbroken(text))
    case .fraction:
      return text.first.flatMap { fractions[$0] }.map { Array($0.utf16) }
    case .currency:
      return text.first.flatMap { currencies[$0] }.map { Array($0.utf16) }
    case .hyphens:
      return text.count == 3 || text.count == 4 ? [hyphen, hyphen] : nil
    }
  }

  private static let fractions: [UInt16: String] = [
    0xBC: "1/4", 0xBD: "1/2", 0xBE: "3/4", 0x2153: "1/3", 0x2154: "2/3",
  ]

  private static let currencies: [UInt16: String] = [
    0xA2: "cents", 0xA3: "#", 0x80: "$", 0xA4: "$", 0x20A0: "$", 0x20AC: "$",
  ]

  /// Curly and angular marks as the ASCII marks that the lexer writes for them.
  private static let quoteMarks: [UInt16: String] = [
    0x91: "`", 0x2018: "`", 0x201B: "`", 0x2039: "`",
    0x92: "'", 0x2019: "'", 0x203A: "'",
    0x93: "``", 0x201C: "``", 0xAB: "``",
    0x94: "''", 0x201D: "''", 0xBB: "''",
  ]

  private static func unbroken(_ text: Slice<UnsafeBufferPointer<UInt16>>) -> [UInt16] {
    // A line feed inside a tag has to go too: the tag stands in one line of the output.
    text.map { $0 == 0x20 || $0 == 0x0A ? 0xA0 : $0 }
  }

  private static func named(_ text: [UInt16]) -> [UInt16] {
    text.flatMap { unit -> [UInt16] in
      switch unit {
      case 0x28: return Array("-LRB-".utf16)
      case 0x29: return Array("-RRB-".utf16)
      default: return [unit]
      }
    }
  }

  private static func quotes(
    _ text: Slice<UnsafeBufferPointer<UInt16>>, single: String, double: String
  ) -> [UInt16] {
    let plain = replacing("&quot;", by: "\"", in: replacing("&apos;", by: "'", in: text)[...])
    return plain.flatMap { unit -> [UInt16] in
      switch unit {
      case 0x27: return Array(single.utf16)
      case 0x22: return Array(double.utf16)
      default: return quoteMarks[unit].map { Array($0.utf16) } ?? [unit]
      }
    }
  }

  private static func replacing(
    _ target: String, by substitute: String, in text: some RandomAccessCollection<UInt16>
  ) -> [UInt16] {
    let pattern = Array(target.utf16)
    var result: [UInt16] = []
    var rest = text[...]
    while let first = rest.first {
      if rest.starts(with: pattern) {
        result += substitute.utf16
        rest = rest.dropFirst(pattern.count)
      } else {
        result.append(first)
        rest = rest.dropFirst()
      }
    }
    return result
  }
}
