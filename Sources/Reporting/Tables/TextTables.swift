import TextTable

/// Tables for a terminal. The best value of a column is followed by an asterisk.
enum TextTables {
  /// A wider table has headings of several lines where they are what makes it wide.
  private static let width = 100

  static func heading(_ group: String) -> String {
    let text = group.withoutControls
    return "\(text)\n\(String(repeating: "=", count: text.count))\n"
  }

  static func render(_ table: Table) -> String {
    let hasBest = table.rows.contains { $0.contains(where: \.isBest) }
    let headings = brokenHeadings(table, hasBest: hasBest)
    let layout = TextTable<[Table.Cell]> { row in
      zip(zip(table.columns, headings), row).map { column, cell in
        let (column, heading) = column
        return Column(
          title: heading.last ?? "", value: written(cell, in: column, hasBest: hasBest),
          align: column.isNumeric ? .right : .left)
      }
    }
    var text = table.title.isEmpty ? "" : table.title.withoutControls + "\n"
    let body = layout.string(for: table.rows) ?? "(empty)\n"
    var lines = body.split(separator: "\n", omittingEmptySubsequences: false)
    if lines.count > 1 {
      lines = upperLines(headings, table.columns, rule: lines[1]).map { $0[...] } + lines
    }
    text += lines.map(trimmingEnd).joined(separator: "\n")
    for note in table.notes { text += note.withoutControls + "\n" }
    return text
  }

  private static func written(_ cell: Table.Cell, in column: Table.Column, hasBest: Bool) -> String
  {
    // A blank keeps the digits of a column under one another where one of them is marked.
    let mark = column.isNumeric && hasBest ? (cell.isBest ? "*" : " ") : ""
    return cell.text.withoutControls + mark
  }

  /// The lines of each heading: one, or in a table that is too wide as many as it takes for the
  /// column to be no wider than its cells or a word. The last is padded to the width of the widest.
  private static func brokenHeadings(_ table: Table, hasBest: Bool) -> [[String]] {
    let cells = table.columns.indices.map { index in
      table.rows.compactMap { row in
        row.indices.contains(index)
          ? written(row[index], in: table.columns[index], hasBest: hasBest).count : nil
      }.max() ?? 0
    }
    let titles = table.columns.map(\.title)
    let whole = zip(titles, cells).reduce(titles.count - 1) { $0 + max($1.0.count, $1.1) }
    guard whole > width else { return titles.map { [$0] } }
    return zip(table.columns, cells).map { column, cells in
      let lines = broken(column.title, to: cells)
      let widest = lines.map(\.count).max() ?? 0
      return lines.dropLast() + [padded(lines.last ?? "", to: widest, column)]
    }
  }

  private static func broken(_ title: String, to cells: Int) -> [String] {
    let words = title.split(separator: " ").map(String.init)
    let width = max(cells, words.map(\.count).max() ?? 0)
    return words.reduce(into: []) { lines, word in
      if let line = lines.last, line.count + 1 + word.count <= width {
        lines[lines.count - 1] = line + " " + word
      } else {
        lines.append(word)
      }
    }
  }

  /// The lines of headings above the last, under the widths of the rule between heading and body.
  private static func upperLines(
    _ headings: [[String]], _ columns: [Table.Column], rule: Substring
  ) -> [String] {
    let widths = rule.split(separator: " ").map(\.count)
    let height = headings.map(\.count).max() ?? 1
    guard widths.count == columns.count else { return [] }
    return (1..<max(height, 1)).reversed().map { fromLast in
      zip(zip(headings, columns), widths).map { heading, width in
        let (lines, column) = heading
        let place = lines.count - 1 - fromLast
        return padded(place >= 0 ? lines[place] : "", to: width, column)
      }.joined(separator: " ")
    }
  }

  private static func padded(_ text: String, to width: Int, _ column: Table.Column) -> String {
    let blanks = String(repeating: " ", count: max(0, width - text.count))
    return column.isNumeric ? blanks + text : text + blanks
  }

  private static func trimmingEnd(_ line: Substring) -> Substring {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
