import Reporting
import Testing

/// Tables as a page: one document whatever is in the cells.
@Suite struct HTMLTableTests {
  private static func table(_ cell: String, isBest: Bool = false) -> Table {
    Table(
      title: "T & U", columns: [Table.Column("model"), Table.Column("x", isNumeric: true)],
      rows: [[Table.Cell(cell, isBest: isBest), "1.5"]], notes: ["", "note <1>"])
  }

  @Test func document() {
    let page = TableFormat.html.render([Self.table("a"), Self.table("b", isBest: true)])
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">"))
    #expect(page.hasSuffix("</body>\n</html>\n"))
    #expect(page.contains("<title>T &amp; U</title>"))
    #expect(page.matches(of: /<h2>T &amp; U<\/h2>/).count == 2)
    #expect(
      page.contains(
        "<thead><tr><th>model</th><th class=\"number\">x</th></tr></thead>\n<tbody>\n"
          + "<tr><td>a</td><td class=\"number\">1.5</td></tr>\n</tbody>"))
    #expect(page.contains("<td><b>b</b></td>"))
    #expect(page.matches(of: /<p class="note">/).count == 2)
    #expect(page.contains("<p class=\"note\">note &lt;1&gt;</p>"))
    // It stands alone.
    for word in ["<script", "src=", "href=", "http"] { #expect(!page.contains(word)) }
  }

  @Test(arguments: [
    ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
    ("a&amp;b", "a&amp;amp;b"), ("say \"hi\"", "say &quot;hi&quot;"), ("a\nb\u{7}", "a b "),
    ("<\u{301}b", "&lt;\u{301}b"), ("é 日本", "é 日本"),
  ])
  func cells(_ cell: String, _ escaped: String) {
    let page = TableFormat.html.render([Self.table(cell)])
    #expect(
      page.unicodeScalars.contains("<td>\(escaped)</td>".unicodeScalars), "\(cell.debugDescription)"
    )
  }
}
