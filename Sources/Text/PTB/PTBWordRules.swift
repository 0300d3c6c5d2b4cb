extension PTBRule {
  /// Rules 1 to 21: contractions, tags, words, addresses of the web.
  static let wordRules: [PTBRule] = [
    PTBRule("c++"),
    PTBRule(.words("c# f#")),
    PTBRule("cannot", .first(3)),
    PTBRule("'twas", .first(2)),
    PTBRule("'tis", .first(2)),
    PTBRule(.words("gonna gotta lemme gimme wanna"), .first(3)),
    PTBRule(PTBPieces.tag, .unbroken),
    PTBRule(
      .either(
        .words("&MD; &mdash; &ndash;"), .any("\u{96}\u{97}\u{2013}\u{2014}\u{2015}")),
      .replace("--")),
    PTBRule("&amp;", .replace("&")),
    PTBRule(
      .seq(
        "&",
        .either(
          .words("HT TL UR LR QC QL QR odq cdq"), .seq("#", .some(PTBPieces.asciiDigit))),
        ";")),
    PTBRule(PTBPieces.word, before: PTBPieces.auxiliary, .withoutSoftHyphens),
    PTBRule(
      .seq(.many(.any("A-Za-z\u{AD}")), .any("A-MO-Za-mo-z"), .many("\u{AD}")),
      before: PTBPieces.negation, .withoutSoftHyphens),
    PTBRule(PTBPieces.word, .withoutSoftHyphens),
    PTBRule(apostropheWord),
    PTBRule(.seq("y", PTBPieces.apostrophe), before: PTBPieces.letter),
    PTBRule(
      .seq(
        .either("http://", "https://"), .some(.none(of: urlEnd, "(){}")),
        .none(of: urlEnd, "(){}", ".!?,-"))),
    PTBRule(.seq(host, .optional("/", .some(.none(of: pathEnd)), .none(of: pathEnd, ".!?,{}-")))),
    PTBRule(
      .seq(
        .optional(.either("&lt;", "<")), .any("A-Za-z0-9"), .many(.none(of: mailEnd)), "@",
        .some(.none(of: mailEnd, ".")), .many(".", .some(.none(of: mailEnd, "."))),
        .optional(.either("&gt;", ">")))),
    PTBRule(
      .either(
        .seq("@", .any("A-Za-z_"), .many(.any("A-Za-z0-9_"))),
        .seq("#", .some(PTBPieces.wordLetter)))),
    PTBRule(PTBPieces.auxiliary, before: .none(of: "A-Za-z"), .closingQuote),
    PTBRule(PTBPieces.negation, before: .none(of: "A-Za-z"), .closingQuote),
  ]

  /// Words that keep their apostrophe.
  private static let apostropheWord: PTBPattern = {
    let apostrophe = PTBPieces.apostrophe
    let letter = PTBPieces.letter
    return .either(
      .seq(apostrophe, "n", .optional(apostrophe)),
      .seq(.either(.any("lLdDjJ"), "dunkin", "somethin", "ol"), apostrophe),
      .seq(apostrophe, .either("em", .seq(.any("2-9"), "0s"), "til", "till", "cause")),
      .seq(.any("A-HJ-XZn"), PTBPieces.looseApostrophe, letter, .some(letter)),
      .seq(
        .some(letter), .any("aeiouyAEIOUY"), PTBPieces.looseApostrophe, .any("aeiouA-Z"),
        .many(letter)),
      .seq("cont'd", .optional(".")),
      .words("'twas nor'easter c'mon e'er s'mores ev'ry li'l nat'l"),
      .seq("o", PTBPieces.looseApostrophe, "o"))
  }()

  private static let urlEnd: PTBUnitSet = "\t\n\u{C}\r \"<>|"
  private static let pathEnd = urlEnd.union("()")
  private static let mailEnd = urlEnd.union("(){}\u{A0}")
  private static let host: PTBPattern = .either(
    .seq(
      "www.", .some(.some(.none(of: urlEnd, ".!?(){},")), "."), .times(2...4, .any("A-Za-z"))),
    .seq(
      // No digit and no capital either: the original excludes all from the comma to the underscore.
      .some(.some(.none(of: urlEnd, "`'.!?(){}$", ",-_")), "."), .words("com net org edu")))
}
