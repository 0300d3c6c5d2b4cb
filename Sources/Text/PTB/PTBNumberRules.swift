extension PTBRule {
  /// Rules 22 to 43: numbers, money, acronyms, abbreviations, file names, telephone numbers.
  static let numberAndAbbreviationRules: [PTBRule] = [
    PTBRule(
      .seq(
        .times(1...2, PTBPieces.digit), .any("/-"), .times(1...2, PTBPieces.digit), .any("/-"),
        .times(2...4, PTBPieces.digit))),
    PTBRule(.seq(.optional(.any("+-")), PTBPieces.number), .withoutSoftHyphens),
    PTBRule(
      .seq(
        .optional(.any("\u{207A}\u{207B}\u{208A}\u{208B}")),
        .either(
          .some(.any("\u{2070}\u{B9}\u{B2}\u{B3}\u{2074}-\u{2079}")),
          .some(.any("\u{2080}-\u{2089}"))))),
    PTBRule(
      .seq(
        .optional(.times(1...4, PTBPieces.digit), .any(" \u{A0}-")),
        .times(1...4, PTBPieces.digit), .either("\u{2044}", slash),
        .times(1...4, PTBPieces.digit)),
      .unbroken),
    PTBRule(.any("\u{BC}-\u{BE}\u{2153}-\u{215E}"), .fraction),
    PTBRule(
      .either(
        .words("-rrb- -lrb- -rcb- -lcb- -rsb- -lsb- c.d.s pro- anti-"),
        .seq("s", PTBPieces.ampersand, .words("p-500 ls")),
        .seq("cap", PTBPieces.apostrophe, "n"),
        .seq("c", PTBPieces.apostrophe, "est")),
      .plainAmpersand),
    PTBRule(.seq(slashSide, .times(1...2, slash, slashSide))),
    PTBRule(.either(.seq(.many(.any("A-Z")), "$"), "#")),
    PTBRule(
      .any(
        "\u{A2}-\u{A5}\u{80}\u{20A0}\u{20AC}\u{60B}\u{E3F}\u{20A4}\u{FFE0}\u{FFE1}\u{FFE5}\u{FFE6}"),
      .currency),
    PTBRule(
      .seq(PTBPieces.acronym, "."),
      before: .seq(.some(PTBPieces.blank), PTBAbbreviations.sentenceStarter, PTBPieces.blank),
      .sentenceEndingAcronym),
    PTBRule(
      .seq(PTBAbbreviations.beforeNumber, "."),
      before: .seq(.optional(PTBPieces.blank), PTBPieces.digit)),
    PTBRule(
      .seq(.either(.seq("pt", .any("eyEY")), "co"), "."),
      before: .seq(PTBPieces.space, .words("ltd lim"))),
    PTBRule(
      .seq(PTBAbbreviations.sentenceFinal, "."),
      before: .seq(
        PTBPieces.blank,
        .either(PTBPieces.blank, .any(PTBCharacterClasses.upper), PTBPieces.tag)),
      .repeatedPeriod),
    PTBRule(.seq(PTBAbbreviations.sentenceFinal, "."), before: .seq(.any(.all), .any(.all))),
    PTBRule(.seq(PTBAbbreviations.sentenceFinal, "."), .repeatedPeriod),
    PTBRule(.seq(PTBAbbreviations.sentenceInternal, ".")),
    PTBRule(PTBAbbreviations.sentenceInternal, before: PTBPieces.space),
    PTBRule(PTBPieces.acronym, before: PTBPieces.blank),
    PTBRule(
      .seq(PTBPieces.apostrophe, .times(2...2, PTBPieces.asciiDigit)), before: PTBPieces.blank),
    PTBRule(
      .seq(
        .some(PTBPieces.wordUnit), .many(".", .some(PTBPieces.wordUnit)), ".",
        PTBAbbreviations.fileExtension),
      before: .either(PTBPieces.blank, .any(".?!,"))),
    PTBRule(.seq(PTBPieces.word, "."), before: PTBPieces.stop, .withoutSoftHyphens),
    PTBRule(.either(telephone, dottedTelephone), .telephone),
  ]

  /// A slash, also one behind a backslash.
  private static let slash: PTBPattern = .seq(.optional("\\"), "/")
  private static let slashSide: PTBPattern = .seq(
    .some(.any("A-Za-z0-9")), .times(0...2, "-", .some(.any("A-Za-z"))))

  private static let plus: PTBPattern = .optional(.either("+", "++"))
  private static func digits(_ count: ClosedRange<Int>) -> PTBPattern {
    .times(count, PTBPieces.asciiDigit)
  }
  private static let telephone: PTBPattern = .seq(
    .either(
      .seq("(", digits(2...3), ")", .optional(.any(" \u{A0}"))),
      .seq(
        plus, .optional(digits(2...4), .any(" \u{A0}-")), digits(2...4), .any(" \u{A0}-"))),
    digits(3...4), .optional(.any(" \u{A0}-")), digits(3...5))
  private static let dottedTelephone: PTBPattern = .seq(
    .optional(plus, digits(2...4), "."), digits(2...4), ".", digits(3...4), ".", digits(3...5))
}
