/// What is to be said of a sample although it has a result.
package enum SampleRemark: Sendable, Hashable {
  /// The text had more ids than the model reads; the rest was cut off.
  case textCut(limit: Int)

  /// A word for counts.
  package var code: String {
    switch self {
    case .textCut: "text-cut"
    }
  }
}

extension SampleRemark: CustomStringConvertible {
  package var description: String {
    switch self {
    case .textCut(let limit): "the text is longer than \(limit) ids; the rest was not read"
    }
  }
}
