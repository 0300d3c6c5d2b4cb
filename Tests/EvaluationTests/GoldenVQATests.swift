import Datasets
import Evaluation
import Foundation
import Metrics
import Records
import TestSupport
import Testing

/// The whole way from official files to numbers, against the official evaluator's output.
@Suite(.enabled(if: Golden.folder != nil)) struct GoldenVQATests {
  private static func folder() throws -> URL { try #require(Golden.folder) }

  private func report(
    predictions: String, annotations: String, metrics: [String]? = nil
  ) throws -> ScoreReport {
    let card = try BenchmarkRegistry.card(named: "vqav2")
    let request = ReferenceRequest(card: card, split: nil, source: .files([annotations]))
    return try Scorer(metrics: metrics, version: "0.0.0").score(
      predictions: predictions, against: try VQAv2.references(for: request), for: request)
  }

  @Test func syntheticSplitFromOfficialFiles() throws {
    let folder = try Self.folder().appendingPathComponent("datasets/vqav2/synthetic").path
    let card = try BenchmarkRegistry.card(named: "vqav2")
    let request = ReferenceRequest(
      card: card, split: card.split(named: "val"),
      source: .data(DataFolder(path: folder, folders: card.folders)))
    let references = try VQAv2.references(for: request)
    #expect(references.count == 180)
    let report = try Scorer(version: "0.0.0").score(
      predictions: "\(folder)/vqa_OpenEnded_mscoco_val2014_made_results.json",
      against: references, for: request)
    let expected = try JSONFile.read("\(folder)/expected_accuracy.json")["official"]
    try check(report, expected?["accuracy"])
    let perQuestion = try #require(expected?["per_question"]?.object)
    let samples = try #require(report.samples.scores.first { $0.name == "accuracy" }).values
    for (id, value) in zip(report.samples.ids, samples) {
      #expect(perQuestion["\(id)"]?.double == value, "question \(id)")
    }
    #expect(report.problems.contains { $0.code == "official_count" })
  }

  @Test func messyAnswers() throws {
    let vqa = try Self.folder().appendingPathComponent("metrics/vqa")
    let scratch = try TemporaryFolder()
    let annotations = try scratch.write(
      "annotations.json", try Golden.bytes(vqa.appendingPathComponent("messy.annotations.json.gz")))
    let predictions = vqa.appendingPathComponent("messy.results.json").path
    let report = try report(predictions: predictions, annotations: annotations)
    let expected = try JSONFile.read(
      vqa.appendingPathComponent("messy.expected_official.json").path)
    try check(report, expected["accuracy"])
    let rows = try #require(expected["evalQA"]?.array)
    let values = try #require(report.samples.scores.first { $0.name == "accuracy" }).values
    #expect(rows.count == values.count)
    for (row, (id, value)) in zip(rows, zip(report.samples.ids, values)) {
      #expect(row[0].flatMap(SampleID.init(json:)) == id)
      #expect(row[1]?.double == value, "question \(id)")
    }

    let ours = try self.report(
      predictions: predictions, annotations: annotations, metrics: ["accuracy-mplug"])
    let theirs = try JSONFile.read(vqa.appendingPathComponent("messy.expected_mplug.json").path)
    #expect(
      ours.metric("accuracy-mplug")?.value == theirs["accuracy"]?["overall"]?.double)
    // The negative twin: the two scorers differ on these files.
    #expect(ours.metric("accuracy-mplug")?.value != report.metric("accuracy")?.value)
  }

  /// Overall, per answer type and per question type, identical as printed.
  private func check(_ report: ScoreReport, _ accuracy: JSONValue?) throws {
    let overall = try #require(accuracy?["overall"]?.double)
    #expect(report.metric("accuracy")?.value == overall)
    let answerTypes = try #require(accuracy?["perAnswerType"]?.object)
    for member in answerTypes.members {
      let name = member.key.split(separator: "/").joined(separator: "-")
      #expect(report.metric("accuracy/\(name)")?.value == member.value.double)
    }
    let questionTypes = try #require(accuracy?["perQuestionType"]?.object)
    let groups = report.groups.filter { $0.kind == "question_type" }
    #expect(groups.count == questionTypes.members.count)
    for group in groups {
      #expect(questionTypes[group.name]?.double == group.value, "\(group.name)")
    }
  }
}
