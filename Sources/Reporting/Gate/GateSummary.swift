import Evaluation
import Records

/// A gate's report for the page of a CI job, in Markdown.
///
/// It is a section that can stand after others: GitHub's `$GITHUB_STEP_SUMMARY` is a file that all
/// commands of a step add to. That page holds 1 MiB and nothing at all beyond it, so what does not
/// pass comes first, and what does not fit is counted.
package enum GateSummary {
  /// What a page may hold, with room to spare.
  static let pageLimit = 1_000_000

  /// The section.
  ///
  /// - Parameter used: How many bytes of the page are taken.
  package static func render(_ report: GateReport, after used: Int = 0) -> String {
    for rows in [500, 100, 20] {
      let text = render(report, rows: rows)
      if used + text.utf8.count <= pageLimit { return text }
    }
    return render(report, rows: 0)
  }

  private static func render(_ report: GateReport, rows limit: Int) -> String {
    let ranked = report.judgements.enumerated().sorted {
      ($0.element.verdict.rank, $0.offset) < ($1.element.verdict.rank, $1.offset)
    }.map(\.element)
    let shown = ranked.prefix(limit)
    var notes: [String] = []
    if shown.count < ranked.count {
      let rest = ranked[shown.count...]
      notes.append(
        "… and \(rest.count) more, of which \(rest.count { $0.verdict.isQuiet }) pass or are not "
          + "judged: see standard output or the JUnit file.")
    }
    if limit > 0 {
      notes += report.notes.prefix(20).map { cut($0, to: 500) }
      notes += [GateReport.legend] + report.advice
    }
    let table = Table(
      title: "\(report.verdict.mark) mplug-eval check: \(report.verdict.rawValue)",
      columns: GateReport.columns + [Table.Column("why")],
      rows: shown.map { judgement in
        (judgement.cells.map(\.text) + [judgement.reason]).map { Table.Cell(cut($0, to: 200)) }
      },
      notes: [cut(report.summary, to: 1000)] + notes)
    return TableFormat.markdown.render([table]) + "\n"
  }

  /// Model names come from users and may be of any length.
  private static func cut(_ text: String, to limit: Int) -> String {
    let scalars = text.unicodeScalars
    guard scalars.count > limit else { return text }
    return String(String.UnicodeScalarView(scalars.prefix(limit - 1))) + "…"
  }
}

extension GateReport.Verdict {
  fileprivate var mark: String {
    switch self {
    case .passed: "✅"
    case .failed: "❌"
    case .cannotTell: "⚠️"
    }
  }
}

extension Judgement.Verdict {
  /// What a reader must see first.
  fileprivate var rank: Int {
    switch self {
    case .regression: 0
    case .missing, .notComparable: 1
    case .cannotTell: 2
    case .improved: 3
    case .new: 4
    case .pass: 5
    case .notJudged: 6
    }
  }
}
