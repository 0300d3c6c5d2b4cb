import Foundation
import Records
import Reporting
import TestSupport
import Testing

/// The leaderboard's page: its tables, links and drawings.
@Suite struct LeaderboardPageTests {
  @Test func structure() throws {
    let text = try PageText(LeaderboardPageFixture().page()).text
    #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">") && text.hasSuffix("</html>\n"))
    #expect(text.contains("6 runs of 4 models, the last of 2026-11-07 12:00 UTC."))
    for (id, title) in [("vqa", "Visual question answering"), ("caption", "Image captioning")] {
      #expect(text.contains("<section id=\"\(id)\">\n<h2>\(title)</h2>"), "\(id)")
      #expect(text.contains("<a href=\"#\(id)\">\(title)</a>"), "\(id)")
    }
    // The best of the whole runs with trained weights is bold; a partial one is marked and last.
    let bold = text.matches(of: /<td class="number" data-value="([^"]*)"><b>/).map { $0.1 }
    #expect(bold == ["71.0"])
    #expect(text.contains("<span class=\"warning\">60/120</span>"))
    #expect(text.contains("mini <span class=\"warning\">untrained weights</span>"))
    // The better of two runs of a model stands in the table, both in the drawing.
    #expect(text.contains("data-value=\"64.25\"") && !text.contains("data-value=\"61.5\""))
    #expect(text.matches(of: /<path class="dot s/).count == 4)
    #expect(text.contains("<title>ours: 61.50, 2026-11-01 12:00 UTC</title>"))
    // One run is no course: the caption's metric is not drawn over time.
    #expect(text.matches(of: /<details class="trend" open>/).count == 1)
    #expect(text.matches(of: /<details class="trend"/).count == 1)
    // The primary metric says how it is sorted.
    #expect(text.contains("data-first=\"descending\" aria-sort=\"descending\">accuracy</th>"))
  }

  @Test func links() throws {
    let fixture = try LeaderboardPageFixture()
    func addresses(in folder: String?) throws -> [String] {
      try PageText(fixture.page(in: folder)).text
        .matches(of: /<th scope="row"><a href="([^"]*)">better &lt;b&gt;&amp;<\/a>/)
        .map { String($0.1) }
    }
    let way = "better%20%231%20%25/mini-vqav2-val/000000000005/report.html"
    #expect(try addresses(in: nil) == [way])
    #expect(try addresses(in: fixture.scratch.path) == ["runs/\(way)"])
    #expect(try addresses(in: fixture.scratch("elsewhere/x")) == ["../../runs/\(way)"])
    // Where there is no page there is no link.
    let text = try PageText(fixture.page()).text
    #expect(text.matches(of: /report\.html/).count == 1)
  }

  @Test func standsAlone() throws {
    let page = try PageText(LeaderboardPageFixture().page(published: .verified))
    let policy = try page.policy()
    #expect(policy.hasPrefix("default-src 'none'; script-src 'sha256-"))
    #expect(!policy.contains("unsafe"))
    for address in page.text.matches(of: /(?:src|href)="([^"]*)"/) {
      let isOwn = address.1.hasPrefix("#") || address.1 == "data:,"
      #expect(isOwn || address.1.hasSuffix("/report.html"), "\(address.1)")
    }
    #expect(page.text.firstMatch(of: /<[^>]* (?:on\w+|style)="/) == nil)
    for name in ["section", "table", "tr", "td", "th", "ul", "li", "div", "svg", "p", "figure"] {
      let opened = page.text.matches(of: try Regex("<\(name)[ >]")).count
      let closed = page.text.matches(of: try Regex("</\(name)>")).count
      #expect(opened == closed && opened > 0, "\(name): \(opened) and \(closed)")
    }
  }

  @Test func sameBytes() throws {
    let fixture = try LeaderboardPageFixture()
    #expect(try fixture.page() == fixture.page())
    #expect(try fixture.page() != fixture.page(published: .verified))
  }
}

/// The leaderboard's page in a real browser.
@Suite(.serialized, .enabled(if: HeadlessBrowser.program != nil, HeadlessBrowser.absence))
struct LeaderboardPageBrowserTests {
  typealias View = HeadlessBrowser.View

  @Test(arguments: [View(width: 320, height: 640), .phone, .desktop])
  func fitsTheScreen(_ view: View) throws {
    let results = try HeadlessBrowser.results(
      of: """
        const wide = $$('body *').filter((element) => !element.closest('.scroll, .hidden, svg')
          && element.getBoundingClientRect().right > innerWidth + 0.5);
        return {inner: innerWidth, scroll: document.documentElement.scrollWidth,
          wide: wide.map((element) => element.outerHTML.slice(0, 120))};
        """, in: LeaderboardPageFixture().page(published: .verified), view)
    #expect(results["inner"]?.int == view.width)
    #expect((results["scroll"]?.int ?? .max) <= view.width)
    #expect(results["wide"] == [])
  }

  @Test func sortsAndHides() throws {
    let results = try HeadlessBrowser.results(
      of: """
        const table = $('#vqa table');
        const models = () => [...table.tBodies[0].rows].map((row) => row.cells[0].textContent);
        const orders = () => [...table.tHead.rows[0].cells]
          .map((head) => head.getAttribute('aria-sort') ?? '');
        const found = {before: models(), orders: orders()};
        const heads = [...table.tHead.rows[0].cells];
        heads[1].querySelector('button').focus();
        document.activeElement.click();
        found.lowest = [models(), orders()];
        heads[0].querySelector('button').click();
        found.names = models();
        const visible = () => $$('.published').filter((one) => one.getClientRects().length > 0);
        found.shown = visible().length > 0;
        $('#published').click();
        found.hidden = visible().length;
        found.ours = table.getClientRects().length;
        return found;
        """, in: LeaderboardPageFixture().page(published: .verified))
    let ranked = ["better <b>&", "ours", "mini untrained weights", "partial"]
    #expect(results["before"] == .strings(ranked))
    #expect(results["orders"]?.array?.prefix(2) == ["", "descending"])
    #expect(
      results["lowest"]?[0]
        == ["mini untrained weights", "ours", "better <b>&", "partial"])
    #expect(results["lowest"]?[1]?.array?.prefix(2) == ["", "ascending"])
    #expect(results["names"] == ["better <b>&", "mini untrained weights", "ours", "partial"])
    #expect(results["shown"] == true && results["hidden"] == 0 && results["ours"] == 1)
  }
}
