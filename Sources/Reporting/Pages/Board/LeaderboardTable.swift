import Datasets
import Foundation

/// The table of one benchmark and split: models, values, intervals drawn side by side, where each
/// number comes from.
struct LeaderboardTable {
  let section: Leaderboard.Section
  let page: LeaderboardPage

  var html: HTML {
    let notes = section.notes.map { "<p class=\"note\">\($0)</p>\n" as HTML }
    let isPublished = section.rows.allSatisfy(\.isPublished)
    return """
      <div class="board\(isPublished ? " published" : "")">
      <h3>\(section.title)</h3>
      <div class="scroll" tabindex="0" role="region" aria-label="\(section.title)">
      <table class="sortable">
      <thead><tr><th scope="col" data-sort="text">model</th>\(section.metrics.map(head))\
      \(intervalHeads)<th scope="col" class="number" data-sort="number">n</th>\
      <th scope="col" data-sort="text">origin</th></tr></thead>
      <tbody>
      \(section.rows.map(row))</tbody>
      </table>
      </div>
      \(notes)</div>

      """
  }

  private func head(_ metric: String) -> HTML {
    let isHigherBetter = section.card.higherIsBetter(metric)
    let first = isHigherBetter ? "descending" : "ascending"
    let sorted: HTML = metric == section.primary ? " aria-sort=\"\(first)\"" : .none
    return """
      <th scope="col" class="number" data-sort="number" data-first="\(first)"\(sorted)>\
      \(Leaderboard.Section.heading(metric))</th>
      """
  }

  /// The ends of all intervals of the ranking metric, as tables show numbers; nil without any.
  private var range: (low: Double, high: Double)? {
    let values = section.rows.compactMap { $0.values[section.primary] }
    guard values.contains(where: { $0.interval != nil }) else { return nil }
    let low = values.map { $0.interval?.low ?? $0.official }.min() ?? 0
    let high = values.map { $0.interval?.high ?? $0.official }.max() ?? 1
    return high > low ? (low, high) : (low - 0.5, high + 0.5)
  }

  private var intervalHeads: HTML {
    guard let range else { return .none }
    let factor = section.card.displayFactor(of: section.primary)
    let ends = [range.low, range.high].map { String(format: "%.1f", $0 * factor) }
    return """
      <th scope="col" class="number">95&nbsp;% interval</th>\
      <th scope="col" class="plot"><span class="ends"><span>\(ends[0])</span> \
      <span>\(ends[1])</span></span></th>
      """
  }

  private func row(_ row: Leaderboard.Row) -> HTML {
    let best = section.bestTexts
    let cells = section.metrics.map { metric -> HTML in
      guard let value = row.values[metric] else { return "<td class=\"number\">-</td>" }
      let isBest = row.mayBeBest && best[metric]?.contains(value.text) == true
      let text: HTML = isBest ? "<b>\(value.text)</b>" : "\(value.text)"
      return "<td class=\"number\" data-value=\"\(value.official.description)\">\(text)</td>"
    }
    return """
      <tr\(row.isPublished ? " class=\"published\"" : HTML.none)><th scope="row">\(name(of: row))</th>\
      \(cells)\(intervalCells(of: row))\(origin(of: row))</tr>

      """
  }

  private func name(of row: Leaderboard.Row) -> HTML {
    let weights: HTML =
      row.weights.map { " <span class=\"warning\">\($0) weights</span>" } ?? .none
    guard case .run(let path, _, _, _) = row.origin, let report = page.report(of: path) else {
      return "\(row.model)\(weights)"
    }
    return "<a href=\"\(report)\">\(row.model)</a>\(weights)"
  }

  private func intervalCells(of row: Leaderboard.Row) -> HTML {
    guard let range else { return .none }
    guard let value = row.values[section.primary] else {
      return "<td class=\"number\">-</td><td class=\"plot\"></td>"
    }
    func place(_ number: Double) -> Double {
      // Room for the line at either end.
      0.02 + 0.96 * (number - range.low) / (range.high - range.low)
    }
    let best = section.bestTexts[section.primary]
    let drawn = IntervalPlot.svg(
      value: place(value.official),
      interval: value.interval.map { (place($0.low), place($0.high)) },
      isBest: row.mayBeBest && best?.contains(value.text) == true)
    return """
      <td class="number soft">\(value.intervalText ?? "-")</td><td class="plot">\(drawn)</td>
      """
  }

  private func origin(of row: Leaderboard.Row) -> HTML {
    switch row.origin {
    case .run(_, let id, let count, let expected):
      let counted: HTML =
        count == expected ? "\(count)" : "<span class=\"warning\">\(count)/\(expected)</span>"
      return """
        <td class="number" data-value="\(count)">\(counted)</td>\
        <td class="soft">run <code>\(id)</code></td>
        """
    case .published(let source, let `protocol`, let isVerified):
      let warning: HTML = isVerified ? .none : "<span class=\"warning\">unverified</span> "
      return """
        <td class="number">-</td><td class="soft">\(warning)\(source), \(`protocol`)</td>
        """
    }
  }
}
