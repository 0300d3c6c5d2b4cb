/// A table before it has a format: a heading, columns, rows of cells, notes under it.
package struct Table: Sendable {
  /// A column's heading and the side to which its cells lean.
  package struct Column: Sendable {
    package let title: String
    package let isNumeric: Bool

    package init(_ title: String, isNumeric: Bool = false) {
      self.title = title
      self.isNumeric = isNumeric
    }
  }

  /// A cell's text, and whether it holds the best value of its column.
  package struct Cell: Sendable, ExpressibleByStringLiteral {
    package let text: String
    package let isBest: Bool

    package init(_ text: String, isBest: Bool = false) {
      self.text = text
      self.isBest = isBest
    }

    package init(stringLiteral value: String) { self.init(value) }
  }

  package let title: String
  package let columns: [Column]
  package let rows: [[Cell]]
  package let notes: [String]

  package init(title: String, columns: [Column], rows: [[Cell]], notes: [String] = []) {
    self.title = title
    self.columns = columns
    self.rows = rows
    self.notes = notes
  }
}

/// The formats in which tables are printed; JSON is made from the data and not from a table.
package enum TableFormat: String, Sendable, CaseIterable {
  case text, markdown, csv, latex, html

  /// All tables one after the other, ending in a line end.
  package func render(_ tables: [Table]) -> String {
    let parts =
      switch self {
      case .text: tables.map(TextTables.render)
      case .markdown: tables.map(MarkdownTables.render)
      case .latex: tables.map(LaTeXTables.render)
      case .csv: CSVTables.render(tables)
      case .html: HTMLTables.render(tables)
      }
    return parts.joined(separator: "\n")
  }
}

extension Unicode.Scalar {
  /// Whether it would end a line, move a terminal's cursor or speak to it.
  var isControl: Bool {
    switch properties.generalCategory {
    case .control, .lineSeparator, .paragraphSeparator: true
    default: false
    }
  }
}

extension String {
  /// With a space in place of each control character: names come from users and from files.
  package var withoutControls: String {
    guard unicodeScalars.contains(where: \.isControl) else { return self }
    var scalars = String.UnicodeScalarView()
    for scalar in unicodeScalars { scalars.append(scalar.isControl ? " " : scalar) }
    return String(scalars)
  }
}
