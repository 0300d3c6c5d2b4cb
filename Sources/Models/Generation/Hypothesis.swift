/// A text that a search has found.
package struct Hypothesis: Sendable, Hashable {
  /// Its tokens, the prompt first.
  package var ids: [Int32]
  /// What the search ranks by; higher is better.
  package var score: Float

  package init(ids: [Int32], score: Float) {
    self.ids = ids
    self.score = score
  }

  /// The text up to the first end token behind the prompt, which stays.
  func cut(at end: Int32, prompt: Int) -> Hypothesis {
    guard let place = ids.dropFirst(prompt).firstIndex(of: end) else { return self }
    return Hypothesis(ids: Array(ids[...place]), score: score)
  }
}
