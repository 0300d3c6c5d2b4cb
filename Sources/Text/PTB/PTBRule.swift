/// One rule of the lexer.
struct PTBRule: Sendable {
  /// What the token matches.
  let token: PTBPattern
  /// What has to follow. It counts for the length when rules compete, and is lexed again.
  let context: PTBPattern?
  /// What becomes of the matched text.
  let action: PTBAction

  init(_ token: PTBPattern, before context: PTBPattern? = nil, _ action: PTBAction = .keep) {
    self.token = token
    self.context = context
    self.action = action
  }

  /// The whole list in its order: among rules that match equally far the earlier one wins.
  static let all: [PTBRule] = wordRules + numberAndAbbreviationRules + punctuationRules

  /// The list with tokens that never run over a line feed: what is left of the others is what
  /// matches within a line. Contexts still reach over it.
  static let withinLines: [PTBRule] = all.map { rule in
    if case .endLine = rule.action { return rule }
    return PTBRule(rule.token.excluding("\n"), before: rule.context, rule.action)
  }
}

/// What becomes of the text that a rule matched.
enum PTBAction: Sendable {
  /// The token is the text.
  case keep
  /// No token.
  case drop
  /// The end of an output line.
  case endLine
  /// The token is another text.
  case replace(String)
  /// Only the first units are the token, the rest is lexed again.
  case first(Int)
  /// Without the soft hyphens; a hyphen if there is nothing else.
  case withoutSoftHyphens
  /// With no-break spaces for spaces.
  case unbroken
  /// With `&` for `&amp;`.
  case plainAmpersand
  /// As an opening quote mark.
  case openingQuote
  /// As a closing quote mark or an apostrophe.
  case closingQuote
  /// The name of a round bracket for the bracket.
  case namedBrackets
  /// Both `unbroken` and `namedBrackets`.
  case telephone
  /// A single fraction sign in digits.
  case fraction
  /// A currency sign as the lexer writes it.
  case currency
  /// Three or four hyphens as two.
  case hyphens
  /// The text, whose period is lexed once more as a token of its own.
  case repeatedPeriod
  /// The same, except that a single letter loses its period to that token.
  case sentenceEndingAcronym
}
