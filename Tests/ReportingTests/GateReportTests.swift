import Evaluation
import Foundation
import FoundationXML
import Metrics
import Records
import Reporting
import Testing

/// A gate's report as table, JSON, JUnit XML and the page of a CI job.
@Suite struct GateReportTests {
  private static func judgement(
    _ verdict: Judgement.Verdict, model: String = "m", split: String = "val",
    score: String = "accuracy", reason: String = "why"
  ) -> Judgement {
    let isMeasured = verdict != .missing
    return Judgement(
      benchmark: "mini-vqav2", split: split, references: "\(split)@1a2b", model: model,
      score: score, metric: VQAAccuracy.card,
      verdict: verdict, baseline: verdict == .new ? nil : 84.5,
      value: isMeasured ? 80.25 : nil, difference: verdict == .regression ? -4.25 : nil,
      noise: verdict == .regression
        ? Judgement.Noise(low: -6.25, high: -2.25, isPaired: true) : nil,
      tolerance: verdict == .notJudged || verdict == .new ? nil : 0.5, reason: reason)
  }

  private static func report(_ judgements: [Judgement], notes: [String] = []) -> GateReport {
    GateReport(baseline: "results/baseline.json", judgements: judgements, notes: notes)
  }

  private static let all = report(
    Judgement.Verdict.allCases.map { judgement($0) }, notes: ["a note"])

