/// What a model said of one sample, as run folders keep it.
public enum SamplePrediction: Sendable, Hashable {
  /// An answer, a caption or a label.
  case text(String)
  /// A box, `[x, y, width, height]` in pixels.
  case numbers([Double])
  /// The best candidates of a retrieval query, best first.
  case ranking([SampleID])

  /// Whether it is a text without a visible character.
  package var isBlank: Bool {
    guard case .text(let text) = self else { return false }
    return text.utf8.allSatisfy { $0 <= 0x20 }
  }

  /// The text; nil for another kind.
  package var text: String? {
    guard case .text(let text) = self else { return nil }
    return text
  }
}

extension JSONWriter {
  /// Writes a prediction.
  ///
  /// - Throws: `RecordError.unwritableNumber`.
  package mutating func prediction(_ prediction: SamplePrediction) throws {
    switch prediction {
    case .text(let text): string(text)
    case .numbers(let numbers):
      beginArray()
      for number in numbers { try double(number) }
      endArray()
    case .ranking(let ids):
      beginArray()
      for id in ids { self.id(id) }
      endArray()
    }
  }
}
