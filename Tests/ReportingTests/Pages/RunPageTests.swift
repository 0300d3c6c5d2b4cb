import Datasets
import Evaluation
import Foundation
import Metrics
import Records
import Reporting
import TestSupport
import Testing

/// `report.html`: what is on it, and that nothing on it is anything but text.
@Suite struct RunPageTests {
  private static func text(
    _ record: RunRecord = RunPageFixture.record(),
    _ samples: [ViewedSample] = RunPageFixture.samples(),
    limits: RunPage.Limits = RunPage.Limits()
  ) throws -> PageText {
    try PageText(RunPageFixture.page(record, samples, limits: limits).html())
  }

  @Test func structure() throws {
    let page = try Self.text(
      RunPageFixture.record(
        problems: [
          Problem(
            code: "empty_prediction", message: "2 answers are empty.", count: 2,
            examples: ["1001", "gone"])
        ], weights: "untrained"))
    let text = page.text
    #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    #expect(text.hasSuffix("</body>\n</html>\n"))
    #expect(text.contains("<title>attentive on Mini VQA val</title>"))
    for id in ["metrics", "scores", "groups", "problems", "samples", "provenance"] {
      #expect(text.contains("<section id=\"\(id)\">"), "\(id)")
      #expect(text.contains("<a href=\"#\(id)\">"), "\(id)")
    }
    #expect(text.contains("<li class=\"warning\">untrained weights</li>"))
    #expect(text.contains("complete, 120 samples"))
    #expect(text.contains("2026-11-25 18:32 UTC"))
    #expect(
      text.contains("<span class=\"value\">52.50</span> <span class=\"name\">accuracy</span>"))
    #expect(text.contains("44.25 to 60.50"))
    #expect(text.contains("VQA-accuracy|refs:10|split:mini-val@1a2b|n:120|v:0.1.0"))
    #expect(text.contains("what color</th><td class=\"number\">61.50</td>"))
    // The sample that a problem names is a link where the page has it.
    #expect(text.contains("<a href=\"#sample-1001\"><code>1001</code></a>, <code>gone</code>"))
    #expect(text.contains(String(repeating: "ab", count: 32)))
    #expect(text.contains("mplug-eval run 'it'\\''s/x y'"))
    #expect(text.contains("mplug-eval 0.1.0, revision abc123 with local changes"))
    #expect(text.contains("p/&lt;b&gt;.json"))
    // The share of each score: 40 samples each of 0, 30, 100.
    for score in ["0.00", "30.00", "100.00"] {
      #expect(text.contains("<th scope=\"row\" class=\"number\">\(score)</th>"))
    }
    let trained = try Self.text()
    #expect(!trained.text.contains("weights"))
  }

  @Test func tagsAreBalanced() throws {
    let text = try Self.text().text
    for name in ["section", "table", "tr", "td", "th", "ul", "li", "dl", "dd", "div", "svg", "p"] {
      let opened = text.matches(of: try Regex("<\(name)[ >]")).count
      let closed = text.matches(of: try Regex("</\(name)>")).count
      #expect(opened == closed && opened > 0, "\(name): \(opened) and \(closed)")
    }
  }

  /// Nothing is fetched: no address but those within the page and empty data, and a policy that
  /// forbids the rest and names the very texts that stand in the page.
  @Test func standsAlone() throws {
    let page = try Self.text()
    let policy = try page.policy()
    #expect(policy.hasPrefix("default-src 'none'; script-src 'sha256-"))
    #expect(policy.hasSuffix("; img-src data:; base-uri 'none'; form-action 'none'"))
    #expect(!policy.contains("unsafe"))
    let code = page.elements("script").filter { !$0.tag.contains("application/json") }
    let inline = code.map(\.content) + page.elements("style").map(\.content)
    #expect(inline.count == 3)
    for content in inline {
      var hash = SHA256()
      hash.update(Array(content.utf8))
      #expect(policy.contains("'sha256-\(Data(hash.digest).base64EncodedString())'"))
    }
    for address in page.text.matches(of: /(?:src|href)="([^"]*)"/) {
      #expect(address.1.hasPrefix("#") || address.1 == "data:,", "\(address.1)")
    }
    for word in ["@import", "url(", "fetch(", "XMLHttpRequest", "WebSocket", "innerHTML", "eval("] {
      #expect(!page.text.contains(word), "\(word)")
    }
    // Inline handlers and styles would not run under the policy: nobody may count on them.
    #expect(page.text.firstMatch(of: /<[^>]* (?:on\w+|style)="/) == nil)
  }

  /// Each hostile text, in every place of a record and a sample, comes out as itself and as text.
  @Test(arguments: RunPageFixture.hostile)
  func hostileTexts(_ hostile: String) throws {
    let metric = RunRecord.Metric(
      name: hostile, value: 1, unrounded: 1, interval: nil, count: 1, signature: hostile)
    var record = RunPageFixture.record(
      model: hostile, metrics: [metric],
      problems: [Problem(code: hostile, message: hostile, count: 1, examples: [hostile])],
      weights: hostile, groups: [hostile: [hostile: ["count": 1, hostile: 0.5]]])
    record.id = hostile
    record.split = hostile
    record.references = hostile
    record.provenance = [
      "command": [.string(hostile)], "finished": .string(hostile), "started": .string(hostile),
      "files": [["role": .string(hostile), "path": .string(hostile), "sha256": .string(hostile)]],
      "tool": ["name": .string(hostile)], "host": ["processor": .string(hostile)],
    ]
    let sample = ViewedSample(
      id: .string(hostile), input: hostile, references: [hostile], prediction: hostile,
      candidates: [(hostile, 1), ("b", 0)], scores: [(hostile, 0.5)], isRight: false,
      media: [ViewedMedium(path: "x/\(hostile)", kind: .image, exists: false)], remarks: [hostile])
    let page = try Self.text(record, [sample])
    let harmless = try Self.text(RunPageFixture.record(), [sample])
    // No tag more than the page's own.
    #expect(page.elements("script").count == 3 && harmless.elements("script").count == 3)
    for mark in ["<!--", "]]>", "<img", "<b>:", "\u{0}", "\u{7}", "\u{1B}", "\u{2028}", "\u{2029}"]
    {
      #expect(!page.text.contains(mark), "\(mark.debugDescription)")
    }
    let data = try page.samplesData()
    let read = try #require(data["samples"]?[0])
    #expect(read["prediction"] == .string(hostile))
    #expect(read["input"] == .string(hostile))
    #expect(read["id"] == .string(hostile))
    #expect(read["references"]?[0]?[0] == .string(hostile))
    #expect(read["candidates"]?[0]?[0] == .string(hostile))
    #expect(data["notes"]?[0] == .string(hostile))
  }

  @Test func sameBytes() throws {
    let first = try RunPageFixture.page().html()
    #expect(try RunPageFixture.page().html() == first)
    var other = RunPageFixture.samples()
    other[3] = ViewedSample(id: other[3].id, prediction: "another")
    #expect(try RunPageFixture.page(RunPageFixture.record(), other).html() != first)
  }

  @Test func samplesAreBounded() throws {
    let page = try Self.text(limits: RunPage.Limits(samples: 50))
    let samples = try #require(try page.samplesData()["samples"]?.array)
    #expect(samples.count == 50)
    // From the whole set, not from its beginning; each once.
    let ids = samples.compactMap { $0["id"]?.string }
    #expect(ids.first == "1000" && ids.last == "1117" && Set(ids).count == 50)
    #expect(page.text.contains("50 of 120 samples are on this page"))
    // The scores are those of all samples all the same.
    #expect(page.text.matches(of: /<td class="number">40<\/td>/).count == 3)
    #expect(!(try Self.text().text.contains("samples are on this page")))
    let none = try Self.text(limits: RunPage.Limits(samples: 0))
    #expect(try none.samplesData()["samples"]?.array?.isEmpty == true)
  }

  @Test func longTextsAreBounded() throws {
    let long = String(repeating: "e\u{301}", count: 3_000)
    let sample = ViewedSample(
      id: 1, input: long, references: Array(repeating: long, count: 3) + (0..<60).map { "r\($0)" },
      prediction: long, candidates: (0..<60).map { ("c\($0)", Double($0)) })
    let page = try Self.text(RunPageFixture.record(), [sample])
    let read = try #require(try page.samplesData()["samples"]?[0])
    #expect(read["prediction"]?.string?.unicodeScalars.count == 2_001)
    #expect(read["prediction"]?.string?.hasSuffix("…") == true)
    #expect(read["references"]?.array?.count == 20 && read["candidates"]?.array?.count == 20)
    #expect(read["references"]?[0]?[1] == 3)
  }

  @Test func verdicts() throws {
    func verdict(_ isRight: Bool?, _ score: Double) throws -> JSONValue? {
      let sample = ViewedSample(id: 1, scores: [("accuracy", score)], isRight: isRight)
      let page = try Self.text(RunPageFixture.record(), [sample])
      return try page.samplesData()["samples"]?[0]?["verdict"]
    }
    #expect(try verdict(true, 100) == "right")
    #expect(try verdict(false, 30) == "partly")
    #expect(try verdict(false, 0) == "wrong")
    #expect(try verdict(nil, 30) == nil)
    // Without verdicts there is nothing to choose between.
    #expect(try Self.text().text.contains("value=\"partly\""))
    let plain = try Self.text(RunPageFixture.record(), [ViewedSample(id: 1)])
    #expect(!plain.text.contains("value=\"partly\""))
  }

  @Test func withoutScores() throws {
    let page = try Self.text(RunPageFixture.record(metrics: [], groups: [:]), [])
    #expect(page.text.contains("only the official server knows the answers"))
    for id in ["metrics", "scores", "groups", "samples"] {
      #expect(!page.text.contains("id=\"\(id)\""), "\(id)")
    }
    #expect(page.elements("script").count == 1)
  }

  @Test func writing() throws {
    let folder = try TemporaryFolder()
    let path = try RunPageFixture.page().write(into: folder.path)
    #expect(path == folder("report.html"))
    let written = try [UInt8](Data(contentsOf: URL(fileURLWithPath: path)))
    #expect(try written == RunPageFixture.page().html())
    #expect(throws: RecordError.self) { try RunPageFixture.page().write(into: folder("none")) }
    #expect(throws: RecordError.self) {
      let infinite = ViewedSample(id: 1, candidates: [("a", .infinity), ("b", 0)])
      try RunPageFixture.page(RunPageFixture.record(), [infinite]).write(into: folder.path)
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["report.html"])
  }
}
