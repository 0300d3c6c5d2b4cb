import Text

/// The share of answers that equal the right one as strings: no lower-casing, no stripping, no
/// normalization, and `é` written with one code point is not `é` written with two.
///
/// The reference averages the accuracies of batches, each weighted by its size, and prints four
/// decimals; that is hits divided by questions, which is what this computes, up to the rounding of
/// a sum of doubles.
///
/// Source: `X-PLUG/mPLUG`, the evaluation of video question answering.
///
/// Quirks kept: a blank behind an answer or a capital letter in it makes it wrong.
public struct ExactMatch: Metric {
  /// The first words by which papers report accuracy; those of every official question.
  static let questionWords = ["what", "who", "how", "when", "where"]

  /// What it is.
  public static let card = MetricCard(
    name: "exact_match", produces: ["accuracy"] + questionWords.map { "accuracy/\($0)" },
    title: "Exact-match accuracy", task: "vqa", scale: "0 to 1", displayFactor: 100,
    source: "X-PLUG/mPLUG, video QA", summary: "share of answers that equal the right one")

  /// The metric with the official settings.
  public init() {}

  /// The overall score, then one for each usual question word that occurs; all question words as
  /// groups, in the order of first appearance.
  ///
  /// - Parameters:
  ///   - answers: What was said.
  ///   - right: The right answer of each question.
  ///   - questions: The questions, of which the first words count.
  /// - Throws: `MetricError.noSamples` or `.countsDiffer`.
  public func scores(
    of answers: [String], right: [String], questions: [String]
  ) throws -> AnswerScores {
    let name = "accuracy"
    guard !right.isEmpty else { throw MetricError.noSamples(metric: Self.card.name) }
    for (what, list) in [("answers", answers), ("questions", questions)]
    where list.count != right.count {
      throw MetricError.countsDiffer(what: what, expected: right.count, found: list.count)
    }
    let hits = zip(answers, right).map { $0.utf8.elementsEqual($1.utf8) ? 1.0 : 0 }
    let signature = Signature(Self.card.name, ["nrefs": "1", "norm": "none"])
    let overall = MetricScore(
      name: name, value: hits.reduce(0, +) / Double(hits.count), samples: hits,
      statistics: .mean(of: hits), count: hits.count, signature: signature)

    let (words, names) = Self.firstWords(of: questions)
    var totals = [(hits: Double, count: Int)](repeating: (0, 0), count: names.count)
    for case (let word?, let hit) in zip(words, hits) {
      totals[Int(word)].hits += hit
      totals[Int(word)].count += 1
    }
    let groups = zip(names, totals).map { text, total in
      let value = total.hits / Double(total.count)
      return ScoreGroup(
        metric: name, kind: "question_word", name: text, count: total.count, value: value,
        unrounded: value)
    }
    let parts = Self.questionWords.compactMap { usual -> MetricScore? in
      guard let word = names.firstIndex(where: { $0.utf8.elementsEqual(usual.utf8) }) else {
        return nil
      }
      return MetricScore(
        name: "\(name)/\(usual)", value: groups[word].value,
        samples: hits.indices.map { words[$0] == UInt32(word) ? hits[$0] : .nan },
        statistics: .mean(of: hits, where: { words[$0] == UInt32(word) }),
        count: groups[word].count, signature: signature)
    }
    return AnswerScores(scores: [overall] + parts, groups: groups, accuracies: hits)
  }

  /// What a question begins with, as written; nil for one without a word.
  package static func firstWord(of question: String) -> String? {
    var question = question
    return question.withUTF8 { text in
      PythonWhitespace.split(text).first.map { String(decoding: text[$0], as: UTF8.self) }
    }
  }

  /// The number of each question's first word, nil for a question without one, and the words.
  private static func firstWords(of questions: [String]) -> (numbers: [UInt32?], words: [String]) {
    var pool = InternedStrings()
    let numbers = questions.map { firstWord(of: $0).map { pool.intern($0) } }
    return (numbers, (0..<UInt32(pool.count)).map { pool[$0] })
  }
}
