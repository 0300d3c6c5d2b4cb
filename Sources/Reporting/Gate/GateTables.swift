import Evaluation
import Foundation
import Metrics
import Records

extension GateReport {
  /// All judgements for a terminal, and why those that do not pass do not.
  package var table: Table {
    Table(
      title: "check: \(verdict.rawValue), baseline \(baseline)",
      columns: Self.columns, rows: judgements.map(\.cells),
      notes: [""] + judgements.filter { !$0.verdict.isQuiet }.map(\.explanation) + notes
        + [Self.legend] + advice)
  }

  static var columns: [Table.Column] {
    [
      Table.Column("benchmark"), Table.Column("model"), Table.Column("metric"),
      Table.Column("baseline", isNumeric: true), Table.Column("run", isNumeric: true),
      Table.Column("difference", isNumeric: true), Table.Column("noise", isNumeric: true),
      Table.Column("tolerance", isNumeric: true), Table.Column("verdict"),
    ]
  }

  static let legend =
    "noise: half the 95% interval of the difference, ± from paired samples, ~ from the intervals of "
    + "both runs."

  /// What to do with numbers that the baseline does not have yet.
  var advice: [String] {
    suggestsUpdate ? ["`mplug-eval check … --update` takes the new numbers over."] : []
  }

  /// `{"baseline", "verdict", "judgements": [{…}], "notes": […]}`.
  package var json: JSONValue {
    [
      "baseline": .string(baseline),
      "judgements": .array(judgements.map(\.json)),
      "notes": .strings(notes),
      "suggests_update": .bool(suggestsUpdate),
      "verdict": .string(verdict.rawValue),
    ]
  }
}

extension Judgement.Verdict {
  /// Whether nobody needs to be told why.
  var isQuiet: Bool { self == .pass || self == .improved || self == .new || self == .notJudged }
}

extension Judgement {
  /// Benchmark and split; files that were given are told apart by their digest.
  var name: String { "\(benchmark)/\(split == "custom" ? references : split)" }

  /// One line that stands alone.
  var explanation: String { "\(name), \(model), \(score): \(verdict.rawValue): \(reason)" }

  var cells: [Table.Cell] {
    let number = ScoreNumber(of: metric)
    return [
      name, model, score, baseline.map(number.text) ?? "-", value.map(number.text) ?? "-",
      difference.map(number.difference) ?? "-",
      noise.map { "\($0.isPaired ? "±" : "~")\(number.text($0.halfWidth))" } ?? "-",
      tolerance.map { String(format: "%g", $0) } ?? "-", verdict.rawValue,
    ].map { Table.Cell($0) }
  }

  fileprivate var json: JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map { .double($0) } ?? .null }
    return [
      "baseline": number(baseline), "benchmark": .string(benchmark),
      "ci95": noise.map { [.double($0.low), .double($0.high)] } ?? .null,
      "difference": number(difference), "metric": .string(score), "model": .string(model),
      "references": .string(references), "paired": noise.map { .bool($0.isPaired) } ?? .null,
      "reason": .string(reason),
      "split": .string(split), "tolerance": number(tolerance), "value": number(value),
      "verdict": .string(verdict.rawValue),
    ]
  }
}
