import Evaluation
import Records

/// What is to be said of single samples: remarks of the run, and problems that name them. Each text
/// stands once, so that it can be chosen from a list.
struct SampleNotes {
  /// The texts, the most frequent first.
  let texts: [String]

  private let placesOfText: [String: Int]
  private let problemsOfSample: [String: [String]]

  init(_ samples: [ViewedSample], problems: [Problem]) {
    var problemsOfSample: [String: [String]] = [:]
    for problem in problems {
      for example in problem.examples.uniqued() {
        problemsOfSample[example, default: []].append(problem.message)
      }
    }
    self.problemsOfSample = problemsOfSample
    var counts: [String: Int] = [:]
    for sample in samples {
      for text in Self.texts(of: sample, problemsOfSample) { counts[text, default: 0] += 1 }
    }
    texts = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map(\.key)
    placesOfText = Dictionary(
      texts.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
  }

  /// Which texts concern a sample, ascending.
  func places(of sample: ViewedSample) -> [Int] {
    Self.texts(of: sample, problemsOfSample).compactMap { placesOfText[$0] }.sorted()
  }

  private static func texts(
    of sample: ViewedSample, _ problems: [String: [String]]
  ) -> [String] {
    (sample.remarks + (problems[sample.id.description] ?? [])).uniqued()
  }
}
