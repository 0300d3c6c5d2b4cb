import Foundation
import Metrics
import TestSupport
import Testing

@Suite("Metric registry")
struct MetricRegistryTests {
  @Test func namesAreUnique() {
    let names = MetricRegistry.all.map { $0.card.name }
    #expect(Set(names).count == names.count)
    for metric in MetricRegistry.all {
      #expect(Set(metric.card.produces).count == metric.card.produces.count)
    }
  }

  @Test func namesAreFound() {
    #expect(MetricRegistry.metric(named: "CIDEr", task: "caption") == CIDEr.self)
    #expect(MetricRegistry.metric(named: "Bleu_4", task: "caption") == BLEU.self)
    #expect(MetricRegistry.metric(named: "CIDEr", task: "vqa") == nil)
    #expect(MetricRegistry.metric(named: "Bleu_4", task: "vqa") == nil)
    #expect(MetricRegistry.metric(named: "cider", task: "caption") == nil)
  }

  @Test func scoresAreFoundAmongTheMetricsOfABenchmark() {
    let names = ["Bleu", "accuracy", "accuracy-mplug"]
    #expect(MetricRegistry.metric(ofScore: "Bleu_4", among: names) == BLEU.self)
    #expect(MetricRegistry.metric(ofScore: "accuracy/other", among: names) == VQAAccuracy.self)
    #expect(MetricRegistry.card(ofScore: "accuracy", among: names)?.name == "accuracy")
    // A metric's own name is no score unless it produces one of that name; others are not asked.
    #expect(MetricRegistry.card(ofScore: "Bleu", among: names) == nil)
    #expect(MetricRegistry.card(ofScore: "CIDEr", among: names) == nil)
    #expect(MetricRegistry.card(ofScore: "accuracy", among: ["Bleu"]) == nil)
    #expect(MetricRegistry.card(ofScore: "accuracy", among: []) == nil)
  }

  /// A type that declares itself a metric must stand in the list.
  @Test func everyMetricIsListed() throws {
    let folder = Golden.root.appendingPathComponent("Sources/Metrics")
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
    var declared: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      let source = try String(contentsOf: file, encoding: .utf8)
      for match in source.matches(of: /(?:struct|enum) (\w+): (?:\w+)?Metric\b/) {
        declared.insert(String(match.1))
      }
    }
    #expect(declared == Set(MetricRegistry.all.map { String(describing: $0) }))
  }

  @Test func captionMetricsProduceWhatTheirCardsSay() throws {
    let corpus = try CaptionCorpus(hypotheses: ["a b", "c"], references: [["a"], ["c d"]])
    for type in MetricRegistry.all {
      guard let caption = type as? any CaptionMetric.Type else { continue }
      #expect(try caption.init().scores(of: corpus).map(\.name) == type.card.produces)
      #expect(type.card.task == "caption")
    }
  }
}
