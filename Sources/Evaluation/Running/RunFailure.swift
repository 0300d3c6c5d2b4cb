import Datasets
import Models
import Records
import Text

/// A sample that a run could not ask the model, or whose answer was no number.
package struct RunFailure: Sendable {
  /// The sample.
  package let id: SampleID
  /// A short name of the kind, which scripts can rely on, such as `media_truncated`.
  package let code: String
  /// What went wrong.
  package let error: any Error

  package init(id: SampleID, code: String, error: any Error) {
    self.id = id
    self.code = code
    self.error = error
  }

  /// The code of an error that concerns one sample; nil for one that concerns the run.
  package static func code(of error: any Error) -> String? {
    switch error {
    case ModelError.notComputable, ModelError.logitsNotFinite: "not_computable"
    case is GroundingPhraseError, ModelError.emptyText, ModelError.textTooLong: "text_unusable"
    case ModelError.unfitImage: "image_unfit"
    default: nil
    }
  }
}

extension [RunFailure] {
  /// Failures counted by kind, with the first few samples of each, as runs report them.
  package var problems: [Problem] {
    var codes: [String] = []
    for failure in self where !codes.contains(failure.code) { codes.append(failure.code) }
    return codes.map { code in
      let own = filter { $0.code == code }
      return Problem(
        code: code,
        message: "\(own.count) samples have no prediction (\(code)); first: \(own[0].error)",
        count: own.count, examples: own.prefix(10).map { "\($0.id)" })
    }
  }
}
