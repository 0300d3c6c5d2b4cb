import Datasets
import Evaluation
import Records
import Reporting
import TestSupport
import Testing

/// Summary, task groups and notes on weights.
@Suite struct LeaderboardTests {
  /// Two models on two benchmarks, of which `mini` has weights with a note.
  private func twoModels(weights: String? = "untrained") throws -> WrittenRuns {
    let runs = try WrittenRuns()
    try runs.add("mini", "mini-coco-caption", "test", "CIDEr", 1.5, weights: weights)
    try runs.add("mini", "mini-vqav2", "val", "accuracy", 90, margin: 1, weights: weights)
    try runs.add("other", "mini-vqav2", "val", "accuracy", 60, margin: 1)
    try runs.add("third", "mini-vqav2", "val", "accuracy", 50, margin: 1)
    return runs
  }

  @Test func markdownOfSummaryAndGroups() throws {
    let markdown = TableFormat.markdown.render(try twoModels().leaderboard().tables)
    let ids = try twoModels().found().map(\.record.id)
    #expect(ids.count == 4)
    func id(_ model: String, _ benchmark: String) throws -> String {
      let run = try twoModels().found().first {
        $0.record.model == model && $0.record.benchmark == benchmark
      }
      return try #require(run).record.id
    }
    #expect(
      markdown == """
        ## Summary

        | model | Mini VQA val accuracy | Mini Caption test CIDEr |
        | --- | ---: | ---: |
        | other | **60.00** | - |
        | third | 50.00 | - |
        | mini (untrained weights) | 90.00 | 150.00 |

        The ranking metric of each benchmark; intervals and the other metrics are below.

        Untrained weights, never the best of a column: mini.

        ## Visual question answering

        ### Mini VQA val

        | model | accuracy | accuracy 95% CI | n | origin |
        | --- | ---: | ---: | ---: | --- |
        | mini (untrained weights) | 90.00 | 89.00 to 91.00 | 100 | run \
        \(try id("mini", "mini-vqav2")) |
        | other | **60.00** | 59.00 to 61.00 | 100 | run \(try id("other", "mini-vqav2")) |
        | third | 50.00 | 49.00 to 51.00 | 100 | run \(try id("third", "mini-vqav2")) |

        Untrained weights, never the best of a column: mini.

        ## Image captioning

        ### Mini Caption test

        | model | CIDEr | CIDEr 95% CI | n | origin |
        | --- | ---: | ---: | ---: | --- |
        | mini (untrained weights) | 150.00 | 149.00 to 151.00 | 100 | run \
        \(try id("mini", "mini-coco-caption")) |

        Untrained weights, never the best of a column: mini.

        """)
  }

  /// The same numbers of a trained model are the best, and nothing is said.
  @Test func withoutTheNoteItIsTheBest() throws {
    let markdown = TableFormat.markdown.render(
      try twoModels(weights: nil).leaderboard().tables)
    #expect(markdown.contains("| mini | **90.00** | 150.00 |"))
    #expect(markdown.contains("| other | 60.00 | - |"))
    #expect(!markdown.contains("weights"))
  }

  /// An empty note says nothing; any other is repeated as it is.
  @Test func otherNotes() throws {
    #expect(try twoModels(weights: "").leaderboard().sections[0].rows[0].weights == nil)
    let noted = try twoModels(weights: "half-trained").leaderboard()
    #expect(noted.sections[0].rows[0].shownModel == "mini (half-trained weights)")
    #expect(
      noted.sections[0].notes == ["Half-trained weights, never the best of a column: mini."])
  }

  @Test func jsonOnlyGainsMembers() throws {
    let json = try twoModels().leaderboard().json
    let sections = try #require(json["sections"]?.array)
    #expect(sections.compactMap { $0["task"]?.string } == ["vqa", "caption"])
    #expect(
      sections[0].object?.members.map(\.key).sorted()
        == ["benchmark", "notes", "primary", "references", "rows", "split", "task", "title"])
    #expect(
      sections[0]["rows"]?.array?.map { $0["weights"] ?? 0 } == [
        .string("untrained"), .null, .null,
      ]
    )
    #expect(sections[0]["rows"]?[0]?["model"]?.string == "mini")
    let summary = try #require(json["summary"])
    #expect(
      summary["columns"]?.array?.map { $0["benchmark"]?.string }
        == ["mini-vqav2", "mini-coco-caption"])
    let rows = try #require(summary["rows"]?.array)
    #expect(rows.map { $0["model"]?.string } == ["other", "third", "mini"])
    #expect(rows[2]["values"]?[1]?["value"]?.double == 1.5)
    #expect(rows[0]["values"]?[1] == .null)
  }

  @Test func csvHasAColumnForTheTaskAndNoSummary() throws {
    let board = try twoModels().leaderboard()
    let lines = TableFormat.csv.render(board.sectionTables).split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[0].hasPrefix("table,model,accuracy,") && lines[0].hasSuffix(",task"))
    #expect(lines.dropFirst().prefix(3).allSatisfy { $0.hasSuffix(",Visual question answering") })
    #expect(lines[4].hasSuffix(",Image captioning"))
    #expect(!lines.contains { $0.hasPrefix("Summary") })
  }

  /// One benchmark alone has no summary; two splits of it are one column, that with more models.
  @Test func columnsOfTheSummary() throws {
    let runs = try WrittenRuns()
    try runs.add("a", "refcoco", "val", "acc@0.5", 0.5)
    try runs.add("a", "refcoco", "testA", "acc@0.5", 0.6)
    try runs.add("b", "refcoco", "testA", "acc@0.5", 0.7, count: 9)
    #expect(try runs.leaderboard().summary == nil)
    #expect(try runs.leaderboard().json["summary"] == .null)
    try runs.add("a", "nlvr2", "dev", "accuracy", 0.8)
    let summary = try #require(try runs.leaderboard().summary)
    #expect(summary.columns.map(\.title) == ["RefCOCO testA", "NLVR2 dev"])
    let markdown = TableFormat.markdown.render(try runs.leaderboard().tables)
    #expect(markdown.contains("| a | 60.00 | 80.00 |\n| b | 70.00 (9/100) | - |"))
  }

  @Test func aTrainedRunCountsBeforeALaterUntrainedOneOfTheName() throws {
    let runs = try WrittenRuns()
    try runs.add("m", "mini-vqav2", "val", "accuracy", 40)
    try runs.add(
      "m", "mini-vqav2", "val", "accuracy", 70, weights: "untrained",
      finished: "2026-02-01T00:00:00.000Z")
    #expect(
      try runs.leaderboard().sections[0].rows.map { $0.values["accuracy"]?.text } == ["40.00"])
    try runs.add(
      "m", "mini-vqav2", "val", "accuracy", 30, finished: "2026-03-01T00:00:00.000Z")
    #expect(
      try runs.leaderboard().sections[0].rows.map { $0.values["accuracy"]?.text } == ["30.00"])
  }

  /// Published numbers stand apart from those on embedded data, beside those on the official set.
  @Test func publishedNumbersOfOtherData() throws {
    let runs = try twoModels()
    let sections = try runs.leaderboard(.verified).sections
    #expect(sections.map(\.family.place) == sections.map(\.family.place).sorted())
    for section in sections where section.references != nil {
      #expect(section.rowsOfRuns.count == section.rows.count)
    }
    let apart = sections.filter { $0.references == nil }
    #expect(
      apart.map(\.title) == [
        "VQAv2 test-dev, published", "VQAv2 test-std, published",
        "COCO Caption test, published",
      ])
    #expect(
      apart.allSatisfy { $0.notes == ["Another data set than above: for orientation only."] })
    try runs.add("mini", "snli-ve", "test", "accuracy", 0.5)
    let beside = try #require(
      try runs.leaderboard(.verified).sections.first { $0.benchmark == "snli-ve" })
    #expect(beside.rowsOfRuns.count == 1 && beside.rows.count > 5)
    #expect(try runs.leaderboard().sections.first { $0.benchmark == "snli-ve" }?.rows.count == 1)
  }

  /// Metrics that differ alike share a line; one that differs otherwise has its own.
  @Test func waysOfMeasuringAreSaidOnce() throws {
    let runs = try WrittenRuns()
    for (model, ways) in [
      ("a", ["x", "x", "x"]), ("b", ["y", "y", "x"]), ("c", ["x", "x", "z"]),
    ] {
      try runs.add(
        model, "refcoco", "val",
        numbers: zip(["acc@0.5", "mIoU", "else"], ways).map { ($0.0, 0.5, $0.1) })
    }
    #expect(
      try runs.leaderboard().sections[0].notes == [
        "acc@0.5, mIoU were not measured in one way: x; y",
        "else was not measured in one way: x; z",
      ])
  }

  @Test func familiesOfTheBenchmarks() throws {
    let cards = try BenchmarkRegistry.all()
    func family(_ name: String) throws -> TaskFamily? {
      cards.first { $0.name == name }.map { TaskFamily(of: $0, among: cards) }
    }
    #expect(try family("vqav2") == .vqa)
    #expect(try family("msvd-qa") == .videoQA)
    #expect(try family("msrvtt-retrieval") == .videoRetrieval)
    #expect(try family("flickr30k-retrieval") == .retrieval)
    #expect(try family("vatex-caption") == .videoCaption)
    #expect(try family("refcoco+") == .grounding)
    #expect(try family("snli-ve") == .entailment)
    #expect(try family("nlvr2") == .reasoning)
    for card in cards where card.embedded == true {
      #expect(try family(card.name) == (try family(card.published ?? "")), "\(card.name)")
    }
  }
}
