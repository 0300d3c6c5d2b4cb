/// GitHub's Markdown tables. The best value of a column is bold.
enum MarkdownTables {
  static func heading(_ group: String) -> String { "## \(escape(group))\n" }

  static func render(_ table: Table) -> String {
    let level = table.group.isEmpty ? "##" : "###"
    var text = table.title.isEmpty ? "" : "\(level) \(escape(table.title))\n\n"
    text += line(table.columns.map { escape($0.title) })
    text += line(table.columns.map { $0.isNumeric ? "---:" : "---" })
    for row in table.rows {
      text += line(row.map { $0.isBest ? "**\(escape($0.text))**" : escape($0.text) })
    }
    for note in table.notes { text += "\n\(escape(note))\n" }
    return text
  }

  private static func line(_ cells: [String]) -> String {
    "| " + cells.joined(separator: " | ") + " |\n"
  }

  /// Model names come from users: what Markdown or HTML would read as markup is escaped.
  static func escape(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "|", "\\", "`", "*", "_", "[", "]", "#", "$", "~":
        escaped.append(contentsOf: ["\\", scalar])
      case "<": escaped.append(contentsOf: "&lt;".unicodeScalars)
      case "&": escaped.append(contentsOf: "&amp;".unicodeScalars)
      case _ where scalar.isControl: escaped.append(" ")
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
