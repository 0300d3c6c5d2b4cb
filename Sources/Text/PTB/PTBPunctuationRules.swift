extension PTBRule {
  /// Rules 44 to 81: quote marks, brackets, smileys, dots, hyphenated words, and what is dropped.
  static let punctuationRules: [PTBRule] = [
    PTBRule(doubleQuote, before: .any("A-Za-z0-9$"), .openingQuote),
    PTBRule(doubleQuote, .closingQuote),
    PTBRule("\u{7F}", .drop),
    PTBRule(.either("<", "&lt;"), .replace("<")),
    PTBRule(.either(">", "&gt;"), .replace(">")),
    PTBRule(
      .seq(
        .optional(.any("<>")), .any(":;="), .optional(.any("o*'-")),
        .any("()DPdpO\\{@|[]")),
      before: .none(of: "A-Za-z0-9"), .namedBrackets),
    PTBRule(easternSmiley, .namedBrackets),
    PTBRule("{", .replace("-LCB-")),
    PTBRule("}", .replace("-RCB-")),
    PTBRule("[", .replace("-LSB-")),
    PTBRule("]", .replace("-RSB-")),
    PTBRule("(", .replace("-LRB-")),
    PTBRule(")", .replace("-RRB-")),
    PTBRule(.some("-"), .hyphens),
    PTBRule(
      .either(
        .times(3...5, "."), .seq(.times(2...4, ".", .any(" \u{A0}")), "."),
        .any("\u{85}\u{2026}")),
      .replace("...")),
    PTBRule(.either(.some("@"), .some("#"), .some("_"))),
    PTBRule(.either(.some("*"), .times(1...3, "\\*"))),
    PTBRule(PTBPieces.stop),
    PTBRule(.some(.any("?!"))),
    PTBRule(
      .any(".\u{A1}\u{BF}\u{37E}\u{589}\u{61F}\u{6D4}\u{700}-\u{702}\u{7FA}\u{3002}")),
    PTBRule("="),
    PTBRule("/"),
    PTBRule(.seq(PTBPieces.hyphenated, "."), before: PTBPieces.stop, .withoutSoftHyphens),
    PTBRule(PTBPieces.hyphenated, .withoutSoftHyphens),
    PTBRule(.seq(PTBPieces.thing, "."), before: PTBPieces.stop),
    PTBRule(PTBPieces.thing),
    PTBRule(.seq(PTBPieces.capitals, "."), before: PTBPieces.stop, .plainAmpersand),
    PTBRule(PTBPieces.capitals, .plainAmpersand),
    PTBRule("'", before: .seq(.any("A-Za-z"), .none(of: " \t\n\r\u{A0}")), .openingQuote),
    PTBRule(PTBPieces.auxiliary, .closingQuote),
    PTBRule(PTBPieces.negation, .closingQuote),
    PTBRule(
      .either(
        PTBPieces.apostrophe, "''",
        .times(
          1...2,
          .any(
            "`\u{2018}-\u{201F}\u{91}-\u{94}\u{2039}\u{203A}\u{AB}\u{BB}"))),
      .closingQuote),
    PTBRule(.words("<< >>")),
    PTBRule(.any(PTBCharacterClasses.symbol)),
    PTBRule(
      .either("\u{0}", .some(PTBPieces.space), .any("\u{200B}\u{200E}\u{200F}\u{FEFF}")), .drop),
    PTBRule(PTBPieces.lineEnd, .endLine),
    PTBRule("&nbsp;", .drop),
    PTBRule(.none(of: "\n"), .drop),
  ]

  private static let doubleQuote: PTBPattern = .either("\"", "&quot;")

  private static let easternSmiley: PTBPattern = {
    let eye = PTBPattern.any("^x=~<>'-")
    return .either(
      // A slip in the original's pattern, kept; it hardly ever matches.
      .seq(.any("^x=~<>"), .exact(".[^x="), .many(.none(of: "<")), "<>]"),
      .seq(eye, "_", eye),
      .seq("(", eye, .optional(.any("_.")), eye, ")"),
      .seq("(", .any("^x=~<>'"), "-", .any("^x=~<>'`"), ")"))
  }()
}
