import Datasets
import Evaluation
import Foundation
import Metrics
import Records
import TestSupport
import Testing

/// The whole way from the files of video tasks to numbers, against the reference programs' output.
@Suite(.enabled(if: Golden.folder != nil)) struct GoldenVideoTests {
  private static func folder(_ name: String) throws -> String {
    try #require(Golden.folder).appendingPathComponent("metrics/\(name)").path
  }

  private func report(
    _ benchmark: String, predictions: String, annotations: String,
    cleaning: CaptionCleaning? = nil
  ) throws -> ScoreReport {
    let card = try BenchmarkRegistry.card(named: benchmark)
    let request = ReferenceRequest(card: card, split: nil, source: .files([annotations]))
    return try Scorer(
      cleaning: cleaning, resources: MetricResources(meteor: GoldenMETEOR.data),
      version: "0.0.0"
    ).score(
      predictions: predictions,
      against: try DatasetRegistry.dataset(for: card).references(for: request), for: request)
  }

  @Test(arguments: ["msrvtt-qa", "msvd-qa"]) func videoQuestions(_ benchmark: String) throws {
    let folder = try Self.folder("videoqa")
    let expected = try JSONFile.read("\(folder)/expected.json")
    let scored = try report(
      benchmark, predictions: "\(folder)/results.json", annotations: "\(folder)/labels.jsonl")
    let accuracy = try #require(scored.metric("accuracy"))
    #expect(accuracy.value == expected["accuracy"]?.double)
    #expect(String(format: "%.4f", accuracy.value) == expected["printed"]?.string)
    #expect(scored.metrics.map(\.name) == ["accuracy", "accuracy/what"])
    #expect(scored.metric("accuracy/what")?.value == accuracy.value)
    #expect(scored.groups.map(\.name) == ["what"])
    #expect(scored.count == 1500)
    let near = try #require(scored.problems.first { $0.code == "near_answer" })
    #expect(near.count > 0)
    #expect(scored.problems.contains { $0.code == "made_ids" })
    // The clip is what is resampled: fewer clips than questions, and their names as in the list.
    #expect(scored.samples.clusters.first == "video7010")
    #expect(Set(scored.samples.clusters).count < 1500)
    #expect(
      accuracy.signature.description.hasPrefix("exact_match|nrefs:1|norm:none|split:custom@"))

    // The negative twin: each near answer, put right, is one hit more.
    let scratch = try TemporaryFolder()
    let labels = try JSONFile.lines("\(folder)/labels.jsonl")
    let records = try #require(try JSONFile.read("\(folder)/results.json").array)
    let index = try #require(
      records.firstIndex { record in
        let number = record["question_id"]?.int ?? 0
        return labels[number]["answer"] != record["answer"]
      })
    let number = try #require(records[index]["question_id"]?.int)
    var mended = records
    mended[index] = ["question_id": .int(number), "answer": try #require(labels[number]["answer"])]
    let path = try scratch.write("mended.json", try JSONValue.array(mended).text())
    let after = try report(
      benchmark, predictions: path, annotations: "\(folder)/labels.jsonl")
    #expect(after.metric("accuracy")?.value == 711.0 / 1500)
  }

  @Test func vatexCaptions() throws {
    let folder = try Self.folder("vatex")
    let scored = try report(
      "vatex-caption", predictions: "\(folder)/submission.json",
      annotations: "\(folder)/references.json", cleaning: .mplugVATEX)
    let expected = try JSONFile.read("\(folder)/expected.json")
    #expect(scored.count == 300)
    let names = scored.metrics.map(\.name)
    #expect(names.starts(with: ["Bleu_1", "Bleu_2", "Bleu_3", "Bleu_4"]))
    #expect(names.contains("METEOR") && names.contains("ROUGE_L") && names.contains("CIDEr"))
    for metric in scored.metrics {
      let official = try #require(expected["corpus"]?[metric.name]?.double, "\(metric.name)")
      #expect(abs(metric.value - official) <= 1e-9 * abs(official), "\(metric.name)")
      #expect(metric.signature.description.contains("|clean:mplug-vatex|"))
      let each = try #require(expected["per_image"]?[metric.name]?.array)
      let ours = try #require(scored.samples.scores.first { $0.name == metric.name }).values
      #expect(each.count == ours.count)
      for (official, value) in zip(each, ours) {
        let official = try #require(official.double)
        #expect(abs(value - official) <= 1e-9 * abs(official), "\(metric.name)")
      }
    }
    // What was scored is what the clean-up left, and how many it changed is said.
    let cleaned = try #require(expected["cleaned"]?.object)
    for (id, prediction) in zip(scored.samples.ids, scored.samples.predictions) {
      #expect(prediction.text == cleaned["\(id)"]?.string)
    }
    let submission = try #require(try JSONFile.read("\(folder)/submission.json").object)
    let changed = submission.members.count { cleaned[$0.key] != $0.value }
    #expect(scored.problems.first { $0.code == "captions_cleaned" }?.count == changed)

    // The negative twin: unless it is asked for, captions are scored as they are.
    let asTheyAre = try report(
      "vatex-caption", predictions: "\(folder)/submission.json",
      annotations: "\(folder)/references.json")
    for metric in scored.metrics {
      #expect(asTheyAre.metric(metric.name)?.value != metric.value, "\(metric.name)")
      #expect(asTheyAre.metric(metric.name)?.signature.description.contains("clean:") == false)
    }
    // Cleaned once by the reference program, cleaned again here: the same for its own files.
    let scratch = try TemporaryFolder()
    let path = try scratch.write("cleaned.json", try JSONValue.object(cleaned).text())
    let own = try report(
      "vatex-caption", predictions: path, annotations: "\(folder)/references.json")
    for metric in scored.metrics { #expect(own.metric(metric.name)?.value == metric.value) }
  }

  /// A set with clips gone is scored as if they had never been in it.
  @Test func vatexPartialSet() throws {
    let folder = try Self.folder("vatex")
    let scratch = try TemporaryFolder()
    let submission = try #require(try JSONFile.read("\(folder)/submission.json").object)
    let kept = submission.members.prefix(200)
    let predictions = try scratch.write(
      "p.json", try JSONValue.object(JSONObject(kept.map { ($0.key, $0.value) })).text())
    let references = try #require(try JSONFile.read("\(folder)/references.json").array)
    let names = Set(kept.map(\.key))
    let part = try scratch.write(
      "r.json",
      try JSONValue.array(references.filter { names.contains($0["videoID"]?.string ?? "") }).text())
    let whole = try report("vatex-caption", predictions: predictions, annotations: part)
    let card = try BenchmarkRegistry.card(named: "vatex-caption")
    let request = ReferenceRequest(
      card: card, split: nil, source: .files(["\(folder)/references.json"]))
    let partial = try Scorer(allowPartial: true, version: "0.0.0").score(
      predictions: predictions, against: try VATEX.references(for: request), for: request)
    #expect(partial.count == 200 && partial.expected == 300)
    for metric in partial.metrics {
      #expect(metric.value == whole.metric(metric.name)?.value, "\(metric.name)")
      #expect(metric.signature.description.contains("|partial:200/300|"))
    }
  }
}

