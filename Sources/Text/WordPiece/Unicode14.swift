extension Unicode14 {
  /// What becomes of a code point.
  enum Kind: UInt32 {
    /// It vanishes; what stands beside it joins.
    case nothing
    /// It vanishes too (category Mn without combining class), and marks are not sorted across it.
    case barrier
    /// It separates words.
    case space
    /// A CJK ideograph: its folded form is a word of its own.
    case ideograph
    /// Its folded form is a word of its own: punctuation.
    case punctuation
    /// Its folded form belongs to a word.
    case letter
    /// It becomes several, is a mark that is sorted, or a hangul syllable: `parts(of:)` has the rest.
    case composite
  }

  /// Kind and folded form of a code point; neighbours that fold to themselves have equal entries.
  struct Entry {
    /// The kind above bit 21, below it the way from the code point to its folded form.
    let bits: UInt32

    @inline(__always)
    var kind: Kind { Kind(rawValue: bits >> 21) ?? .nothing }

    /// - Parameter scalar: the code point of this entry.
    @inline(__always)
    func folded(_ scalar: UInt32) -> UInt32 { (scalar &+ bits) & 0x1F_FFFF }
  }

  /// Combining classes of the code points that have one and stay in the text (category Mc).
  static let combiningClasses: [UInt32: UInt8] = [
    0x1715: 9, 0x1734: 9, 0x1B44: 9, 0x1BAA: 9, 0x1BF2: 9, 0x1BF3: 9, 0x302E: 224, 0x302F: 224,
    0xA953: 9, 0xA9C0: 9, 0x111C0: 9, 0x11235: 9, 0x1134D: 9, 0x116B6: 9, 0x1193D: 9, 0x16FF0: 6,
    0x16FF1: 6, 0x1D165: 216, 0x1D166: 216, 0x1D16D: 226, 0x1D16E: 216, 0x1D16F: 216,
    0x1D170: 216, 0x1D171: 216, 0x1D172: 216,
  ]

  /// All code points.
  static let table = Unicode14Table()
}

/// The tables of `Unicode14` unpacked.
struct Unicode14Table: Sendable {
  /// The page of each 256 code points.
  private let pageOf: [UInt16]
  /// Pages of 256 entries.
  private let entries: [UInt32]
  /// Code points that fold to several.
  private let several: [UInt32: [UInt32]]

  /// The entry of a code point below 0x110000.
  @inline(__always)
  subscript(_ scalar: UInt32) -> Unicode14.Entry {
    Unicode14.Entry(bits: entries[Int(pageOf[Int(scalar >> 8)]) << 8 | Int(scalar & 0xFF)])
  }

  /// What a code point of kind `composite` becomes, with combining classes.
  func parts(of scalar: UInt32) -> [(scalar: UInt32, combiningClass: UInt8)] {
    var parts = several[scalar] ?? [scalar]
    if (0xAC00...0xD7A3).contains(scalar) {
      let (leadAndVowel, tail) = (scalar - 0xAC00).quotientAndRemainder(dividingBy: 28)
      let (lead, vowel) = leadAndVowel.quotientAndRemainder(dividingBy: 21)
      parts = [0x1100 + lead, 0x1161 + vowel] + (tail == 0 ? [] : [0x11A7 + tail])
    }
    return parts.map { ($0, Unicode14.combiningClasses[$0] ?? 0) }
  }

  fileprivate init() {
    var flat = Self.kinds()
    let folds = Self.folds()
    func set(_ scalar: UInt32, _ kind: Unicode14.Kind?, _ folded: UInt32) {
      let bits = kind.map { $0.rawValue << 21 } ?? flat[Int(scalar)] & ~0x1F_FFFF
      flat[Int(scalar)] = bits | (folded &- scalar) & 0x1F_FFFF
    }
    for (scalar, folded) in folds.single {
      // A letter that falls apart into a punctuation mark and an accent is that mark (U+2260).
      let isMark = flat[Int(folded)] >> 21 == Unicode14.Kind.punctuation.rawValue
      set(scalar, isMark ? .punctuation : nil, folded)
    }
    let hangul = (0xAC00...0xD7A3).map { UInt32($0) }
    for scalar in Array(folds.several.keys) + Unicode14.combiningClasses.keys + hangul {
      set(scalar, .composite, scalar)
    }
    var (pageOf, entries): ([UInt16], [UInt32]) = ([], [])
    for start in stride(from: 0, to: flat.count, by: 256) {
      // Long stretches are alike: ideographs, hangul, private use, what is unassigned.
      let isLikeLast = start > 0 && flat[start..<start + 256] == entries[(entries.count - 256)...]
      if !isLikeLast { entries += flat[start..<start + 256] }
      pageOf.append(UInt16(entries.count >> 8 - 1))
    }
    (self.pageOf, self.entries, several) = (pageOf, entries, folds.several)
  }

  /// The kinds of all code points, each folded to itself.
  private static func kinds() -> [UInt32] {
    var flat: [UInt32] = []
    flat.reserveCapacity(0x110000)
    var length: UInt32 = 0
    Unicode14.kinds.withUTF8Buffer { text in
      for byte in text {
        if let digit = hexadecimal(byte) {
          length = length << 4 | digit
          continue
        }
        let kind: Unicode14.Kind
        switch byte {
        case UInt8(ascii: "x"), UInt8(ascii: "m"): kind = .nothing
        case UInt8(ascii: "n"): kind = .barrier
        case UInt8(ascii: "s"): kind = .space
        case UInt8(ascii: "k"): kind = .ideograph
        case UInt8(ascii: "p"): kind = .punctuation
        case UInt8(ascii: "w"): kind = .letter
        default: continue
        }
        flat += repeatElement(kind.rawValue << 21, count: Int(length))
        length = 0
      }
    }
    return flat
  }

  /// The code points that fold to something else.
  private static func folds() -> (single: [(UInt32, UInt32)], several: [UInt32: [UInt32]]) {
    var (single, several): ([(UInt32, UInt32)], [UInt32: [UInt32]]) = ([], [:])
    var first: UInt32 = 0
    Unicode14.folds.withUTF8Buffer { text in
      for entry in text.split(whereSeparator: { $0 == 0x20 || $0 == 0x0A }) {
        guard let letter = entry.firstIndex(where: { (0x67...0x6C).contains($0) }) else { continue }
        first += number(entry[..<letter])
        let numbers = entry[(letter + 1)...].split { $0 == UInt8(ascii: "z") }
        let results = numbers[numbers.endIndex - 1].split { $0 == UInt8(ascii: "+") }.map(number)
        if results.count > 1 { several[first] = results }
        let count = numbers.count > 1 ? number(numbers[0]) : 1
        let everySecond = entry[letter] >= UInt8(ascii: "j")
        let stays = entry[letter] == UInt8(ascii: "h") || entry[letter] == UInt8(ascii: "j")
        for index in 0..<count where results.count == 1 {
          let way = everySecond ? 2 * index : index
          single.append((first + way, results[0] + (stays ? 0 : way)))
        }
      }
    }
    return (single, several)
  }

  private static func number(_ digits: Slice<UnsafeBufferPointer<UInt8>>) -> UInt32 {
    digits.reduce(0) { $0 << 4 | (hexadecimal($1) ?? 0) }
  }

  private static func hexadecimal(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x30...0x39: UInt32(byte - 0x30)
    case 0x61...0x66: UInt32(byte - 0x57)
    default: nil
    }
  }
}
