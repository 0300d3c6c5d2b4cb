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
        .filter { $0.hasSuffix(".yaml") }
      #expect(!names.isEmpty)
      for name in names {
        let text = try String(contentsOf: place.appendingPathComponent(name), encoding: .utf8)
        let embedded = try #require(
          EmbeddedFiles.file(at: prefix + name), "\(prefix + name) is not in benchmark_files.c")
        #expect(embedded.text == text)
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
        let metric = try #require(MetricRegistry.metric(named: name), "\(card.name): \(name)")
        #expect(metric.card.task == card.task.rawValue)
      }
      #expect(MetricRegistry.metric(named: card.primary) != nil)
      for split in card.splits where split.answers == .hidden { #expect(split.server != nil) }
    }
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

  @Test func everyBenchmarkHasItsMakeRuleAndItsLineInTheReadme() throws {
    func text(_ name: String) throws -> String {
      try String(contentsOf: Golden.root.appendingPathComponent(name), encoding: .utf8)
    }
    let makefile = try text("Makefile")
    let readme = try text("README.md")
    let rules = try #require(makefile.firstMatch(of: /(?m)^BENCHMARKS := (.*)$/)).1
    #expect(rules.split(separator: " ").map(String.init).sorted() == BenchmarkRegistry.names)
    for name in BenchmarkRegistry.names {
      #expect(makefile.contains("\nSPLIT_\(name) := "), "\(name) has no default split")
      #expect(readme.contains("`\(name)`"), "the README does not list \(name)")
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
