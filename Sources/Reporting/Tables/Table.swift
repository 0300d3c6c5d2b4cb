/// A table before it has a format: a heading, columns, rows of cells, notes under it.
package struct Table: Sendable {
  /// A column's heading and the side to which its cells lean.
  package struct Column: Sendable {
    /// The heading.
    package let title: String
    /// Whether cells are numbers, which lean to the right.
    package let isNumeric: Bool

    /// A column.
    package init(_ title: String, isNumeric: Bool = false) {
      self.title = title
      self.isNumeric = isNumeric
    }
  }

  /// A cell's text, and whether it holds the best value of its column.
  package struct Cell: Sendable, ExpressibleByStringLiteral {
    /// What it says.
    package let text: String
    /// Whether it is the best of its column.
    package let isBest: Bool

    /// A cell.
    package init(_ text: String, isBest: Bool = false) {
      self.text = text
      self.isBest = isBest
    }

    /// A cell that is not the best.
    package init(stringLiteral value: String) { self.init(value) }
  }

  /// The heading; empty for none.
  package let title: String
  /// The heading over the tables that belong together; empty for none.
  package let group: String
  /// The columns from left to right.
  package let columns: [Column]
  /// The rows, a cell a column.
  package let rows: [[Cell]]
  /// Lines under the table.
  package let notes: [String]

  /// Puts a table together.
  package init(
    title: String, group: String = "", columns: [Column], rows: [[Cell]], notes: [String] = []
  ) {
    self.title = title
    self.group = group
    self.columns = columns
    self.rows = rows
    self.notes = notes
  }
}

/// The formats in which tables are printed; JSON is made from the data and not from a table.
package enum TableFormat: String, Sendable, CaseIterable {
  case text, markdown, csv, latex, html

  /// All tables one after the other, ending in a line end. Those of a group stand under its heading;
  /// in CSV it is a column, `task`.
  package func render(_ tables: [Table]) -> String {
    let parts =
      switch self {
      case .text: Self.parts(tables, heading: TextTables.heading, table: TextTables.render)
      case .markdown:
        Self.parts(tables, heading: MarkdownTables.heading, table: MarkdownTables.render)
      case .latex: Self.parts(tables, heading: LaTeXTables.heading, table: LaTeXTables.render)
      case .csv: CSVTables.render(tables)
      case .html: HTMLTables.render(tables)
      }
    return parts.joined(separator: "\n")
  }

  /// The tables as text, and the heading of a group before its first.
  static func parts(
    _ tables: [Table], heading: (String) -> String, table: (Table) -> String
  ) -> [String] {
    var parts: [String] = []
    var group = ""
    for next in tables {
      if next.group != group, !next.group.isEmpty { parts.append(heading(next.group)) }
      group = next.group
      parts.append(table(next))
    }
    return parts
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
  /// With something else in place of some scalars: those for which it is not nil.
  ///
  /// Scalars, not characters: a mark with an accent on it is a mark to a markup language all the
  /// same.
  func replacing(_ other: (Unicode.Scalar) -> String?) -> String {
    var scalars = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      if let text = other(scalar) {
        scalars.append(contentsOf: text.unicodeScalars)
      } else {
        scalars.append(scalar)
      }
    }
    return String(scalars)
  }

  /// With a space in place of each control character: names come from users and from files.
  package var withoutControls: String {
    guard unicodeScalars.contains(where: \.isControl) else { return self }
    return replacing { $0.isControl ? " " : nil }
  }

  /// For the text and the attributes of HTML and XML, but for control characters.
  func escapedForMarkup(_ control: (Unicode.Scalar) -> String?) -> String {
    replacing { scalar in
      switch scalar {
      case "&": "&amp;"
      case "<": "&lt;"
      case ">": "&gt;"
      case "\"": "&quot;"
      default: control(scalar)
      }
    }
  }
}
