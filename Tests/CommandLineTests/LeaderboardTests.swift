import Foundation
import Records
import TestSupport
import Testing

/// `leaderboard` over runs of the embedded set, and over records made by hand.
@Suite struct LeaderboardTests {
  /// A results folder with the three embedded systems, the best under a nasty name.
  private func results(nasty: String = "attentive") throws -> TemporaryFolder {
    let scratch = try TemporaryFolder()
    for task in Task.allCases {
      for system in ["hasty", "attentive", "constant"] {
        let result = try BuiltBinary.run(
          task.score(
            task.predictions(system), "--output", scratch("runs"), "--model",
            system == "attentive" ? nasty : system))
        #expect(result.status == 0, "\(result.errors)")
      }
    }
    return scratch
  }

  private func leaderboard(_ arguments: String...) throws -> String {
    let result = try BuiltBinary.run(["leaderboard"] + arguments)
    #expect(result.status == 0, "\(result.errors)")
    return result.output
  }

  /// A record as `run.json` holds it.
  private func record(
    _ model: String, accuracy: Double, finished: String, count: Int = 158,
    benchmark: String = "mini-vqav2", status: String = "complete",
    metric: String = "accuracy", references: String = "val@11111111",
    signature: String = "accuracy|v:0.1.0"
  ) throws -> String {
    let record: JSONValue = [
      "schema": "mplug-eval/run/1", "references": .string(references), "status": .string(status),
      "benchmark": .string(benchmark),
      "split": "val", "task": "vqa", "model": .string(model), "id": "0123456789ab",
      "count": .int(count), "expected": 158,
      "metrics": [
        metric: [
          "value": .double(accuracy), "count": .int(count), "signature": .string(signature),
          "ci95": [.double(accuracy - 1), .double(accuracy + 1)],
        ]
      ],
      "provenance": ["finished": .string(finished)],
    ]
    return try record.text()
  }

