import TextTable

/// Tables for a terminal. The best value of a column is followed by an asterisk.
enum TextTables {
  static func render(_ table: Table) -> String {
    let hasBest = table.rows.contains { $0.contains(where: \.isBest) }
    let layout = TextTable<[Table.Cell]> { row in
      zip(table.columns, row).map { column, cell in
        // A blank keeps the digits of a column under one another where one of them is marked.
        let mark = column.isNumeric && hasBest ? (cell.isBest ? "*" : " ") : ""
        return Column(
          title: column.title, value: cell.text.withoutControls + mark,
          align: column.isNumeric ? .right : .left)
      }
    }
    var text = table.title.isEmpty ? "" : table.title.withoutControls + "\n"
    let body = layout.string(for: table.rows) ?? "(empty)\n"
    text += body.split(separator: "\n", omittingEmptySubsequences: false)
      .map(trimmingEnd).joined(separator: "\n")
    for note in table.notes { text += note.withoutControls + "\n" }
    return text
  }

  private static func trimmingEnd(_ line: Substring) -> Substring {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}
