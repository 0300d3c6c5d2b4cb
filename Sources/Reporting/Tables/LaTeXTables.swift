/// LaTeX tables in the manner of `booktabs`. The best value of a column is bold.
enum LaTeXTables {
  static func render(_ table: Table) -> String {
    let alignment = table.columns.map { $0.isNumeric ? "r" : "l" }.joined()
    var text = "% needs \\usepackage{booktabs}\n\\begin{table}\n"
    if !table.title.isEmpty { text += "\\caption{\(escape(table.title))}\n" }
    text += "\\begin{tabular}{\(alignment)}\n\\toprule\n"
    text += line(table.columns.map { escape($0.title) }) + "\\midrule\n"
    for row in table.rows {
      text += line(row.map { $0.isBest ? "\\textbf{\(escape($0.text))}" : escape($0.text) })
    }
    text += "\\bottomrule\n\\end{tabular}\n"
    for note in table.notes { text += "% \(note.withoutControls)\n" }
    return text + "\\end{table}\n"
  }

  private static func line(_ cells: [String]) -> String {
    cells.joined(separator: " & ") + " \\\\\n"
  }

  /// Scalars, not characters: a mark with an accent on it is a mark to LaTeX all the same.
  private static func escape(_ text: String) -> String {
    var escaped = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "#", "$", "%", "&", "_", "{", "}": escaped.append(contentsOf: ["\\", scalar])
      case "\\": escaped.append(contentsOf: "\\textbackslash{}".unicodeScalars)
      case "^": escaped.append(contentsOf: "\\textasciicircum{}".unicodeScalars)
      case "~": escaped.append(contentsOf: "\\textasciitilde{}".unicodeScalars)
      // After the end of a line a bracket would begin an argument.
      case "[": escaped.append(contentsOf: "{[}".unicodeScalars)
      case _ where scalar.isControl: escaped.append(" ")
      default: escaped.append(scalar)
      }
    }
    return String(escaped)
  }
}
