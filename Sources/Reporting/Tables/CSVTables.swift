/// Comma-separated values as RFC 4180 describes them, but with LF as line end: one header, the table's title as the first
/// column, so that tables with different columns stay one file. The heading of their group is the last
/// column, `task`, where there are groups.
enum CSVTables {
  static func render(_ tables: [Table]) -> [String] {
    var titles: [String] = []
    for table in tables {
      for column in table.columns where !titles.contains(column.title) {
        titles.append(column.title)
      }
    }
    let hasGroups = tables.contains { !$0.group.isEmpty }
    var text = line(["table"] + titles + (hasGroups ? ["task"] : []))
    for table in tables {
      for row in table.rows {
        let cells = titles.map { title in
          zip(table.columns, row).first { $0.0.title == title }?.1.text ?? ""
        }
        text += line([table.title] + cells + (hasGroups ? [table.group] : []))
      }
    }
    return [text]
  }

  private static func line(_ cells: [String]) -> String {
    cells.map(quote).joined(separator: ",") + "\n"
  }

  private static func quote(_ cell: String) -> String {
    // Unicode scalars: "\r\n" is one Character, and neither "\r" nor "\n"; so is a quote with an
    // accent.
    guard cell.unicodeScalars.contains(where: { ",\"\n\r".unicodeScalars.contains($0) }) else {
      return cell
    }
    var quoted: String.UnicodeScalarView = "\"".unicodeScalars
    for scalar in cell.unicodeScalars {
      if scalar == "\"" { quoted.append(scalar) }
      quoted.append(scalar)
    }
    quoted.append("\"")
    return String(quoted)
  }
}
