import Datasets
import Evaluation
import Foundation
import Records
import Reporting
import TestSupport
import Testing

/// The paper's tables with runs of ours in them.
@Suite struct ReproductionTests {
  /// What is published of the presets, as a test needs it.
  private let checkpoints: [String: Set<String>] = [
    "mplug-base": ["pretraining", "coco-caption"],
    "mplug-large": ["pretraining", "vqav2", "coco-caption", "flickr30k-retrieval"],
    "mplug-large-v2": ["pretraining"],
  ]

  private func reproduction(_ runs: WrittenRuns) throws -> Reproduction {
    try Reproduction(runs: try runs.found(), checkpoints: checkpoints)
  }

  private func cell(
    _ reproduction: Reproduction, _ model: String, _ name: String, _ metric: String? = nil,
    _ label: String? = nil
  ) throws -> Reproduction.Cell {
    let found = reproduction.tables.flatMap(\.cells).filter {
      $0.model == model && "\($0.cell.card.name)/\($0.cell.split)" == name
        && (metric == nil || $0.cell.metric == metric) && (label == nil || $0.cell.label == label)
    }
    #expect(found.count == 1)
    return try #require(found.first).cell
  }

  private func nothing() throws -> Reproduction {
    try Reproduction(runs: [], checkpoints: checkpoints)
  }

  /// Each number of the document is laid out once, and there is no other.
  @Test func everyPublishedNumberIsLaidOutOnce() throws {
    let tables = try PaperTables.embedded()
    var published: [String] = []
    for card in try BenchmarkRegistry.all() where card.embedded != true {
      for row in try PublishedResults.of(benchmark: card.name)?.rows ?? []
      where row.source == tables.source && row.model == "mPLUG" {
        let model = tables.models.first { $0.variant == row.variant }?.title ?? "?"
        published += row.values.map { "\(model) \(card.name)/\(row.split) \($0.key) \($0.value)" }
      }
    }
    let laidOut = try nothing().tables.flatMap(\.cells).compactMap { model, cell in
      cell.paper.map { "\(model) \(cell.card.name)/\(cell.split) \(cell.metric) \($0)" }
    }
    #expect(laidOut.sorted() == published.sorted())
    #expect(laidOut.count == 32)
    #expect(try nothing().tables.map { $0.cells.count } == [60, 4])
  }

