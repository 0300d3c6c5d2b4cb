/// What is made of the fused states: words, a ranking, a box or a class.
public enum OutputRule: Sendable, Equatable {
  /// Text by beam search.
  case text(GenerationRule)
  /// The best of a list of answers.
  case ranking(RankingRule)
  /// Scores of texts and pictures for each other.
  case matching(MatchingRule)
  /// A box of four bins.
  case box(BoxRule)
  /// One of some classes.
  case classes(ClassRule)
}

/// Beam search with what stands before and behind it.
public struct GenerationRule: Sendable, Equatable {
  /// Hypotheses that are kept.
  public var beams: Int
  /// Steps before which `[SEP]` does not come.
  public var minLength: Int
  /// Steps at most.
  public var maxLength: Int
  /// The exponent of the length penalty `((5 + length)/6)^α`.
  public var lengthExponent: Double
  /// What a text begins with; empty for nothing.
  public var prompt: String
  /// Whether ` .` is put behind a caption and lead-ins such as `a video of` are cut off.
  public var isTidied: Bool

  /// Puts a rule together.
  public init(
    beams: Int, minLength: Int, maxLength: Int, lengthExponent: Double = 0.6, prompt: String = "",
    isTidied: Bool = false
  ) {
    self.beams = beams
    self.minLength = minLength
    self.maxLength = maxLength
    self.lengthExponent = lengthExponent
    self.prompt = prompt
    self.isTidied = isTidied
  }
}

/// Ranking over a list of answers.
public struct RankingRule: Sendable, Equatable {
  /// How many answers are kept by their first piece.
  public var kept: Int
  /// SHA-256 of the answers, each with a newline behind it, in hexadecimal; nil while no list is
  /// named.
  public var answersDigest: String?

  /// Puts a rule together.
  public init(kept: Int, answersDigest: String? = nil) {
    self.kept = kept
    self.answersDigest = answersDigest
  }
}

/// A shortlist by similarity, each pair of which the matching head scores.
public struct MatchingRule: Sendable, Equatable {
  /// How many candidates of each query are scored; all where there are fewer.
  public var shortlist: Int
  /// Whether the similarity is added to the matching logit.
  public var addsSimilarity: Bool

  /// Puts a rule together.
  public init(shortlist: Int, addsSimilarity: Bool) {
    self.shortlist = shortlist
    self.addsSimilarity = addsSimilarity
  }
}

/// A box as four greedy steps over bins.
public struct BoxRule: Sendable, Equatable {
  /// How many bins a side of the square has, at any resolution: what the vocabulary's ids mean.
  public static let bins = 336

  /// The rule has nothing to choose.
  public init() {}
}

/// Classification of the fused `[CLS]`.
public struct ClassRule: Sendable, Equatable {
  /// The names of the classes by index.
  public var labels: [String]
  /// Whose convention this is: the reference has no code for it.
  public var convention: String

  /// Puts a rule together.
  public init(labels: [String], convention: String) {
    self.labels = labels
    self.convention = convention
  }
}
