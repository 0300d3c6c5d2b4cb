import Foundation
import Reporting
import Testing

/// Each format with cells that try to break it.
@Suite struct TableFormatTests {
  private static func table(_ cell: String, isBest: Bool = false) -> Table {
    Table(
      title: "T", columns: [Table.Column("model"), Table.Column("x", isNumeric: true)],
      rows: [[Table.Cell(cell, isBest: isBest), "1.5"], ["b", "22.25"]], notes: ["note"])
  }

  @Test func text() {
    let plain = TableFormat.text.render([Self.table("a")])
    #expect(
      plain == """
        T
        model     x
        ----- -----
        a       1.5
        b     22.25
        note

        """)
    // A model's name must not move the cursor or add lines.
    for nasty in ["a\nb", "a\r\nb", "\u{1B}[31mred", "a\u{2028}b", "\u{7}", "a\tb"] {
      let rendered = TableFormat.text.render([Self.table(nasty)])
      #expect(rendered.split(separator: "\n").count == 6, "\(nasty.debugDescription)")
      #expect(!rendered.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" || $0 == "\t" })
      let note = TableFormat.text.render([
        Table(title: "", columns: [Table.Column("m")], rows: [["a"]], notes: [nasty])
      ])
      #expect(note.split(separator: "\n").count == 4, "\(nasty.debugDescription)")
      #expect(!note.unicodeScalars.contains { $0 == "\u{1B}" || $0 == "\u{7}" || $0 == "\t" })
    }
  }

  @Test func bestValuesInText() {
    let table = Table(
      title: "", columns: [Table.Column("m"), Table.Column("x", isNumeric: true)],
      rows: [["a", Table.Cell("9.00", isBest: true)], ["b", "8.00"]])
    #expect(
      TableFormat.text.render([table]) == """
        m     x
        - -----
        a 9.00*
        b 8.00

        """)
  }

  @Test func noRows() {
    let table = Table(title: "T", columns: [Table.Column("m")], rows: [], notes: ["none"])
    #expect(TableFormat.markdown.render([table]) == "## T\n\n| m |\n| --- |\n\nnone\n")
    #expect(TableFormat.csv.render([table]) == "table,m\n")
    #expect(TableFormat.text.render([table]).hasSuffix("none\n"))
    for format in TableFormat.allCases where format != .csv { #expect(format.render([]) == "") }
  }

  @Test(arguments: [
    ("a|b", #"a\|b"#), (#"a\b"#, #"a\\b"#), ("*a*_b_", #"\*a\*\_b\_"#), ("`x`", #"\`x\`"#),
    ("<script>&", "&lt;script>&amp;"), ("[a](b)", #"\[a\](b)"#), ("#1", "\\#1"),
    ("$x$ ~y~", #"\$x\$ \~y\~"#), ("a\nb", "a b"), ("a\r\nb", "a  b"), ("a\u{2029}b", "a b"),
    // A mark with an accent on it is a mark all the same.
    ("a|\u{301}b", "a\\|\u{301}b"), ("é", "é"),
  ])
  func markdown(_ cell: String, _ escaped: String) {
    let rendered = TableFormat.markdown.render([Self.table(cell)])
    #expect(
      rendered.unicodeScalars.elementsEqual(
        "## T\n\n| model | x |\n| --- | ---: |\n| \(escaped) | 1.5 |\n| b | 22.25 |\n\nnote\n"
          .unicodeScalars), "\(rendered)")
    let best = TableFormat.markdown.render([Self.table(cell, isBest: true)])
    #expect(best.unicodeScalars.split(separator: "\n")[3].starts(with: "| **".unicodeScalars))
  }

  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""),
    ("a\nb", "\"a\nb\""), ("a\r\nb", "\"a\r\nb\""), ("a\rb", "\"a\rb\""), ("", ""), (" a ", " a "),
    ("\"", "\"\"\"\""), ("a,\u{301}b", "\"a,\u{301}b\""), ("a\"\u{301}b", "\"a\"\"\u{301}b\""),
  ])
  func csv(_ cell: String, _ quoted: String) {
    let rendered = TableFormat.csv.render([Self.table(cell)])
    #expect(
      rendered.unicodeScalars.elementsEqual(
        "table,model,x\nT,\(quoted),1.5\nT,b,22.25\n".unicodeScalars),
      "\(rendered.debugDescription)")
  }

  @Test func csvOfSeveralTablesHasOneHeader() {
    let other = Table(
      title: "U", columns: [Table.Column("model"), Table.Column("y", isNumeric: true)],
      rows: [["c", "3"]])
    #expect(
      TableFormat.csv.render([Self.table("a"), other])
        == "table,model,x,y\nT,a,1.5,\nT,b,22.25,\nU,c,,3\n")
  }

  @Test(arguments: [
    ("a_b&50%#1 {x}", ##"a\_b\&50\%\#1 \{x\}"##), (#"\x"#, #"\textbackslash{}x"#),
    ("$^~", #"\$\textasciicircum{}\textasciitilde{}"#), ("[a]", "{[}a]"), ("a\nb", "a b"),
    ("%\u{301}", "\\%\u{301}"), ("a\r\n\\end", #"a  \textbackslash{}end"#),
  ])
  func latex(_ cell: String, _ escaped: String) {
    let rendered = TableFormat.latex.render([Self.table(cell)])
    #expect(
      rendered.unicodeScalars.elementsEqual(
        """
        % needs \\usepackage{booktabs}
        \\begin{table}
        \\caption{T}
        \\begin{tabular}{lr}
        \\toprule
        model & x \\\\
        \\midrule
        \(escaped) & 1.5 \\\\
        b & 22.25 \\\\
        \\bottomrule
        \\end{tabular}
        % note
        \\end{table}

        """.unicodeScalars), "\(rendered)")
    #expect(
      TableFormat.latex.render([Self.table("a", isBest: true)]).contains(#"\textbf{a} & 1.5"#))
  }
}
