/// LaTeX tables in the manner of `booktabs`. The best value of a column is bold.
enum LaTeXTables {
  static func heading(_ group: String) -> String { "\\subsection*{\(escape(group))}\n" }

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

  private static func escape(_ text: String) -> String {
    text.replacing { scalar in
      switch scalar {
      case "#", "$", "%", "&", "_", "{", "}": "\\\(scalar)"
      case "\\": "\\textbackslash{}"
      case "^": "\\textasciicircum{}"
      case "~": "\\textasciitilde{}"
      // After the end of a line a bracket would begin an argument.
      case "[": "{[}"
      case _ where scalar.isControl: " "
      default: nil
      }
    }
  }
}
