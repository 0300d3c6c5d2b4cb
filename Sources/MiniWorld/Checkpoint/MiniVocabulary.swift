import Records

/// A WordPiece vocabulary for the mini world: its words whole, and letters that spell all others.
///
/// Special tokens and `[unused0]` to `[unused676]` have the ids that they have in bert-base-uncased:
/// mPLUG's code has those of boxes written into it.
public struct MiniVocabulary: Sendable {
  /// An entry a line; the number of the line, from 0, is the id.
  public let entries: [String]

  /// How many entries the preset `mini` has embeddings for.
  static let count = 1024

  /// The vocabulary of the texts that some scenes give.
  ///
  /// - Parameter scenes: of each kind; enough that all words come up.
  public init(scenes: Int = 400) {
    var special = ["[PAD]"]
    special += (0..<99).map { "[unused\($0)]" }
    special += ["[UNK]", "[CLS]", "[SEP]", "[MASK]"]
    special += (99..<677).map { "[unused\($0)]" }
    let punctuation = (0x21..<0x7F).map { String(UnicodeScalar(UInt8($0))) }
      .filter { !$0.contains { $0.isUppercase } }
    let letters = "abcdefghijklmnopqrstuvwxyz0123456789".map { "##\($0)" }
    let words = Self.words(scenes: scenes)
    let spelled = Set(punctuation)
    let entries = special + punctuation + letters + words.filter { !spelled.contains($0) }
    // Room for words to come, so that the sizes of checkpoints stay.
    self.entries = entries + (0..<max(0, Self.count - entries.count)).map { "[unused\($0 + 677)]" }
  }

  /// Writes the file.
  ///
  /// - Throws: `RecordError.writeFailed`
  public func write(to path: String) throws {
    let file = try AtomicFile(path)
    for entry in entries { try file.append(entry + "\n") }
    try file.commit()
  }

  /// All words of the texts, in the order of their bytes.
  private static func words(scenes count: Int) -> [String] {
    var words: Set<String> = []
    func add(_ text: String) {
      for word in text.lowercased().split(whereSeparator: { !$0.isLetter && !$0.isNumber }) {
        words.insert(String(word))
      }
    }
    let seed: UInt64 = 1
    let pictures = SceneSeries(name: "words", seed: seed, firstID: 1, count: count)
    for place in pictures.places {
      let scene = pictures[place]
      var captions = Captions(of: scene, seed: seed)
      for caption in captions(5) { add(caption.text) }
      var questions = Questions(about: scene, seed: seed)
      for question in questions(6) {
        add(question.text)
        add(question.answer)
      }
      for style in [ReferringExpressions.Style.any, .looks, .sentence] {
        var expressions = ReferringExpressions(in: scene, style, seed: seed)
        for object in scene.objects {
          for expression in expressions(for: object, 3) { add(expression.cleaned) }
        }
      }
      var hypotheses = Hypotheses(about: scene, seed: seed)
      for hypothesis in hypotheses() { add(hypothesis.text) }
      let other = pictures[(place + 1) % count]
      var statements = PairStatements(
        about: [(scene, other), (other, scene)], seed: seed, set: "\(place)")
      for (statement, _) in statements(2) { add(statement.text) }
    }
    let clips = SceneSeries(name: "words", seed: seed, firstID: 1, count: count, kind: .clips)
    for place in clips.places {
      var texts = ClipTexts(of: clips[place], seed: seed)
      for caption in texts.captions(6) { add(caption) }
      for question in texts.questions(12) {
        add(question.text)
        add(question.answer)
      }
    }
    // Also what a prompt or a person says.
    for number in 0...12 { add(Words.number(number)) }
    for word in ["a picture of", "none", "zero", "color", "colour", "photo", "image"] { add(word) }
    return words.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}
