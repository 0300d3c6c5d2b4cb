/// Tables as one page that stands alone: no script, no file beside it. The best value of a column is
/// bold.
enum HTMLTables {
  static func render(_ tables: [Table]) -> [String] {
    guard let first = tables.first else { return [] }
    let body = TableFormat.parts(tables, heading: { "<h2>\(escape($0))</h2>\n" }, table: section)
      .joined()
    return [
      """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <title>\(escape(first.title.isEmpty ? "mplug-eval" : first.title))</title>
      <style>
      :root { color-scheme: light dark }
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem }
      table { border-collapse: collapse }
      th, td { border-bottom: 1px solid #8884; padding: .25rem .75rem; text-align: left }
      .number { text-align: right; font-variant-numeric: tabular-nums }
      .note { color: GrayText }
      </style>
      </head>
      <body>
      \(body)</body>
      </html>

      """
    ]
  }

  private static func section(_ table: Table) -> String {
    let tag = table.group.isEmpty ? "h2" : "h3"
    var text = table.title.isEmpty ? "" : "<\(tag)>\(escape(table.title))</\(tag)>\n"
    text += "<table>\n<thead><tr>"
    for column in table.columns {
      text += cell("th", escape(column.title), isNumeric: column.isNumeric)
    }
    text += "</tr></thead>\n<tbody>\n"
    for row in table.rows {
      text += "<tr>"
      for (column, value) in zip(table.columns, row) {
        let content = value.isBest ? "<b>\(escape(value.text))</b>" : escape(value.text)
        text += cell("td", content, isNumeric: column.isNumeric)
      }
      text += "</tr>\n"
    }
    text += "</tbody>\n</table>\n"
    for note in table.notes where !note.isEmpty {
      text += "<p class=\"note\">\(escape(note))</p>\n"
    }
    return text
  }

  private static func cell(_ tag: String, _ content: String, isNumeric: Bool) -> String {
    "<\(tag)\(isNumeric ? " class=\"number\"" : "")>\(content)</\(tag)>"
  }

  private static func escape(_ text: String) -> String {
    text.escapedForMarkup { $0.isControl ? " " : nil }
  }
}
