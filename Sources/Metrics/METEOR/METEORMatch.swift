/// What brought two words or phrases together.
public enum METEORModule: Int, Sendable, CaseIterable {
  /// Equal words.
  case exact
  /// Words with equal stems.
  case stem
  /// Words that share a WordNet synset.
  case synonym
  /// Phrases that the paraphrase table knows as paraphrases.
  case paraphrase

  /// The weight of a match in the score.
  public var weight: Double {
    switch self {
    case .exact: 1
    case .stem: 0.6
    case .synonym: 0.8
    case .paraphrase: 0.6
    }
  }
}

/// A word or phrase of the reference with one of the hypothesis. Places count words from 0.
public struct METEORMatch: Sendable, Hashable {
  let referencePlace: Int32
  let hypothesisPlace: Int32
  let referenceEnd: Int32
  let hypothesisEnd: Int32
  /// What brought them together.
  public let module: METEORModule

  init(
    reference: Int, _ referenceLength: Int, hypothesis: Int, _ hypothesisLength: Int,
    _ module: METEORModule
  ) {
    referencePlace = Int32(truncatingIfNeeded: reference)
    referenceEnd = Int32(truncatingIfNeeded: reference + referenceLength)
    hypothesisPlace = Int32(truncatingIfNeeded: hypothesis)
    hypothesisEnd = Int32(truncatingIfNeeded: hypothesis + hypothesisLength)
    self.module = module
  }

  /// Where it stands in the reference.
  public var referenceStart: Int { Int(referencePlace) }
  /// How many words of the reference it has.
  public var referenceLength: Int { Int(referenceEnd - referencePlace) }
  /// Where it stands in the hypothesis.
  public var hypothesisStart: Int { Int(hypothesisPlace) }
  /// How many words of the hypothesis it has.
  public var hypothesisLength: Int { Int(hypothesisEnd - hypothesisPlace) }

  /// How many places it is moved.
  var distance: Int { abs(hypothesisStart - referenceStart) }

  /// What it adds to a path of the search: an exact match its words on both sides, another one half
  /// of them, each side rounded down.
  var gain: Int {
    module == .exact
      ? referenceLength + hypothesisLength : referenceLength / 2 + hypothesisLength / 2
  }
}
