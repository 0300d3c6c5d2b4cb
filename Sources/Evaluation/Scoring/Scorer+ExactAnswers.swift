import Datasets
import Metrics
import Records
import Text

extension Scorer {
  /// Scores answers that must equal the one right answer of each question; the questions about one
  /// clip are resampled together.
  func scoreExactAnswers(
    _ path: String, _ answers: ExactAnswerReferences, _ references: ReferenceSet,
    _ request: ReferenceRequest, _ wanted: MetricSelection
  ) throws -> ScoreReport {
    let dataset = try dataset(of: request)
    let predictions = try dataset.predictions(at: path)
    let alignment = try Alignment(
      predicted: predictions.ids, expected: answers.ids, allowPartial: allowPartial,
      path: path, what: dataset.sampleNoun,
      unknownRemedy: Self.otherNumbering(predictions.ids, answers, references)
        ?? Self.otherSplit(dataset.sampleNoun))
    let ids = alignment.references.map { answers.ids[$0] }
    let right = alignment.references.map { answers.answers[$0] }
    let texts = alignment.predictions.map { predictions.texts[$0] }

    var scores: [MetricScore] = []
    var groups: [ScoreGroup] = []
    for metric in wanted.metrics {
      guard metric is ExactMatch.Type else {
        throw EvaluationError.answersDoNotFit(
          metric: metric.card.name, needs: "several human answers to each question",
          remedy: "\(request.card.name) has one: use --metrics \(ExactMatch.card.name)")
      }
      let result = try ExactMatch().scores(
        of: texts, right: right, questions: alignment.references.map { answers.questions[$0] })
      scores += wanted.reported(result.scores, of: metric)
      groups += result.groups
    }
    let said = texts.map { SamplePrediction.text($0) }
    var problems = commonProblems(request, references, ids: ids, predictions: said)
    problems += predictions.problems + Self.nearAnswers(texts, right, ids)
    return try report(
      request, references, scores: scores, groups: groups, problems: problems,
      samples: ScoredSamples(
        ids: ids, clusters: alignment.references.map { answers.videos[$0] }, predictions: said,
        scores: scores),
      read: [predictions.file])
  }

  /// What to do where predictions and references are numbered in different ways: the reference
  /// project numbers the lines of its list from 0, the official files go on where training ends. Nil
  /// where that is not what is wrong.
  private static func otherNumbering(
    _ predicted: [SampleID], _ answers: ExactAnswerReferences, _ references: ReferenceSet
  ) -> String? {
    func range(_ ids: [SampleID]) -> ClosedRange<Int>? {
      var numbers: [Int] = []
      for case .int(let number) in ids { numbers.append(number) }
      guard let low = numbers.min(), let high = numbers.max() else { return nil }
      return low...high
    }
    guard let found = range(predicted), let expected = range(answers.ids) else { return nil }
    let file = references.files.map(\.path).joined(separator: ", ")
    if answers.isNumberedByLine {
      guard found.lowerBound > expected.upperBound else { return nil }
      return "ids from \(found.lowerBound) to \(found.upperBound) look like official ones, and "
        + "\(file) has none: its questions go by their lines, from 0; give the official "
        + "<split>_qa.json, or predictions of this list"
    }
    // Line numbers of a list as long as the file at most, and none of them an id of it.
    guard found.lowerBound >= 0, found.upperBound < min(expected.lowerBound, answers.ids.count)
    else { return nil }
    return "ids from \(found.lowerBound) to \(found.upperBound) look like line numbers of the "
      + "reference project's txt/<split>.jsonl, and \(file) numbers its questions from "
      + "\(expected.lowerBound): score against that list with --annotations, or write the ids "
      + "of \(file)"
  }

  /// Answers that would be right but for capital letters or blanks around them.
  private static func nearAnswers(
    _ texts: [String], _ right: [String], _ ids: [SampleID]
  ) -> [Problem] {
    func folded(_ text: String) -> [UInt8] {
      var text = PythonLowercase.lowercased(text)
      return text.withUTF8 { Array($0[PythonWhitespace.strip($0)]) }
    }
    let near = texts.indices.filter { index in
      !texts[index].utf8.elementsEqual(right[index].utf8)
        && folded(texts[index]) == folded(right[index])
    }
    guard !near.isEmpty else { return [] }
    return [
      Problem(
        code: "near_answer",
        message: "\(near.count) answers differ from the right one in capital letters or blanks at "
          + "their ends alone; they count as wrong, as in the reference",
        count: near.count, examples: near.prefix(3).map { "\(ids[$0])" })
    ]
  }
}
