import Evaluation

/// A gate's report as JUnit XML: a test suite for each benchmark and model, a test case for each
/// metric.
///
/// A regression is a failure. What could not be judged although it should have been (no run, another
/// way of measuring) is an error. What cannot be told from chance, what the baseline does not have
/// and what is not judged is skipped.
package enum JUnitReport {
  /// The document.
  package static func render(_ report: GateReport) -> String {
    var suites: [(name: String, cases: [Judgement])] = []
    for judgement in report.judgements {
      let name = "\(judgement.name) \(judgement.model)"
      if suites.last?.name == name {
        suites[suites.count - 1].cases.append(judgement)
      } else {
        suites.append((name, [judgement]))
      }
    }
    var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
    text += "<testsuites name=\"mplug-eval check\" \(counts(report.judgements))>\n"
    for suite in suites {
      text += "  <testsuite name=\"\(escape(suite.name))\" \(counts(suite.cases))>\n"
      for judgement in suite.cases { text += testCase(judgement, in: suite.name) }
      text += "  </testsuite>\n"
    }
    return text + "</testsuites>\n"
  }

  private static func counts(_ judgements: [Judgement]) -> String {
    func count(_ outcome: Outcome) -> Int { judgements.count { $0.verdict.outcome == outcome } }
    return "tests=\"\(judgements.count)\" failures=\"\(count(.failure))\" "
      + "errors=\"\(count(.error))\" skipped=\"\(count(.skipped))\""
  }

  private static func testCase(_ judgement: Judgement, in suite: String) -> String {
    let head =
      "    <testcase classname=\"\(escape(suite))\" name=\"\(escape(judgement.score))\""
    let numbers = zip(GateReport.columns, judgement.cells).dropFirst(3).filter { $1.text != "-" }
      .map { "\($0.title) \($1.text)" }.joined(separator: ", ")
    let message = "\(judgement.verdict.rawValue): \(judgement.reason)"
    switch judgement.verdict.outcome {
    case .success:
      return "\(head)>\n      <system-out>\(escape(numbers))</system-out>\n    </testcase>\n"
    case .skipped:
      return "\(head)>\n      <skipped message=\"\(escape(message))\"/>\n"
        + "      <system-out>\(escape(numbers))</system-out>\n    </testcase>\n"
    case .failure, .error:
      let tag = judgement.verdict.outcome.rawValue
      return "\(head)>\n      <\(tag) type=\"\(escape(judgement.verdict.rawValue))\" "
        + "message=\"\(escape(message))\">\(escape(numbers))</\(tag)>\n    </testcase>\n"
    }
  }

  /// For attributes and text; what XML 1.0 cannot hold becomes U+FFFD.
  static func escape(_ text: String) -> String {
    text.escapedForMarkup { scalar in
      switch scalar {
      case "\t", "\n", "\r": "&#\(scalar.value);"
      case "\u{0}"..."\u{1F}", "\u{FFFE}", "\u{FFFF}": "\u{FFFD}"
      default: nil
      }
    }
  }
}

/// What JUnit calls a verdict.
private enum Outcome: String {
  case success, failure, error, skipped
}

extension Judgement.Verdict {
  fileprivate var outcome: Outcome {
    switch self {
    case .regression: .failure
    case .missing, .notComparable: .error
    case .cannotTell, .new, .notJudged: .skipped
    case .pass, .improved: .success
    }
  }
}
