/// The lexer: cuts a text into tokens and writes them out line by line.
struct PTBLexer: Sendable {
  private var automaton: PTBAutomaton

  /// Makes a lexer.
  ///
  /// - Parameter keepsLines: whether no token may run over a line feed; in the original a tag may.
  init(keepsLines: Bool) {
    automaton = PTBAutomaton(keepsLines ? .lexerWithinLines : .lexer)
  }

  /// Lexes one document; its last line is ended too.
  mutating func lex(_ text: UnsafeBufferPointer<UInt16>, into lines: inout PTBLines) {
    cut(text) { match, action in lines.write(text, match, action) }
    lines.endLine()
  }

  /// Where the tokens start that run over a line feed.
  mutating func startsOfCrossingTokens(in text: UnsafeBufferPointer<UInt16>) -> [Int] {
    var starts: [Int] = []
    var unread = PTBLines()
    cut(text) { match, action in
      if case .endLine = action { return match.upperBound }
      if text[match].contains(0x0A) { starts.append(match.lowerBound) }
      return unread.write(text, match, action)
    }
    return starts
  }

  /// Goes through a document match by match; the body says where to go on.
  private mutating func cut(
    _ text: UnsafeBufferPointer<UInt16>, _ body: (Range<Int>, PTBAction) -> Int
  ) {
    automaton.beginText()
    var position = 0
    while position < text.count {
      let match = automaton.longestMatch(in: text, from: position)
      // Some rule matches any unit, so this always moves on.
      let end = max(automaton.tokenEnd(of: match, in: text, from: position), position + 1)
      position = body(position..<end, automaton.program.actions[match.rule])
    }
  }
}

extension PTBLines {
  /// Writes the token of a match.
  ///
  /// - Returns: where to go on.
  fileprivate mutating func write(
    _ text: UnsafeBufferPointer<UInt16>, _ match: Range<Int>, _ action: PTBAction
  ) -> Int {
    var token = match
    var next = match.upperBound
    switch action {
    case .drop:
      return next
    case .endLine:
      endLine()
      return next
    case .first(let count):
      next = match.lowerBound + count
      token = match.lowerBound..<next
    case .repeatedPeriod:
      next -= 1
    case .sentenceEndingAcronym:
      next -= 1
      if match.count == 2 { token = match.lowerBound..<next }
    default:
      break
    }
    if let mapped = PTBTokenText.mapped(text[token], action) {
      mapped.withUnsafeBufferPointer { append($0) }
    } else {
      append(UnsafeBufferPointer(rebasing: text[token]))
    }
    return next
  }
}