  @Test func everyEmptyCellHasItsReason() throws {
    for (model, cell) in try nothing().tables.flatMap(\.cells) {
      #expect(cell.ours == nil && cell.difference == nil && cell.isInInterval == nil)
      #expect(!cell.reasons.isEmpty, "\(model) \(cell.card.name)")
      if cell.paper == nil {
        #expect(cell.reasons == [.noPublishedValue] && cell.command == nil)
      } else if model == "mPLUG Huge" {
        #expect(cell.reasons.first == .noCheckpoint(pretrained: false) && cell.command == nil)
      } else {
        let words = cell.label == "CIDEr optimisation" ? ["cider", "scst"] : []
        #expect(cell.reasons.last == .notRun(named: words))
        #expect(cell.command?.hasPrefix("mplug-eval run ") == true)
      }
    }
    let vqa = try cell(try nothing(), "mPLUG Base", "vqav2/test-dev")
    #expect(
      vqa.reasons
        == [.noCheckpoint(pretrained: true), .serverOnly(submission: nil), .notRun(named: [])])
    #expect(
      vqa.command
        == "mplug-eval run vqav2/test-dev --model mplug-base --checkpoint FILE --data DIR")
    // The tuned one of large is published, and serves questions about clips.
    #expect(
      try cell(try nothing(), "mPLUG Large", "vqav2/test-std").reasons
        == [.serverOnly(submission: nil), .notRun(named: [])])
    let video = try cell(try nothing(), "mPLUG", "msvd-qa/test")
    #expect(
      video.reasons == [.notRun(named: [])] && video.command?.contains("mplug-large ") == true)
    let none = try Reproduction(runs: [], checkpoints: [:])
    #expect(
      try cell(none, "mPLUG", "msvd-qa/test").reasons == [.noCheckpoint(pretrained: false)])
  }

  @Test func aRunFillsItsCell() throws {
    let runs = try WrittenRuns()
    try runs.add("mPLUG_large", "refcoco", "val", "acc@0.5", 0.9225)
    let filled = try cell(try reproduction(runs), "mPLUG Large", "refcoco/val")
    #expect(filled.paper == "92.40" && filled.ours?.value.text == "92.25")
    #expect(abs(try #require(filled.difference) + 0.15) < 1e-9)
    #expect(filled.isInInterval == true)
    #expect(filled.reasons == [] && filled.command == nil)
    #expect(
      try cell(try reproduction(runs), "mPLUG Large", "refcoco/testA").reasons
        == [.noCheckpoint(pretrained: true), .notRun(named: [])])
    // One as far away as its interval is wide does not hold the paper's value.
    let far = try WrittenRuns()
    try far.add("mplug-large", "refcoco", "val", "acc@0.5", 0.9)
    let other = try cell(try reproduction(far), "mPLUG Large", "refcoco/val")
    #expect(other.isInInterval == false)
    #expect(abs(try #require(other.difference) + 2.4) < 1e-9)
  }

  /// What is shown is the newest of those that count.
  @Test func theNewestCounts() throws {
    let runs = try WrittenRuns()
    for (value, month) in [(0.5, "01"), (0.7, "03"), (0.6, "02")] {
      try runs.add(
        "mplug-large", "nlvr2", "dev", "accuracy", value, finished: "2026-\(month)-01T00:00:00Z")
    }
    try runs.add(
      "mplug-large", "nlvr2", "dev", "accuracy", 0.9, count: 9, finished: "2026-04-01T00:00:00Z")
    #expect(
      try cell(try reproduction(runs), "mPLUG Large", "nlvr2/dev").ours?.value.text == "70.00")
  }

  /// Runs that do not count, and what is said instead.
  @Test func whatFillsNoCell() throws {
    func reasons(_ add: (WrittenRuns) throws -> Void) throws -> [MissingReason] {
      let runs = try WrittenRuns()
      try add(runs)
      let cell = try cell(try reproduction(runs), "mPLUG Large", "snli-ve/test")
      #expect(cell.ours == nil)
      #expect(
        cell.command
          == "mplug-eval run snli-ve/test --model mplug-large --checkpoint FILE --data DIR")
      return cell.reasons
    }
    let none = MissingReason.noCheckpoint(pretrained: true)
    #expect(
      try reasons { try $0.add("mplug-large", "snli-ve", "test", "accuracy", 0.9, count: 9) }
        == [none, .partial(count: 9, expected: 100)])
    #expect(
      try reasons {
        try $0.add("mplug-large", "snli-ve", "test", "accuracy", 0.9, weights: "untrained")
      } == [none, .weights("untrained")])
    #expect(
      try reasons {
        try $0.add(
          "mplug-large", "snli-ve", "test", "accuracy", 0.9, shortfall: "the files hold less")
      } == [none, .otherData("The files hold less")])
    #expect(
      try reasons { try $0.add("mplug-large", "snli-ve", "test", "else", 0.9) }
        == [none, .otherMetrics])
    #expect(
      try reasons { try $0.add("mplug-large-3", "snli-ve", "test", "accuracy", 0.9) }
        == [none, .notRun(named: [])])
    #expect(
      try reasons { try $0.add("mplug-large", "snli-ve", "val", "accuracy", 0.9) }
        == [none, .notRun(named: [])])
  }

  @Test func submissions() throws {
    let runs = try WrittenRuns()
    try runs.add("mplug-base", "vqav2", "test-dev", "accuracy", nil, status: .submission)
    try runs.add(
      "mplug-base", "vqav2", "test-std", "accuracy", nil, weights: "untrained", status: .submission)
    let reproduction = try reproduction(runs)
    let path = try #require(try runs.found().first { $0.record.split == "test-dev" }).path
    let ready = try cell(reproduction, "mPLUG Base", "vqav2/test-dev")
    #expect(ready.reasons == [.serverOnly(submission: path)] && ready.command == nil)
    #expect(
      ready.reasons.map(\.text)
        == ["answers known to the test server only, submission ready in \(path)"])
    let untrained = try cell(reproduction, "mPLUG Base", "vqav2/test-std")
    #expect(
      untrained.reasons
        == [
          .noCheckpoint(pretrained: true), .weights("untrained"), .serverOnly(submission: nil),
        ])
  }

  @Test func otherDataIsNamed() throws {
    let runs = try WrittenRuns()
    try runs.add("mplug-base", "mini-vqav2", "val", "accuracy", 90)
    let reproduction = try reproduction(runs)
    #expect(
      try cell(reproduction, "mPLUG Base", "vqav2/test-dev").reasons.contains(
        .otherData("mini-vqav2/val")))
    #expect(
      try !cell(reproduction, "mPLUG Large", "vqav2/test-dev").reasons.contains(
        .otherData("mini-vqav2/val")))
    #expect(
      reproduction.notes.dropFirst()
        == ["1 run (mplug-base) not laid out: on the embedded data, which are not the paper's."])
  }

  /// The two numbers of captioning differ by how the model was tuned, which its name says.
  @Test func namesTellTheTuning() throws {
    let runs = try WrittenRuns()
    try runs.add("mplug-base", "coco-caption", "test", "CIDEr", 1.37)
    try runs.add("mplug-base-cider", "coco-caption", "test", "CIDEr", 1.5)
    try runs.add("my-scst", "coco-caption", "test", "CIDEr", 1.6, configuration: "mplug-large")
    let reproduction = try reproduction(runs)
    func text(_ model: String, _ label: String) throws -> String? {
      try cell(reproduction, model, "coco-caption/test", nil, label).ours?.value.text
    }
    #expect(try text("mPLUG Base", "cross-entropy") == "137.00")
    #expect(try text("mPLUG Base", "CIDEr optimisation") == "150.00")
    #expect(try text("mPLUG Large", "CIDEr optimisation") == "160.00")
    #expect(try text("mPLUG Large", "cross-entropy") == nil)
    #expect(reproduction.notes.count == 1)
  }

  @Test func aValueThatThePaperLacks() throws {
    let runs = try WrittenRuns()
    try runs.add("mplug-base", "nlvr2", "dev", "accuracy", 0.75)
    let cell = try cell(try reproduction(runs), "mPLUG Base", "nlvr2/dev")
    #expect(cell.ours?.value.text == "75.00" && cell.paper == nil && cell.difference == nil)
    #expect(cell.reasons == [.noPublishedValue])
  }

  @Test func tablesInMarkdown() throws {
    let runs = try WrittenRuns()
    try runs.add("mplug-large", "msvd-qa", "test", "accuracy", 0.372)
    try runs.add("other", "msvd-qa", "test", "accuracy", 0.9)
    let markdown = TableFormat.markdown.render(try reproduction(runs).overviewAndNumbers)
    let id = try #require(try runs.found().first { $0.record.model == "mplug-large" }).record.id
    #expect(
      markdown.contains(
        """
        ## Video-text tasks

        | model | value | MSRVTT Retrieval test R@1 | MSRVTT-QA test | MSVD-QA test | VATEX Caption \
        test |
        | --- | --- | ---: | ---: | ---: | ---: |
        | mPLUG | paper | 38.1 | 21.1 | 37.2 | 42.0 |
        | mPLUG | ours | - | - | 37.20 | - |
        | mPLUG | difference | - | - | 0.00 | - |

        """))
    #expect(markdown.contains("| mPLUG Large | paper | 81.27/81.26 | 141.0/155.1 | 82.8/65.8 | "))
    #expect(
      markdown.contains(
        """
        ## Video question answering

        | model | benchmark | metric | paper | ours | 95% CI | difference | paper in CI | remark |
        | --- | --- | --- | ---: | ---: | ---: | ---: | --- | --- |
        | mPLUG | msrvtt-qa/test | accuracy | 21.1 | - | - | - | - | not run: \\`mplug-eval run \
        msrvtt-qa/test --model mplug-large --checkpoint FILE --data DIR\\` |
        | mPLUG | msvd-qa/test | accuracy | 37.2 | 37.20 | 36.20 to 38.20 | 0.00 | yes | run \(id) |

        """))
    #expect(
      markdown.hasSuffix(
        "\n1 run (other) not laid out: partial, older, on other data, or of models that the paper "
          + "has no row for; rows go by the model's name, such as mplug-base, mplug-large or "
          + "mplug-base-cider.\n"))
  }

  @Test func json() throws {
    let runs = try WrittenRuns()
    try runs.add("mplug-large", "msvd-qa", "test", "accuracy", 0.373)
    let json = try reproduction(runs).json
    let cells = try #require(json["tables"]?[1]?["cells"]?.array)
    #expect(cells.count == 4)
    let filled = try #require(cells.first { $0["benchmark"]?.string == "msvd-qa" })
    #expect(abs(try #require(filled["difference"]?.double) - 0.1) < 1e-9)
    #expect(filled["paper"]?.double == 37.2 && filled["paper_in_interval"]?.bool == true)
    #expect(abs(try #require(filled["ours"]?["value"]?.double) - 37.3) < 1e-9)
    #expect(filled["ours"]?["count"]?.int == 100 && filled["command"] == .null)
    #expect(filled["reasons"]?.array?.isEmpty == true)
    let empty = try #require(cells.first { $0["benchmark"]?.string == "msrvtt-qa" })
    #expect(empty["ours"] == .null && empty["difference"] == .null)
    #expect(empty["reasons"]?[0]?["kind"]?.string == "not_run")
    _ = try json.serialized()
  }
}
