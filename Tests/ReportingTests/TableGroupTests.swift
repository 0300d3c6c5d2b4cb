import Reporting
import Testing

/// Headings over tables that belong together, and headings of columns in wide tables.
@Suite struct TableGroupTests {
  private let tables = ["A_1", "A_1", ""].enumerated().map { index, group in
    Table(title: "T\(index)", group: group, columns: [Table.Column("m")], rows: [["x"]])
  }

  @Test func eachGroupHasOneHeading() {
    #expect(
      TableFormat.markdown.render(tables) == """
        ## A\\_1

        ### T0

        | m |
        | --- |
        | x |

        ### T1

        | m |
        | --- |
        | x |

        ## T2

        | m |
        | --- |
        | x |

        """)
    #expect(
      TableFormat.text.render(tables)
        == "A_1\n===\n\nT0\nm\n-\nx\n\nT1\nm\n-\nx\n\nT2\nm\n-\nx\n")
    let page = TableFormat.html.render(tables)
    #expect(page.matches(of: /<h2>A_1<\/h2>/).count == 1)
    #expect(page.contains("<h3>T0</h3>") && page.contains("<h3>T1</h3>"))
    #expect(page.contains("<h2>T2</h2>"))
    let latex = TableFormat.latex.render(tables)
    #expect(latex.matches(of: /\\subsection\*\{A\\_1\}/).count == 1)
    #expect(TableFormat.csv.render(tables) == "table,m,task\nT0,x,A_1\nT1,x,A_1\nT2,x,\n")
  }

  @Test func withoutGroupsNothingChanges() {
    let alone = [tables[2]]
    #expect(TableFormat.markdown.render(alone).hasPrefix("## T2\n"))
    #expect(TableFormat.csv.render(alone) == "table,m\nT2,x\n")
    #expect(!TableFormat.latex.render(alone).contains("subsection"))
  }

  private func wide(_ headings: Int, best: Bool = false) -> Table {
    Table(
      title: "",
      columns: [Table.Column("model")]
        + (0..<headings).map { Table.Column("Some Benchmark val \($0)", isNumeric: true) },
      rows: [
        [Table.Cell("a b")]
          + (0..<headings).map { _ in Table.Cell("12.50", isBest: best) }
      ])
  }

  /// Twenty columns a heading: four fit a terminal, five do not.
  @Test func headingsOfWideTablesAreBroken() {
    #expect(
      TableFormat.text.render([wide(2)]) == """
        model Some Benchmark val 0 Some Benchmark val 1
        ----- -------------------- --------------------
        a b                  12.50                12.50

        """)
    #expect(
      TableFormat.text.render([wide(5)]) == """
                   Some      Some      Some      Some      Some
              Benchmark Benchmark Benchmark Benchmark Benchmark
        model     val 0     val 1     val 2     val 3     val 4
        ----- --------- --------- --------- --------- ---------
        a b       12.50     12.50     12.50     12.50     12.50

        """)
    #expect(TableFormat.text.render([wide(5, best: true)]).contains("12.50*"))
    #expect(TableFormat.markdown.render([wide(5)]).contains("| Some Benchmark val 4 |"))
  }

  /// A table that is wide for its cells keeps its headings.
  @Test func wideCellsLeaveHeadingsAlone() {
    let text = TableFormat.text.render([
      Table(
        title: "", columns: [Table.Column("two words"), Table.Column("more words")],
        rows: [[Table.Cell(String(repeating: "x", count: 90)), "a longer cell here"]])
    ])
    #expect(text.split(separator: "\n").count == 3)
  }
}