  @Test func textMarkdownAndJSONSayTheSame() throws {
    let scratch = try results()
    let text = try leaderboard(scratch("runs"))
    let markdown = try leaderboard(scratch("runs"), "--format", "markdown")
    let json = try JSONFile.parse(try leaderboard(scratch("runs"), "--format", "json"))
    let sections = try #require(json["sections"]?.array)
    #expect(
      sections.compactMap { $0["title"]?.string } == ["Mini VQA val", "Mini Caption test"])
    for section in sections {
      let rows = try #require(section["rows"]?.array)
      #expect(rows.compactMap { $0["model"]?.string } == ["attentive", "hasty", "constant"])
      let primary = try #require(section["primary"]?.string)
      for row in rows {
        let value = try #require(row["metrics"]?[primary]?["value"]?.double)
        let printed = String(format: "%.2f", primary == "CIDEr" ? 100 * value : value)
        #expect(row["metrics"]?[primary]?["shown"]?.string == printed)
        #expect(text.contains(printed))
        #expect(markdown.contains(printed))
        #expect(row["kind"]?.string == "run")
      }
    }
    let best = try ["accuracy", "accuracy/yes-no", "accuracy/number", "accuracy/other"].map {
      "**\(try shown(sections[0], "attentive", $0))** |"
    }
    #expect(markdown.contains("| attentive | \(best.joined(separator: " "))"))
    #expect(markdown.contains("### Mini VQA val\n\n| model | accuracy | yes-no | number | other |"))
    #expect(text.contains("\(try shown(sections[0], "attentive", "accuracy"))*"))
    #expect(!text.contains("\(try shown(sections[0], "hasty", "accuracy"))*"))
    #expect(text.contains("\(try shown(sections[1], "attentive", "CIDEr"))*"))
  }

  /// A number as the JSON says that tables show it.
  private func shown(_ section: JSONValue, _ model: String, _ metric: String) throws -> String {
    let row = section["rows"]?.array?.first { $0["model"]?.string == model }
    return try #require(row?["metrics"]?[metric]?["shown"]?.string)
  }

  /// The accuracy of a model in some runs, as tables show it.
  private func accuracy(_ model: String, in runs: String) throws -> String {
    let json = try JSONFile.parse(try leaderboard(runs, "--format", "json"))
    return try shown(try #require(json["sections"]?[0]), model, "accuracy")
  }

  @Test func csvReadsBack() throws {
    let name = "a,\"b\"\nc"
    let scratch = try results(nasty: name)
    let rows = try #require(CSV.rows(try leaderboard(scratch("runs"), "--format", "csv")))
    #expect(rows.count == 7)
    #expect(Set(rows.map(\.count)).count == 1)
    #expect(rows[0].prefix(3) == ["table", "model", "accuracy"])
    #expect(rows[0].last == "task" && rows[1].last == "Visual question answering")
    #expect(rows.filter { $0[1] == name }.count == 2)
    let accuracy = try #require(rows[0].firstIndex(of: "accuracy"))
    #expect(
      rows.first { $0[0] == "Mini VQA val" && $0[1] == name }?[accuracy]
        == (try self.accuracy(name, in: scratch("runs"))))
    #expect(rows.first { $0[0] == "Mini Caption test" }?[accuracy] == "")
  }

  @Test func htmlIsOnePage() throws {
    let scratch = try results(nasty: "<b>&\"")
    let page = try leaderboard(scratch("runs"), "--format", "html")
    #expect(page.hasPrefix("<!DOCTYPE html>") && page.hasSuffix("</html>\n"))
    #expect(page.contains("<b>\(try accuracy("<b>&\"", in: scratch("runs")))</b></td>"))
    #expect(page.contains(">&lt;b&gt;&amp;&quot;</a></th>") && !page.contains("<b>&\""))
    // The summary and a table a benchmark, each row of a run with a way to its page.
    #expect(page.matches(of: /<table class="sortable/).count == 3)
    let links = page.matches(of: /<th scope="row"><a href="([^"]*)">/).map { String($0.1) }
    #expect(!links.isEmpty)
    for link in links {
      #expect(link.hasSuffix("/report.html") && !link.hasPrefix("/"))
      let path = try #require(link.removingPercentEncoding)
      #expect(FileManager.default.fileExists(atPath: scratch("runs/\(path)")), "\(link)")
    }
  }

  @Test func latexEscapes() throws {
    let name = #"a_b&50%#1 {x} $y^2~\z"#
    let scratch = try results(nasty: name)
    let latex = try leaderboard(scratch("runs"), "--format", "latex")
    #expect(
      latex.contains(
        ##"a\_b\&50\%\#1 \{x\} \$y\textasciicircum{}2\textasciitilde{}\textbackslash{}z & "##))
    #expect(latex.contains("\\textbf{\(try accuracy(name, in: scratch("runs")))}"))
    var depth = 0
    var previous: Character = " "
    for character in latex {
      if previous != "\\" {
        if character == "{" { depth += 1 }
        if character == "}" { depth -= 1 }
        #expect(depth >= 0)
      }
      previous = previous == "\\" && character == "\\" ? " " : character
    }
    #expect(depth == 0)
    for line in latex.split(separator: "\n") where line.hasSuffix("\\\\") {
      #expect(line.replacing("\\&", with: "").count { $0 == "&" } >= 2)
    }
  }

  @Test func publishedNumbers() throws {
    let scratch = try results()
    let bare = try leaderboard(scratch("runs"))
    let verified = try leaderboard(scratch("runs"), "--published")
    let all = try leaderboard(scratch("runs"), "--unverified")
    #expect(!bare.contains("mPLUG"))
    #expect(verified.contains("mPLUG"))
    #expect(!verified.contains("UNVERIFIED"))
    #expect(verified.contains("Another data set than above: for orientation only."))
    for option in ["--published", "--unverified"] {
      let json = try JSONFile.parse(
        try leaderboard(scratch("runs"), option, "--format", "json"))
      let rows = try #require(json["sections"]?.array).flatMap { $0["rows"]?.array ?? [] }
        .filter { $0["kind"]?.string == "published" }
      #expect(!rows.isEmpty)
      if option == "--published" { #expect(rows.allSatisfy { $0["verified"]?.bool == true }) }
    }
    #expect(all.split(separator: "\n").count >= verified.split(separator: "\n").count)
  }

  /// On a benchmark with unverified rows they are marked, or absent.
  @Test func unverifiedNumbersAreMarked() throws {
    let scratch = try TemporaryFolder()
    for (benchmark, split) in [("vqav2", "test-dev"), ("coco-caption", "test")] {
      let text = try record(
        "mine", accuracy: 50, finished: "2026-01-01T00:00:00Z", benchmark: benchmark
      ).replacing("\"split\":\"val\"", with: "\"split\":\"\(split)\"")
      try scratch.write("\(benchmark)/run.json", text)
    }
    let published = Golden.root.appendingPathComponent("benchmarks/published")
    var marked = 0
    for benchmark in ["vqav2", "coco-caption"] {
      let yaml = try String(
        contentsOf: published.appendingPathComponent("\(benchmark).yaml"), encoding: .utf8)
      marked += yaml.split(separator: "\n").count { $0.contains(" unverified:") }
    }
    #expect(!(try leaderboard(scratch.path, "--published")).contains("UNVERIFIED"))
    let all = try JSONFile.parse(try leaderboard(scratch.path, "--unverified", "--format", "json"))
    let rows = try #require(all["sections"]?.array).flatMap { $0["rows"]?.array ?? [] }
    let unverified = rows.filter { $0["verified"]?.bool == false }
    let text = try leaderboard(scratch.path, "--unverified")
    #expect(text.split(separator: "\n").count { $0.contains("UNVERIFIED") } == unverified.count)
    #expect(unverified.isEmpty == (marked == 0))
    // Numbers from memory are never the best of their column.
    for line in text.split(separator: "\n") where line.contains("UNVERIFIED") {
      #expect(!line.contains("*"))
    }
  }

  /// Published numbers are not ranked against runs on a part of the official set.
  @Test(arguments: [true, false])
  func publishedNumbersBesideTheOfficialSet(isWhole: Bool) throws {
    let scratch = try TemporaryFolder()
    let problem =
      #""problems":[{"code":"official_count","count":158,"examples":[],"#
      + #""message":"the files hold 158 samples of nlvr2/dev, which officially has 6982"}],"#
    let text = try record(
      "mine", accuracy: 0.99, finished: "2026-01-01T00:00:00Z", benchmark: "nlvr2"
    ).replacing("\"split\":\"val\"", with: (isWhole ? "" : problem) + "\"split\":\"dev\"")
    try scratch.write("mine/run.json", text)
    let json = try JSONFile.parse(
      try leaderboard(scratch.path, "--published", "--format", "json"))
    let sections = try #require(json["sections"]?.array)
    let kinds = Set((sections[0]["rows"]?.array ?? []).compactMap { $0["kind"]?.string })
    #expect(kinds == (isWhole ? ["run", "published"] : ["run"]))
    #expect(
      sections[0]["notes"]
        == (isWhole
          ? [] : ["The files hold 158 samples of nlvr2/dev, which officially has 6982."]))
    let titles = sections.dropFirst().compactMap { $0["title"]?.string }
    #expect(titles.contains("NLVR2 dev, published") == !isWhole)
    #expect(try leaderboard(scratch.path, "--published").contains("99.00*") == isWhole)
  }

  @Test func theNewestRunOfAModelCounts() throws {
    let scratch = try TemporaryFolder()
    try scratch.write(
      "m/v/a/run.json", try record("m", accuracy: 70, finished: "2026-01-02T10:00:00.500Z"))
    try scratch.write(
      "m/v/b/run.json", try record("m", accuracy: 60, finished: "2026-01-02T10:00:00.750Z"))
    try scratch.write(
      "m/v/c/run.json", try record("m", accuracy: 80, finished: "2026-01-01T23:59:59.000Z"))
    let text = try leaderboard(scratch.path)
    #expect(text.contains("60.00") && !text.contains("70.00") && !text.contains("80.00"))
    #expect(text.contains("Not shown: 2 more of the same models."))
  }

  @Test func aPartialRunIsNeverBest() throws {
    let scratch = try TemporaryFolder()
    let time = "2026-01-01T00:00:00.000Z"
    try scratch.write("a/run.json", try record("whole", accuracy: 50, finished: time))
    try scratch.write("b/run.json", try record("other", accuracy: 40, finished: time))
    try scratch.write(
      "c/run.json", try record("part", accuracy: 99, finished: time, count: 9, status: "partial"))
    try scratch.write(
      "d/run.json", try record("tied", accuracy: 50, finished: time, count: 9, status: "partial"))
    let markdown = try leaderboard(scratch.path, "--format", "markdown")
    #expect(markdown.contains("| whole | **50.00** |"))
    #expect(markdown.contains("| tied | 50.00 |"))
    #expect(markdown.contains("| part | 99.00 | 98.00 to 100.00 | n=9/158 |"))
  }

  @Test func aCompleteRunCountsBeforeALaterPartialOne() throws {
    let scratch = try TemporaryFolder()
    try scratch.write(
      "a/run.json", try record("m", accuracy: 50, finished: "2026-01-01T00:00:00.000Z"))
    try scratch.write(
      "b/run.json",
      try record(
        "m", accuracy: 99, finished: "2026-01-02T00:00:00.000Z", count: 9, status: "partial"))
    try scratch.write(
      "c/run.json",
      try record(
        "n", accuracy: 90, finished: "2026-01-02T00:00:00.000Z", count: 9, status: "partial"))
    let markdown = try leaderboard(scratch.path, "--format", "markdown")
    #expect(!markdown.contains("99.00"))
    let whole = try #require(markdown.range(of: "| m | 50.00"))
    let part = try #require(markdown.range(of: "| n | 90.00"))
    #expect(whole.lowerBound < part.lowerBound, "a partial run stands last")
  }

  @Test func aRunWithTheRankingMetricCountsBeforeALaterOneWithout() throws {
    let scratch = try TemporaryFolder()
    try scratch.write(
      "a/run.json", try record("m", accuracy: 50, finished: "2026-01-01T00:00:00.000Z"))
    try scratch.write(
      "b/run.json",
      try record(
        "m", accuracy: 77, finished: "2026-01-02T00:00:00.000Z", metric: "accuracy-mplug"))
    let text = try leaderboard(scratch.path)
    #expect(text.contains("50.00") && !text.contains("77.00"))
    #expect(text.contains("Not shown: 1 more of the same models."))
  }

  /// Numbers on different references are not ranked against each other.
  @Test func eachReferenceSetHasItsOwnTable() throws {
    let scratch = try TemporaryFolder()
    let time = "2026-01-01T00:00:00.000Z"
    func write(_ name: String, _ references: String, _ accuracy: Double) throws {
      try scratch.write(
        "\(name)/run.json",
        try record(name, accuracy: accuracy, finished: time, references: references))
    }
    func titles() throws -> [String] {
      try JSONFile.parse(try leaderboard(scratch.path, "--format", "json"))["sections"]?.array?
        .compactMap { $0["title"]?.string } ?? []
    }
    try write("a", "val@11111111", 50)
    try write("b", "val@11111111", 60)
    #expect(try titles() == ["Mini VQA val"])
    try write("c", "val@22222222", 70)
    #expect(try titles() == ["Mini VQA val@11111111", "Mini VQA val@22222222"])
    // One row has no best.
    #expect(!(try leaderboard(scratch.path)).contains("70.00*"))
    #expect(try leaderboard(scratch.path).contains("60.00*"))
  }

  @Test func aMetricMeasuredInTwoWaysIsNoted() throws {
    let scratch = try TemporaryFolder()
    let time = "2026-01-01T00:00:00.000Z"
    func write(_ name: String, _ signature: String) throws {
      try scratch.write(
        "\(name)/run.json",
        try record(name, accuracy: 50, finished: time, signature: signature))
    }
    try write("a", "accuracy|digits:unicode|split:val@1|n:158|v:0.1.0")
    try write("b", "accuracy|digits:unicode|split:val@1|partial:9/158|v:0.1.0")
    #expect(!(try leaderboard(scratch.path)).contains("not measured in one way"))
    try write("c", "accuracy|digits:unicode|split:val@1|n:158|v:0.2.0")
    #expect(
      try leaderboard(scratch.path).contains(
        "accuracy was not measured in one way: accuracy|digits:unicode|split:val@1|v:0.1.0; "
          + "accuracy|digits:unicode|split:val@1|v:0.2.0"))
  }

  @Test func whatIsNotShownIsSaid() throws {
    let scratch = try TemporaryFolder()
    let time = "2026-01-01T00:00:00.000Z"
    try scratch.write("a/run.json", try record("a", accuracy: 50, finished: time))
    try scratch.write(
      "b/run.json", try record("b", accuracy: 50, finished: time, benchmark: "nowhere"))
    try scratch.write(
      "c/run.json", try record("c", accuracy: 50, finished: time, status: "submission"))
    let result = try BuiltBinary.run(["leaderboard", scratch.path])
    #expect(result.status == 0)
    #expect(
      result.errors
        == "mplug-eval: warning: 1 submissions have no scores and are not shown\n"
        + "mplug-eval: warning: 1 runs of nowhere/val are not shown: "
        + "this version has no such benchmark\n")
    #expect(!result.output.contains("nowhere"))
  }

  @Test func outputFile() throws {
    let scratch = try results()
    let path = scratch("table.md")
    let result = try BuiltBinary.run(
      ["leaderboard", scratch("runs"), "--format", "markdown", "--output", path])
    #expect(result.status == 0)
    #expect(result.output == "")
    #expect(
      try String(contentsOfFile: path, encoding: .utf8)
        == (try leaderboard(scratch("runs"), "--format", "markdown")))
  }

  @Test func failures() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("empty/sub/readme", "")
    try scratch.write("broken/a/run.json", "{\"schema\": ")
    try scratch.write("other/a/run.json", "{\"schema\": \"else/1\"}")
    try scratch.write("list/a/run.json", "[]")
    try scratch.write(
      "lacking/a/run.json", "{\"schema\": \"mplug-eval/run/1\", \"status\": \"complete\"}")
    try expectFailure(
      66, saying: ["\(scratch("empty")): holds no run folder (no run.json)"],
      ["leaderboard", scratch("empty")], in: scratch)
    try expectFailure(
      66, saying: ["\(scratch("absent")): there is no such file"],
      ["leaderboard", scratch("absent")], in: scratch)
    try expectFailure(66, saying: ["runs: there is no such file"], ["leaderboard"], in: scratch)
    try expectFailure(
      65, saying: ["\(scratch("broken/a/run.json")):1:", "truncated"],
      ["leaderboard", scratch("broken")], in: scratch)
    try expectFailure(
      65, saying: ["\(scratch("other/a/run.json")): is no record of schema", "(found else/1)"],
      ["leaderboard", scratch("other")], in: scratch)
    for (name, says) in [
      ("list", "is no record of schema"), ("lacking", "lacks a member of schema mplug-eval/run/1"),
    ] {
      try expectFailure(
        65, saying: ["\(scratch("\(name)/a/run.json")): \(says)"], ["leaderboard", scratch(name)],
        in: scratch)
    }
    let run = try results()
    try expectFailure(
      74, saying: ["\(run("no/table.md")): cannot be written"],
      ["leaderboard", run("runs"), "--output", run("no/table.md")], in: run)
  }

  /// A member of the wrong kind is no missing one: neither a number nor a problem may vanish.
  @Test(arguments: [
    (#""unrounded":"#, #""unrounded":null,"x":"#), (#""unrounded":"#, #""unrounded":"72","x":"#),
    (#""ci95":"#, #""ci95":7,"x":"#), (#""ci95":"#, #""ci95":[1],"x":"#),
    (#""ci95":"#, #""ci95":[2,1],"x":"#), (#""ci95":"#, #""ci95":[1,"2"],"x":"#),
    (#""expected":"#, #""expected":-1,"x":"#),
    (#""problems":"#, #""problems":[{"code":"a"}],"x":"#),
    (#""problems":"#, #""problems":"none","x":"#),
  ]) func membersOfAnotherKind(_ member: String, _ wrong: String) throws {
    let run = try results()
    let path = try #require(try files(under: run("runs")).first { $0.hasSuffix("/run.json") })
    let text = try String(contentsOfFile: run("runs/\(path)"), encoding: .utf8)
      .replacing("\": ", with: "\":")
    try run.write("runs/\(path)", text)
    #expect(try BuiltBinary.run(["leaderboard", run("runs")]).status == 0)
    let start = try #require(text.range(of: member))
    try run.write("runs/\(path)", text.replacingCharacters(in: start, with: wrong))
    try expectFailure(
      65, saying: ["\(run("runs/\(path)")): lacks a member of schema mplug-eval/run/1, or has one"],
      ["leaderboard", run("runs")], in: run)
  }
}

/// RFC 4180, read by a reader of its own.
enum CSV {
  /// The rows; nil where a quote is open at the end.
  static func rows(_ text: String) -> [[String]]? {
    var rows: [[String]] = []
    var row: [String] = []
    var field = String.UnicodeScalarView()
    var isQuoted = false
    var scalars = text.unicodeScalars[...]
    while let scalar = scalars.popFirst() {
      switch scalar {
      case "\"" where isQuoted && scalars.first == "\"":
        scalars.removeFirst()
        field.append(scalar)
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        row.append(String(field))
        field = String.UnicodeScalarView()
      case "\n" where !isQuoted:
        rows.append(row + [String(field)])
        row = []
        field = String.UnicodeScalarView()
      default: field.append(scalar)
      }
    }
    return isQuoted || !row.isEmpty || !field.isEmpty ? nil : rows
  }
}