/// References with a clip in two records, without the golden files.
@Suite struct RepeatedClipTests {
  @Test func eachRecordIsScored() throws {
    let scratch = try TemporaryFolder()
    let references = try scratch.write(
      "r.json",
      #"[{"videoID": "a", "enCap": ["a black dog runs"]}, {"videoID": "b", "enCap": ["two cats"]},"#
        + #" {"videoID": "a", "enCap": ["the third horse"]}]"#)
    let card = try BenchmarkRegistry.card(named: "vatex-caption")
    let request = ReferenceRequest(card: card, split: nil, source: .files([references]))
    func score(_ content: String, partial: Bool = false) throws -> ScoreReport {
      try Scorer(allowPartial: partial, version: "0.0.0").score(
        predictions: try scratch.write("p.json", content),
        against: try VATEX.references(for: request), for: request)
    }
    let report = try score(#"{"b": "two cats", "a": "a black dog runs"}"#)
    #expect(report.count == 3 && report.expected == 3)
    #expect(report.samples.ids == ["a", "b", "a"])
    #expect(
      report.samples.predictions.map(\.text) == [
        "a black dog runs", "two cats", "a black dog runs",
      ])
    let rouge = try #require(report.samples.scores.first { $0.name == "ROUGE_L" }).values
    #expect(rouge[0] == 1 && rouge[1] == 1 && rouge[2] < 1)
    // As many predictions as records and yet one of an unknown clip.
    let error = #expect(throws: DatasetError.self) {
      try score(#"{"b": "x", "a": "y", "c": "z"}"#, partial: true)
    }
    #expect(error?.description.contains("1 clips not in the reference set (first: c)") == true)
  }
}
