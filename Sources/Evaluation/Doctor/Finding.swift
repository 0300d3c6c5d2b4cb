import Datasets
import Records

/// One thing that the doctor found.
package struct Finding: Sendable {
  /// How much it matters.
  package enum Severity: String, Sendable {
    /// The split cannot be used as it is: the exit code says so.
    case error
    /// It can be used, and whoever reads the numbers must know: they are of another set than the
    /// official one, ids were made up, nothing can be run.
    case warning
    /// Worth knowing.
    case note
  }

  /// A short name that scripts can rely on, such as `media_missing`.
  package let code: String
  /// How much it matters.
  package let severity: Severity
  /// What, where, and how to mend it, on one line.
  package let message: String
  /// How many samples or files it concerns.
  package let count: Int
  /// The first few of them.
  package let examples: [String]
  /// What a verb that needs the split would fail with; nil where it would not.
  package let error: (any Error)?

  /// Something that stops nobody.
  init(_ severity: Severity, _ problem: Problem) {
    code = problem.code
    self.severity = severity
    message = problem.message
    count = problem.count
    examples = problem.examples
    error = nil
  }

  /// Something that makes the split unusable as it is.
  init(_ error: any Error, code: String? = nil, count: Int = 1, examples: [String] = []) {
    self.code = code ?? Self.code(of: error)
    severity = .error
    message = "\(error)"
    self.count = count
    self.examples = examples
    self.error = error
  }

  private static func code(of error: any Error) -> String {
    switch error {
    case let error as DatasetError:
      switch error {
      case .missingFiles: "file_missing"
      case .wrongKind: "wrong_kind"
      case .badRecord: "bad_record"
      case .duplicateID: "duplicate_id"
      case .unknownIDs: "dangling_id"
      case .missingIDs: "missing_id"
      case .empty: "empty_file"
      default: "wrong_content"
      }
    case let error as RecordError:
      switch error {
      case .missingFile, .notAFolder: "file_missing"
      default: "unreadable_file"
      }
    case is JSONError: "bad_json"
    default: "wrong_content"
    }
  }
}
