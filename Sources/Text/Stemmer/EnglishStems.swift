/// The tables of the English stemmer.
enum EnglishStems {
  /// An ending, longest first in its list, with what takes its place.
  struct Suffix: Sendable {
    let ending: [UInt16]
    let replacement: [UInt16]
    let needs: Need
  }

  /// What must hold beside the region in which an ending stands.
  enum Need: Sendable {
    case nothing
    /// One of these letters stands before it.
    case letters([UInt16])
    /// It stands in R2.
    case secondRegion
  }

  /// Whole words with stems of their own.
  static let irregular: [[UInt16]: [UInt16]] = {
    let pairs = [
      "skis": "ski", "skies": "sky", "dying": "die", "lying": "lie", "tying": "tie",
      "idly": "idl", "gently": "gentl", "ugly": "ugli", "early": "earli", "only": "onli",
      "singly": "singl", "sky": "sky", "news": "news", "howe": "howe", "atlas": "atlas",
      "cosmos": "cosmos", "bias": "bias", "andes": "andes",
    ]
    return Dictionary(uniqueKeysWithValues: pairs.map { (Array($0.utf16), Array($1.utf16)) })
  }()

  /// Words that are stems after the plural was removed.
  static let final = Set(
    "inning outing canning herring earring proceed exceed succeed".split(separator: " ")
      .map { Array($0.utf16) })

  /// Starts of words behind which R1 begins.
  static let starts = ["gener", "commun", "arsen"].map { Array($0.utf16) }

  static let possessives = suffixes("'s' 's '")
  static let plurals = suffixes("sses:ss ied ies us ss s")
  static let pasts = suffixes("eedly:ee ingly edly eed:ee ing ed")
  static let lengthened = suffixes("at:ate bl:ble iz:ize")
  static let doubled = Array("bdfgmnprt".utf16)

  /// Step 2.
  static let doubleSuffixes =
    suffixes(
      """
      ization:ize ational:ate fulness:ful ousness:ous iveness:ive tional:tion biliti:ble \
      lessli:less entli:ent ation:ate alism:al aliti:al ousli:ous iviti:ive fulli:ful enci:ence \
      anci:ance abli:able izer:ize ator:ate alli:al bli:ble
      """)
    + [
      Suffix(ending: units("ogi"), replacement: units("og"), needs: .letters(units("l"))),
      Suffix(ending: units("li"), replacement: [], needs: .letters(units("cdeghkmnrt"))),
    ]

  /// Step 3.
  static let suffixes =
    suffixes("ational:ate tional:tion alize:al icate:ic iciti:ic")
    + [Suffix(ending: units("ative"), replacement: [], needs: .secondRegion)]
    + suffixes("ical:ic ness: ful:")

  /// Step 4.
  static let removed =
    suffixes("ement ance ence able ible ment ant ent ism ate iti ous ive ize")
    + [Suffix(ending: units("ion"), replacement: [], needs: .letters(units("st")))]
    + suffixes("al er ic")

  private static func units(_ text: String) -> [UInt16] { Array(text.utf16) }

  /// Reads `ending:replacement ending …`.
  private static func suffixes(_ text: String) -> [Suffix] {
    text.split(separator: " ").map { rule in
      let parts = rule.split(separator: ":")
      return Suffix(
        ending: Array(parts[0].utf16), replacement: parts.count > 1 ? Array(parts[1].utf16) : [],
        needs: .nothing)
    }
  }
}

extension UInt16 {
  static let apostrophe: UInt16 = 0x27
  static let a: UInt16 = 0x61
  static let e: UInt16 = 0x65
  static let i: UInt16 = 0x69
  static let l: UInt16 = 0x6C
  static let o: UInt16 = 0x6F
  static let u: UInt16 = 0x75
  static let w: UInt16 = 0x77
  static let x: UInt16 = 0x78
  static let y: UInt16 = 0x79
  /// `Y`: a y that counts as a consonant.
  static let markedY: UInt16 = 0x59
}
