/// The patterns that the rules of the lexer are made of.
///
/// Source: Stanford PTB tokenizer 3.4.1.
enum PTBPieces {
  static let letter = PTBPattern.any(PTBCharacterClasses.letter)
  static let digit = PTBPattern.any(PTBCharacterClasses.digit)
  static let letterOrDigit = PTBPattern.any(
    PTBCharacterClasses.letter.union(PTBCharacterClasses.digit))
  static let asciiDigit = PTBPattern.any("0-9")

  static let space = PTBPattern.any("\t \u{A0}\u{2000}-\u{200A}\u{3000}")
  /// A line end. U+0085 is one in contexts only: as a token the ellipsis rule takes it first.
  static let lineEnd = PTBPattern.either(
    .any("\n-\r\u{85}\u{2028}\u{2029}"), .exact("\r\n"))
  /// A space or a line end.
  static let blank = PTBPattern.either(space, lineEnd)

  static let apostrophe = PTBPattern.either(.any("'\u{92}\u{2019}"), "&apos;")
  /// An apostrophe or a quote mark that writers use for one.
  static let looseApostrophe = PTBPattern.either(
    apostrophe, .any("`\u{91}\u{2018}\u{201B}"))
  static let ampersand = PTBPattern.either("&", "&amp;")
  static let hyphen = PTBPattern.any("_\u{58A}\u{2010}\u{2011}-")
  static let stop = PTBPattern.any(",;:\u{3001}")

  /// A letter of a word: a letter, a mark or an entity of an accented vowel.
  static let wordLetter = PTBPattern.either(
    .any(PTBCharacterClasses.letter.union(PTBCharacterClasses.mark)),
    .seq("&", .any("aeiouAEIOU"), .words("acute grave uml"), ";"))
  static let wordUnit = PTBPattern.either(wordLetter, digit)
  /// `dog`, and also `dog.Cat` and `what?yes`.
  static let word = PTBPattern.seq(
    wordLetter, .many(wordUnit), .many(.any(".!?"), wordLetter, .many(wordUnit)))
  /// `5`, `.5`, `1,000.50`, `12:30:45`.
  static let number = PTBPattern.either(
    .some(digit),
    .seq(.many(digit), .some(.any(".:,\u{AD}\u{66B}\u{66C}"), .some(digit))))

  /// `'s`, `'re` …
  static let auxiliary = PTBPattern.seq(
    apostrophe, .either(.any("msdMSD"), "re", "ve", "ll"))
  /// `n't`
  static let negation = PTBPattern.seq("n", looseApostrophe, "t")

  /// `a`, `U.S`, `non-u.s` …, without the last period.
  static let acronym = PTBPattern.either(
    .seq(.any("A-Za-z"), .many(".", .any("A-Za-z"))), longAcronym)
  /// The same with at least one period inside.
  static let dottedAcronym = PTBPattern.either(
    .seq(.any("A-Za-z"), .some(".", .any("A-Za-z"))), longAcronym)
  private static let longAcronym = PTBPattern.either(
    .seq(.words("canada sino korean eu japan non"), "-u.s"), "u.s.-u.k", "u.s.-u.s.s.r")

  private static let tagName = PTBPattern.seq(.any("A-Za-z"), .many(.any("A-Za-z0-9_:.-")))
  private static let attributeValue = PTBPattern.either(
    .seq("'", .many(.none(of: "'")), "'"), .seq("\"", .many(.none(of: "\"")), "\""))
  /// A mark-up tag. A quoted attribute value runs over line ends.
  static let tag = PTBPattern.seq(
    "<",
    .either(
      .seq(.any("!?"), .any("A-Za-z-"), .many(.none(of: ">\n\r"))),
      .seq(
        tagName,
        .many(
          .some(" "), tagName, .optional(.many(" "), "=", .many(" "), attributeValue)),
        .many(" "), .optional("/")),
      .seq("/", tagName)),
    .many(" "), ">")

  /// `T-shirt`, `2-year-old`, with ASCII letters and digits.
  static let hyphenated = PTBPattern.seq(
    .any("A-Za-z0-9"), .many(.any("A-Za-z0-9.,\u{AD}")),
    .some("-", .either(.some(.any("A-Za-z0-9\u{AD}")), .seq(dottedAcronym, "."))))
  /// Letters and digits of any script with hyphens between, as in `o'neill-jones`.
  static let thing = PTBPattern.seq(thingPart, .many(hyphen, thingPart))
  private static let thingPart = PTBPattern.seq(
    .optional(.any("dDoOlL"), looseApostrophe, letterOrDigit), .some(letterOrDigit))
  /// `AT&T`
  static let capitals = PTBPattern.seq(
    .some(.any("A-Z")), .some(.either("+", ampersand), .some(.any("A-Z"))))
}