  @Test func verdicts() {
    func verdict(_ verdicts: Judgement.Verdict...) -> GateReport.Verdict {
      Self.report(verdicts.map { Self.judgement($0) }).verdict
    }
    #expect(verdict(.pass, .improved, .new, .notJudged) == .passed)
    #expect(verdict(.pass, .cannotTell) == .cannotTell)
    for failure in [Judgement.Verdict.regression, .missing, .notComparable] {
      #expect(verdict(.pass, .cannotTell, failure) == .failed)
    }
    #expect(
      Self.all.summary
        == "failed: 1 regression, 1 missing, 1 not comparable, 1 cannot tell, 1 improved, 1 pass, "
        + "1 new, 1 not judged; baseline results/baseline.json")
  }

  @Test func table() {
    let text = TableFormat.text.render([Self.all.table])
    let rows = text.split(separator: "\n").map { $0.split(separator: " ").map(String.init) }
    #expect(rows[0].joined(separator: " ") == "check: failed, baseline results/baseline.json")
    #expect(
      rows[3] == [
        "mini-vqav2/val", "m", "accuracy", "84.50", "80.25", "-4.25", "±2.00", "0.5", "regression",
      ])
    #expect(
      rows[4] == ["mini-vqav2/val", "m", "accuracy", "84.50", "-", "-", "-", "0.5", "missing"])
    // What does not pass says why, what passes does not.
    #expect(text.contains("\nmini-vqav2/val, m, accuracy: regression: why\n"))
    #expect(text.contains("\nmini-vqav2/val, m, accuracy: cannot tell: why\n"))
    #expect(!text.contains("accuracy: pass"))
    #expect(text.contains("\na note\n"))
  }

  @Test func json() {
    let json = Self.all.json
    #expect(json["verdict"]?.string == "failed")
    #expect(json["baseline"]?.string == "results/baseline.json")
    #expect(json["notes"] == ["a note"])
    #expect(json["suggests_update"]?.bool == false)
    #expect(
      json["judgements"]?[0] == [
        "benchmark": "mini-vqav2", "split": "val", "references": "val@1a2b", "model": "m",
        "metric": "accuracy",
        "verdict": "regression", "reason": "why", "baseline": 84.5, "value": 80.25,
        "difference": -4.25, "tolerance": 0.5, "ci95": [-6.25, -2.25], "paired": true,
      ])
    #expect(json["judgements"]?[1]?["value"] == .null)
    #expect(
      json["judgements"]?.array?.compactMap { $0["verdict"]?.string }
        == Judgement.Verdict.allCases.map(\.rawValue))
  }

  /// Names that XML could take for markup, and what it cannot hold at all.
  private static let nasty = "a<b>&\"'\u{1}\u{0}\u{FFFE}\n]]>é|*_`"

  @Test func junit() throws {
    let report = Self.report(
      Judgement.Verdict.allCases.map { Self.judgement($0, model: Self.nasty, reason: Self.nasty) }
        + [Self.judgement(.pass, split: "test", score: "x")])
    let document = try JUnitDocument(JUnitReport.render(report))
    let readable = "a<b>&\"'\u{FFFD}\u{FFFD}\u{FFFD}\n]]>é|*_`"
    #expect(
      document.suites.map(\.name) == ["mini-vqav2/val \(readable)", "mini-vqav2/test m"])
    #expect(document.counts == ["tests": 9, "failures": 1, "errors": 2, "skipped": 3])
    #expect(
      document.suites.map(\.counts) == [
        ["tests": 8, "failures": 1, "errors": 2, "skipped": 3],
        ["tests": 1, "failures": 0, "errors": 0, "skipped": 0],
      ])
    #expect(document.cases.map(\.name) == Array(repeating: "accuracy", count: 8) + ["x"])
    #expect(
      document.cases.map(\.outcome) == [
        "failure", "error", "error", "skipped", nil, nil, "skipped", "skipped", nil,
      ])
    #expect(document.cases[0].suite == "mini-vqav2/val \(readable)")
    #expect(document.cases[0].message == "regression: \(readable)")
    #expect(document.cases[0].text.contains("baseline 84.50, run 80.25, difference -4.25"))
  }

  /// Files that were given are all of the split `custom`.
  @Test func customSetsAreToldApart() {
    let text = TableFormat.text.render([
      Self.report([Self.judgement(.pass, split: "custom")]).table
    ])
    #expect(text.contains("\nmini-vqav2/custom@1a2b m "))
  }

  @Test func summary() {
    let page = GateSummary.render(Self.all)
    let lines = page.split(separator: "\n", omittingEmptySubsequences: false)
    #expect(lines[0] == "## ❌ mplug-eval check: failed")
    #expect(page.contains("| mini-vqav2/val | m | accuracy | 84.50 | 80.25 | -4.25 | ±2.00 |"))
    #expect(page.hasSuffix("\n\n"))
    #expect(GateSummary.render(Self.report([Self.judgement(.pass)])).hasPrefix("## ✅ "))
    #expect(GateSummary.render(Self.report([Self.judgement(.cannotTell)])).hasPrefix("## ⚠️ "))
    // Names from users are not markup here either, and no row has a line end in it.
    let nasty = GateSummary.render(
      Self.report([Self.judgement(.pass, model: Self.nasty, reason: Self.nasty)]))
    #expect(nasty.contains("a&lt;b>&amp;\"'   ]]>é\\|\\*\\_\\`") || nasty.contains("a&lt;b>"))
    #expect(nasty.split(separator: "\n").count { $0.hasPrefix("| ") } == 3)
    #expect(!nasty.contains("<b>"))
  }

  /// GitHub shows nothing of a page over 1 MiB.
  @Test func longSummariesAreCut() {
    let long = String(repeating: "name", count: 1000)
    var judgements = (0..<5000).map { _ in Self.judgement(.pass, model: long, reason: long) }
    judgements.append(Self.judgement(.regression, score: "the-one"))
    let report = Self.report(judgements, notes: Array(repeating: long, count: 5000))
    let page = GateSummary.render(report)
    #expect(page.utf8.count < 1_000_000)
    // What failed stands first, and the rest is counted.
    let rows = page.split(separator: "\n").filter { $0.hasPrefix("| mini") }
    #expect(rows.count == 500)
    #expect(rows[0].contains("the-one"))
    #expect(page.contains("… and 4501 more, of which 4501 pass or are not judged"))
    // The fuller the page is already, the less is added to it, but never no verdict.
    let later = GateSummary.render(report, after: 900_000)
    #expect(later.utf8.count < 100_000 && later.utf8.count > 20_000)
    let last = GateSummary.render(report, after: 999_999)
    #expect(last.utf8.count < 2000)
    #expect(last.contains("failed: 1 regression, 5000 pass"))
  }
}

/// A JUnit file as a CI service reads it.
private final class JUnitDocument: NSObject, XMLParserDelegate {
  struct Case {
    let suite: String
    let name: String
    var outcome: String?
    var message: String?
    var text = ""
  }

  private(set) var suites: [(name: String, counts: [String: Int])] = []
  private(set) var counts: [String: Int] = [:]
  private(set) var cases: [Case] = []

  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    guard parser.parse() else { throw parser.parserError ?? CocoaError(.fileReadCorruptFile) }
  }

  func parser(
    _ parser: XMLParser, didStartElement element: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    let numbers = attributes.compactMapValues { Int($0) }
    switch element {
    case "testsuites": counts = numbers
    case "testsuite": suites.append((attributes["name"] ?? "", numbers))
    case "testcase":
      cases.append(Case(suite: attributes["classname"] ?? "", name: attributes["name"] ?? ""))
    case "failure", "error", "skipped":
      cases[cases.count - 1].outcome = element
      cases[cases.count - 1].message = attributes["message"]
    default: break
    }
  }

  func parser(_ parser: XMLParser, foundCharacters text: String) {
    if !cases.isEmpty { cases[cases.count - 1].text += text }
  }
}
