import Datasets
import Foundation
import Metrics
import TestSupport
import Testing

@Suite struct RegistryTests {
  @Test func everyCardOfTheFolderIsEmbeddedUnchanged() throws {
    let folder = Golden.root.appendingPathComponent("benchmarks")
    for (place, prefix) in [
      (folder, ""), (folder.appendingPathComponent("published"), "published/"),
    ] {
      let names = try FileManager.default.contentsOfDirectory(atPath: place.path)
        .filter { $0.hasSuffix(".yaml") && !$0.hasPrefix(".") }
      #expect(!names.isEmpty)
      let embedded = EmbeddedFiles.all.map(\.path)
        .filter { $0.contains("/") == !prefix.isEmpty }
      #expect(embedded.sorted() == names.map { prefix + $0 }.sorted())
      for name in names {
        let text = try String(contentsOf: place.appendingPathComponent(name), encoding: .utf8)
        #expect(EmbeddedFiles.file(at: prefix + name)?.text == text, "\(prefix + name)")
      }
    }
  }

  @Test func namesAreUniqueAndResolvable() throws {
    let cards = try BenchmarkRegistry.all()
    #expect(Set(cards.map(\.name)).count == cards.count)
    #expect(cards.map(\.name) == BenchmarkRegistry.names)
    #expect(Set(DatasetRegistry.all.map { $0.name }).count == DatasetRegistry.all.count)
    for card in cards {
      let dataset = try DatasetRegistry.dataset(for: card)
      #expect(dataset.task == card.task)
      #expect(Set(card.splitNames).count == card.splits.count)
      for name in card.metrics + card.splits.flatMap({ $0.metrics ?? [] }) {
        let metric = try #require(
          MetricRegistry.all.first { $0.card.name == name }, "\(card.name): \(name)")
        #expect(metric.card.task == card.task.rawValue)
      }
      #expect(MetricRegistry.card(ofScore: card.primary, among: card.metrics) != nil)
      #expect(try card.defaultSplit().name == card.splitNames.first)
      for split in card.splits where split.answers == .hidden { #expect(split.server != nil) }
    }
  }

  /// A name means what the benchmark reports under it, and else what its task has.
  @Test func scoresBelongToTheMetricsOfTheirBenchmark() throws {
    let vqa = try BenchmarkRegistry.card(named: "vqav2")
    #expect(vqa.metric(named: "accuracy") == VQAAccuracy.self)
    #expect(vqa.metric(named: "accuracy-mplug") == MPLUGVQAAccuracy.self)
    #expect(vqa.metric(named: "CIDEr") == nil)
    #expect(vqa.metricCard(ofScore: "accuracy/what is")?.name == "accuracy")
    #expect(vqa.metricCard(ofScore: "accuracy-mplug/yes-no")?.name == "accuracy-mplug")
    #expect(vqa.metricCard(ofScore: "Bleu_4") == nil)
    let caption = try BenchmarkRegistry.card(named: "coco-caption")
    #expect(caption.metric(named: "Bleu_4") == BLEU.self)
    #expect(caption.metric(named: "Bleu") == BLEU.self)
    #expect(caption.metric(named: "accuracy") == nil)
  }

  @Test func everyDatasetFolderIsRegistered() throws {
    let folder = Golden.root.appendingPathComponent("Sources/Datasets")
    var declared: [String] = []
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    for case let file as URL in try #require(files) where file.pathExtension == "swift" {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /enum (\w+): Dataset \{/) { declared.append(String(match.1)) }
    }
    #expect(declared.sorted() == DatasetRegistry.all.map { "\($0)" }.sorted())
  }

  /// A new benchmark need not be in it before `make readme-table`.
  @Test func theReadmeNamesBenchmarksThatExist() throws {
    let readme = try String(
      contentsOf: Golden.root.appendingPathComponent("README.md"), encoding: .utf8)
    let table = try #require(readme.firstMatch(of: /<!-- benchmarks -->\n((?:.*\n)*?)<!-- end -->/))
    let rows = table.1.split(separator: "\n").filter { $0.hasPrefix("| ") }.dropFirst(2)
    #expect(!rows.isEmpty)
    for row in rows {
      let name = row.dropFirst(2).prefix { $0 != " " }
      #expect(BenchmarkRegistry.names.contains(String(name)), "\(row)")
    }
  }

  @Test func officialCounts() throws {
    let vqa = try BenchmarkRegistry.card(named: "vqav2")
    #expect(vqa.split(named: "val")?.samples == 214_354)
    #expect(vqa.split(named: "minival")?.samples == 25_994)
    #expect(vqa.split(named: "test-dev")?.samples == 107_394)
    #expect(vqa.split(named: "test-std")?.samples == 447_793)
    let coco = try BenchmarkRegistry.card(named: "coco-caption")
    #expect(coco.splits.map(\.samples) == [5000, 5000])
    let entailment = try BenchmarkRegistry.card(named: "snli-ve")
    #expect(entailment.splits.map(\.samples) == [17_858, 17_901])
    for split in entailment.splits {
      #expect(split.classes?.values.reduce(0, +) == split.samples)
    }
    let reasoning = try BenchmarkRegistry.card(named: "nlvr2")
    #expect(
      reasoning.splits.map { "\($0.name) \($0.samples)" } == [
        "dev 6982", "test-P 6967", "test2 6970", "dev-balanced 2300", "dev-unbalanced 3562",
        "test-P-balanced 2316", "test-P-unbalanced 3536",
      ])
  }

  @Test(arguments: [
    ("vqa2", "vqav2"), ("VQAv2", "vqav2"), ("coco", "coco-caption"),
    ("coco-captoin", "coco-caption"),
  ])
  func unknownBenchmarkSuggestsTheNearest(name: String, meant: String) {
    let error = #expect(throws: DatasetError.self) { try BenchmarkRegistry.card(named: name) }
    #expect(error?.description.contains("did you mean") == true)
    #expect(error?.description.contains(meant) == true)
  }
}
