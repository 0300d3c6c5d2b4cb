/// The files that make up METEOR's data for English.
package enum METEORPart: String, CaseIterable, Sendable {
  case functionWords = "function words"
  case prefixes = "non-breaking prefixes"
  case synsets = "synsets"
  case exceptions = "irregular forms"
  case paraphrases = "paraphrase table"

  /// The member of `meteor-1.5.jar`; the paraphrases stand beside it.
  var member: String? {
    switch self {
    case .functionWords: "function/english.words"
    case .prefixes: "nonbreaking/english.prefixes"
    case .synsets: "synonym/english.synsets"
    case .exceptions: "synonym/english.exceptions"
    case .paraphrases: nil
    }
  }

  /// The names under which the file may lie in a folder; each may end in `.gz` too.
  var names: [String] {
    switch self {
    case .functionWords: ["function/english.words", "english.words", "function_words.txt"]
    case .prefixes:
      ["nonbreaking/english.prefixes", "english.prefixes", "nonbreaking_prefixes.txt"]
    case .synsets: ["synonym/english.synsets", "english.synsets"]
    case .exceptions: ["synonym/english.exceptions", "english.exceptions"]
    case .paraphrases: ["data/paraphrase-en", "paraphrase-en", "paraphrase_subset"]
    }
  }

  /// The largest content that is read, some times the official one.
  var limit: Int {
    switch self {
    case .functionWords, .prefixes: 1 << 20
    case .synsets: 1 << 26
    case .exceptions: 1 << 23
    case .paraphrases: 1 << 30
    }
  }

  /// Under which licence the file is given.
  package var licence: String {
    switch self {
    case .functionWords, .paraphrases: "LGPL 2.1 (METEOR 1.5)"
    case .prefixes: "LGPL 2.1 (METEOR 1.5, from Moses)"
    case .synsets, .exceptions: "WordNet 3.0 licence (Princeton University)"
    }
  }
}
