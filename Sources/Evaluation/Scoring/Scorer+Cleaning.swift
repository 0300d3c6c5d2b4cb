import Datasets
import Records

extension Scorer {
  /// Reads predictions, with captions cleaned where that is asked for; says how many it changed.
  ///
  /// - Throws: as the adapter's `predictions(at:)`.
  func predictions(
    at path: String, for request: ReferenceRequest
  ) throws -> (file: PredictionFile, problems: [Problem]) {
    let predictions = try dataset(of: request).predictions(at: path)
    guard let cleaning else { return (predictions, []) }
    let texts = predictions.texts.map(cleaning.cleaned)
    let changed = texts.indices.filter {
      !texts[$0].utf8.elementsEqual(predictions.texts[$0].utf8)
    }
    let cleaned = PredictionFile(
      ids: predictions.ids, texts: texts, file: predictions.file, problems: predictions.problems)
    guard !changed.isEmpty else { return (cleaned, []) }
    return (
      cleaned,
      [
        Problem(
          code: "captions_cleaned",
          message: "\(changed.count) of \(texts.count) captions were changed by "
            + "--clean \(cleaning.rawValue)",
          count: changed.count, examples: changed.prefix(3).map { "\(predictions.ids[$0])" })
      ]
    )
  }

  /// Refuses a clean-up of captions where predictions are none.
  ///
  /// - Throws: `EvaluationError.cleaningDoesNotFit`.
  func checkCleaning(task: BenchmarkTask) throws {
    if let cleaning, task != .caption {
      throw EvaluationError.cleaningDoesNotFit(name: cleaning.rawValue, task: task.rawValue)
    }
  }
}
