import Evaluation
import Foundation
import Records

/// The leaderboard on one page: a table a benchmark under the heading of its task, sorted by any
/// column, with links to the runs' own pages and a drawing of each ranking metric over time.
///
/// The page is one file that fetches nothing. The same runs give the same bytes.
package struct LeaderboardPage: Sendable {
  /// The tables.
  let leaderboard: Leaderboard
  /// All runs, those too that the tables leave out for a better one of the same model.
  let runs: [RunFolders.Found]
  /// The folder in which the page will lie: links start from it.
  let folder: String

  /// A page of a leaderboard.
  ///
  /// - Parameters:
  ///   - runs: The runs of which the leaderboard was made.
  ///   - folder: Where the page will lie.
  package init(_ leaderboard: Leaderboard, runs: [RunFolders.Found], in folder: String) {
    self.leaderboard = leaderboard
    self.runs = runs
    self.folder = folder
  }

  /// The document.
  package var text: String { String(decoding: html, as: UTF8.self) }

  /// The document as UTF-8.
  package var html: [UInt8] {
    let families = TaskFamily.allCases.compactMap { family -> FamilySections? in
      let sections = leaderboard.sections.filter { $0.family == family }
      return sections.isEmpty ? nil : FamilySections(family: family, sections: sections)
    }
    let links = families.map { part -> HTML in
      "<li><a href=\"#\(part.family.rawValue)\">\(part.family.title)</a></li>\n"
    }
    let hasPublished = leaderboard.sections.contains { $0.rows.contains(where: \.isPublished) }
    let toggle: HTML =
      hasPublished
      ? """
      <p class="toggle"><label><input type="checkbox" id="published" checked> Published numbers\
      </label></p>

      """ : .none
    let omissions = leaderboard.omissions.map { "<p class=\"note\">\($0)</p>\n" as HTML }
    let body: HTML = """
      <header>
      <p class="kicker">mplug-eval</p>
      <h1>Leaderboard</h1>
      <p class="note">\(summaryLine)</p>
      \(omissions)<nav aria-label="Tasks"><ul>
      \(links)</ul></nav>
      \(toggle)</header>
      <main>
      \(summarySection)\(families.map(section))</main>
      <footer><p>Made by mplug-eval. The page is one file: it fetches nothing and sends nothing.</p>\
      </footer>

      """
    return Page(
      title: "Leaderboard", style: PageStyle.common + PageStyle.leaderboard, body: body,
      scripts: [SortableTables.script]
    ).bytes
  }

  private struct FamilySections {
    let family: TaskFamily
    let sections: [Leaderboard.Section]
  }

  private var summaryLine: String {
    let models = Set(runs.map(\.record.model)).count
    let times = runs.map(\.record.finished).filter { !$0.isEmpty }
    let last = times.max().map { ", the last of \(PageTime.text($0))" } ?? ""
    return "\(runs.count) \(runs.count == 1 ? "run" : "runs") of \(models) "
      + "\(models == 1 ? "model" : "models")\(last)."
  }

  private func section(_ part: FamilySections) -> HTML {
    """
    <section id="\(part.family.rawValue)">
    <h2>\(part.family.title)</h2>
    \(part.sections.map { LeaderboardTable(section: $0, page: self).html + trend(of: $0) })</section>

    """
  }

  private var summarySection: HTML {
    guard let summary = leaderboard.summary else { return .none }
    let table = summary.table
    let heads = table.columns.map { column -> HTML in
      column.isNumeric
        ? "<th scope=\"col\" class=\"number\" data-sort=\"number\">\(column.title)</th>"
        : "<th scope=\"col\" data-sort=\"text\">\(column.title)</th>"
    }
    let rows = table.rows.map { row -> HTML in
      let cells = row.enumerated().map { place, cell -> HTML in
        let text: HTML = cell.isBest ? "<b>\(cell.text)</b>" : "\(cell.text)"
        return place == 0
          ? "<th scope=\"row\">\(text)</th>" : "<td class=\"number\">\(text)</td>"
      }
      return "<tr>\(cells)</tr>\n"
    }
    let notes = table.notes.map { "<p class=\"note\">\($0)</p>\n" as HTML }
    return """
      <section id="summary">
      <h2>\(table.title)</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="\(table.title)">
      <table class="sortable summary">
      <thead><tr>\(heads)</tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>
      </div>
      \(notes)</section>

      """
  }

  /// The ranking metric over time, where more than one run has it.
  private func trend(of section: Leaderboard.Section) -> HTML {
    guard let references = section.references else { return .none }
    let points = runs.compactMap { run -> TrendPlot.Point? in
      let record = run.record
      guard record.benchmark == section.benchmark, record.split == section.split,
        record.references == references, record.status == .complete,
        let metric = record.metrics.first(where: { $0.name == section.primary }),
        let time = PageTime.seconds(record.finished)
      else { return nil }
      let value = Leaderboard.Value(metric, of: section.card)
      let factor = section.card.displayFactor(of: metric.name)
      return TrendPlot.Point(
        model: Leaderboard.shown(record.model, weights: record.weightsNote), time: time,
        finished: record.finished, value: metric.value * factor, text: value.text)
    }
    let heading = Leaderboard.Section.heading(section.primary)
    return TrendPlot(points: points, title: "\(section.title): \(heading) over time")?.html ?? .none
  }

  /// The way from the page to a run's own page; nil where there is none.
  func report(of run: String) -> String? {
    let file = URL(fileURLWithPath: run).appendingPathComponent(RunPage.fileName)
    guard FileManager.default.fileExists(atPath: file.path) else { return nil }
    return RelativePath.address(of: file.path, from: folder)
  }
}

extension Leaderboard.Row {
  /// Whether it is a published number and no run.
  var isPublished: Bool { if case .published = origin { true } else { false } }
}
