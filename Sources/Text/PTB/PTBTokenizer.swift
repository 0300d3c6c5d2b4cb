import Synchronization

/// The tokenizer of COCO caption evaluation: the Stanford PTB tokenizer 3.4.1 as `pycocoevalcap`
/// 1.2 runs it.
///
/// A value is cheap to make and may be used from several threads at once. It keeps the automata
/// that its calls have built, so use one value for all calls where that is easy.
///
/// Captions influence one another: the lexer looks past the end of a line, so how a caption ends
/// can depend on how the next one begins. A side's captions are therefore tokenized together, in
/// their order. `a cup of vitamin C.` keeps its period before `two men`, and loses it before
/// `The man`.
///
/// Quirks kept: brackets stay as `-lrb-` …, `cannot` is two tokens, emoji vanish, `they've` at the
/// very end of the last caption is `they ve`, a token can hold a no-break space.
///
/// Quirks not kept: two things shift all later captions by a line in the original, without any
/// message, so that predictions are scored against other images' references. Here line k always
/// belongs to caption k:
/// - A line end other than a line feed inside a caption is taken as a space, as the original does
///   with line feeds. `captionsWithLineBreaks(_:)` names such captions.
/// - A token never runs over the end of its caption. In the original a quoted attribute value that
///   is opened in a tag (`<a title="`) does so if a later caption closes the quote and the tag, and
///   swallows what lies between. Here the longest match inside the caption is taken instead, which
///   is what the caption gives when no later one closes the tag. `captionsWithOpenTags(_:)` names
///   such captions.
///
/// Not settled: a capital sigma beside digits, dashes or modifier letters inside one token can become
/// another of the two small sigmas than in Java, whose word breaks differ there (4 of 60,000 random
/// lines made of such letters; English captions have none).
///
/// Source: behaviour of `ptbtokenizer.py` of `pycocoevalcap` 1.2 with its Stanford PTB tokenizer
/// 3.4.1.
public struct PTBTokenizer: Sendable {
  private let lexers = IdleLexers()

  /// Makes a tokenizer.
  public init() {}

  /// Tokenizes captions as one document, as the official scorer does.
  ///
  /// - Returns: the string that is scored for each caption: its tokens in lower case with one space
  ///   between, without those that are punctuation. It is empty for a caption of punctuation.
  public func tokenize(_ captions: [String]) -> [String] {
    document(captions).scoredStrings()
  }

  /// Tokenizes captions, each as a document of its own.
  ///
  /// - Returns: the string that would be scored for each caption.
  public func tokenizeIsolated(_ captions: [String]) -> [String] {
    isolated(captions).scoredStrings()
  }

  /// Lexes captions as one document.
  ///
  /// - Returns: the tokens of each caption in lower case with one space between, punctuation
  ///   included.
  public func lex(_ captions: [String]) -> [String] {
    document(captions).strings()
  }

  /// Lexes captions, each as a document of its own.
  ///
  /// - Returns: the tokens of each caption in lower case, punctuation included.
  package func lexIsolated(_ captions: [String]) -> [String] {
    isolated(captions).strings()
  }

  /// The captions that hold a line end other than a line feed: U+000B, U+000C, U+000D, U+2028 or
  /// U+2029. With these the original pairs captions with wrong images; here they are spaces.
  ///
  /// - Returns: indices into `captions`, in order.
  public func captionsWithLineBreaks(_ captions: [String]) -> [Int] {
    captions.indices.filter { index in
      var caption = captions[index]
      return caption.withUTF8 { bytes in
        bytes.indices.contains { index in
          switch bytes[index] {
          case 0x0B...0x0D: return true
          case 0xE2:
            return index + 2 < bytes.count && bytes[index + 1] == 0x80
              && (0xA8...0xA9).contains(bytes[index + 2])
          default: return false
          }
        }
      }
    }
  }

  /// The captions in which a token begins that in the original runs over the caption's end, a tag
  /// as a rule. From there on the original pairs captions with wrong images; here a token ends with
  /// its caption at the latest.
  ///
  /// - Returns: indices into `captions`, in order.
  package func captionsWithOpenTags(_ captions: [String]) -> [Int] {
    // Both patterns that run over line ends, rules 7 and 50, need a `<`.
    guard captions.contains(where: { $0.utf8.contains(0x3C) }) else { return [] }
    let units = Self.document(of: captions)
    var lexer = PTBLexer(keepsLines: false)
    let starts = units.withUnsafeBufferPointer { lexer.startsOfCrossingTokens(in: $0) }
    var indices: [Int] = []
    var index = 0
    var position = 0
    for start in starts {
      while position < start {
        if units[position] == 0x0A { index += 1 }
        position += 1
      }
      if indices.last != index { indices.append(index) }
    }
    return indices
  }

  /// The lexer by itself: a text with all its line ends, of whatever kind, and tokens that run over
  /// them.
  ///
  /// - Returns: the lines that the original prints, in lower case.
  package func lexDocument(_ text: String) -> [String] {
    var lines = PTBLines()
    var lexer = PTBLexer(keepsLines: false)
    Array(text.utf16).withUnsafeBufferPointer { lexer.lex($0, into: &lines) }
    return lines.strings()
  }

  private func document(_ captions: [String]) -> PTBLines {
    var lines = PTBLines()
    guard !captions.isEmpty else { return lines }
    let units = Self.document(of: captions)
    lines.reserve(units.count, lines: captions.count)
    lexers.lend { lexer in
      units.withUnsafeBufferPointer { lexer.lex($0, into: &lines) }
    }
    return lines
  }

  private func isolated(_ captions: [String]) -> PTBLines {
    var lines = PTBLines()
    var units: [UInt16] = []
    lexers.lend { lexer in
      for caption in captions {
        units.removeAll(keepingCapacity: true)
        Self.append(caption, to: &units)
        units.withUnsafeBufferPointer { lexer.lex($0, into: &lines) }
      }
    }
    return lines
  }

  /// The units of captions with a line feed between them.
  private static func document(of captions: [String]) -> [UInt16] {
    var units: [UInt16] = []
    units.reserveCapacity(captions.reduce(captions.count) { $0 + $1.utf8.count })
    for (index, caption) in captions.enumerated() {
      if index > 0 { units.append(0x0A) }
      append(caption, to: &units)
    }
    return units
  }

  /// Appends a caption's units, with a space for every line end.
  private static func append(_ caption: String, to units: inout [UInt16]) {
    for unit in caption.utf16 {
      switch unit {
      case 0x0A...0x0D, 0x2028, 0x2029: units.append(0x20)
      default: units.append(unit)
      }
    }
  }
}

/// Lexers that no call is using. Each has built its automaton's states as far as texts needed them.
private final class IdleLexers: Sendable {
  private let idle = Mutex<[PTBLexer]>([])

  /// Lends a lexer to one call.
  func lend(_ body: (inout PTBLexer) -> Void) {
    var lexer = idle.withLock { $0.popLast() } ?? PTBLexer(keepsLines: true)
    body(&lexer)
    let used = lexer
    idle.withLock { $0.append(used) }
  }
}
