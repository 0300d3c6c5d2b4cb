/// What searches that end at a token have in common.
enum SearchSettings {
  /// - Throws: `ModelError` for lengths, an end token or a count that make no sense.
  static func check(
    minLength: Int, maxLength: Int, end: Int32, vocabulary: Int, beams: Int = 1
  ) throws {
    func refuse(_ name: String, _ found: Int, _ remedy: String) -> ModelError {
      .unusableSetting(name: name, found: String(found), remedy: remedy)
    }
    guard maxLength >= 1 else { throw refuse("maximum length", maxLength, "it is at least 1") }
    guard minLength >= 0 else { throw refuse("minimum length", minLength, "it is at least 0") }
    guard end >= 0, Int(end) < vocabulary else {
      throw refuse("end token", Int(end), "it is a token of the vocabulary")
    }
    guard beams >= 1, beams <= vocabulary else {
      throw refuse("number of beams", beams, "it is between 1 and the vocabulary's \(vocabulary)")
    }
  }

  /// The error for an item whose logits are not finite. It ends the search of the whole batch.
  static func notFinite(item: Int) -> ModelError {
    .logitsNotFinite(
      item: item, remedy: "its input overflows in this model: leave it out or check the weights")
  }
}
