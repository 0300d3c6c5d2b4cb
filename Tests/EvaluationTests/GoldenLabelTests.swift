import Datasets
import Evaluation
import Foundation
import Metrics
import Records
import TestSupport
import Testing

/// The whole way from official files to numbers for SNLI-VE and NLVR2, against the output of the
/// official script where there is one.
@Suite(.enabled(if: Golden.folder != nil)) struct GoldenLabelTests {
  private static func path(_ name: String) throws -> String {
    try #require(Golden.folder).appendingPathComponent(name).path
  }

  private func request(
    _ benchmark: String, split: String? = nil, _ source: ReferenceRequest.Source? = nil
  ) throws -> ReferenceRequest {
    let card = try BenchmarkRegistry.card(named: benchmark)
    let folder = DataFolder(path: try Self.path("datasets"), folders: card.folders)
    return ReferenceRequest(
      card: card, split: split.flatMap(card.split(named:)), source: source ?? .data(folder))
  }

  private func score(
    _ predictions: String, _ request: ReferenceRequest, allowPartial: Bool = false
  ) throws -> ScoreReport {
    let dataset = try DatasetRegistry.dataset(for: request.card)
    return try Scorer(allowPartial: allowPartial, version: "0.0.0").score(
      predictions: predictions, against: try dataset.references(for: request), for: request)
  }

  private static let numbers = [
    "perfect", "good", "chance", "wrong", "lower_case", "shuffled", "extra_rows",
    "duplicate_rows_last_wins", "unknown_words",
  ]

  private func official(_ name: String) throws -> ReferenceRequest {
    try request("nlvr2", .files([try Self.path("metrics/nlvr2/labels.jsonl")]))
  }

  @Test(arguments: numbers) func theOfficialScriptsNumbers(_ name: String) throws {
    let expected = try #require(
      try JSONFile.read(try Self.path("metrics/nlvr2/expected.json"))[name])
    let file = try Self.path("metrics/nlvr2/\(name).csv")
    let report = try score(file, official(name))
    #expect(report.count == 3000)
    #expect(report.metric("accuracy")?.value == expected["accuracy"]?.double)
    #expect(report.metric("consistency")?.value == expected["consistency"]?.double)
    let codes = report.problems.map(\.code)
    #expect(
      codes.contains("replaced_prediction") == ["extra_rows", Self.numbers[7]].contains(name))
    #expect(codes.contains("other_samples") == (name == "extra_rows"))
    #expect(codes.contains("unknown_label") == (name == "unknown_words"))

    // The negative twin: the first example's prediction turned round.
    let text = try String(contentsOfFile: file, encoding: .utf8)
    let example = report.samples.ids[0].description
    let isRight = report.samples.scores[0].values[0] == 1
    let label = try #require(
      try JSONFile.lines(try Self.path("metrics/nlvr2/labels.jsonl")).first?["label"]?.string)
    let other = isRight ? (label == "True" ? "False" : "True") : label
    let scratch = try TemporaryFolder()
    let turned = try score(
      try scratch.write("p.csv", "\(text)\n\(example),\(other)\n"), official(name))
    let change = try #require(turned.metric("accuracy")?.value) * 3000
    #expect(
      (change - (try #require(report.metric("accuracy")?.value)) * 3000).rounded()
        == (isRight ? -1 : 1))
  }

  /// Where the script prints no number, or stops, there is an error that names the first ones.
  @Test(arguments: ["missing_rows", "missing_but_padded"])
  func missingPredictions(_ name: String) throws {
    let expected = try #require(
      try JSONFile.read(try Self.path("metrics/nlvr2/expected.json"))[name])
    #expect(expected["accuracy"] == nil)
    let file = try Self.path("metrics/nlvr2/\(name).csv")
    let error = #expect(throws: DatasetError.self) { try score(file, official(name)) }
    let message = try #require(error?.description)
    #expect(message.contains("of 3000 examples have no prediction (first: dev-337-0-1"))
    #expect(message.contains("--allow-partial"))
    let partial = try score(file, official(name), allowPartial: true)
    #expect(partial.count == (name == "missing_rows" ? 2995 : 2998))
    #expect(partial.problems.contains { $0.code == "partial_set" })
  }

  @Test func developmentSlice() throws {
    let report = try score(
      try Self.path("datasets/nlvr2/predictions_dev.csv"), request("nlvr2", split: "dev"))
    let expected = try JSONFile.read(try Self.path("datasets/nlvr2/expected_metrics_dev.json"))
    for metric in ["accuracy", "consistency"] {
      #expect(report.metric(metric)?.value == expected[metric]?.double)
    }
    // Image sets are resampled: a consistency of groups has an interval, and its rows are kept.
    #expect(Set(report.samples.clusters).count < report.count)
    #expect(report.metric("consistency")?.interval != nil)
    #expect(report.samples.scores.map(\.name) == ["accuracy"])
    #expect(report.samples.statistics.map(\.name) == ["consistency"])
    #expect(report.samples.statistics[0].rows.whole == report.metric("consistency")?.value)

    // The parts are subsets of the same examples.
    for (split, count) in [("dev-balanced", 48), ("dev-unbalanced", 88)] {
      let part = try score(
        try Self.path("datasets/nlvr2/predictions_dev.csv"), request("nlvr2", split: split))
      #expect(part.count == count)
      #expect(part.problems.first { $0.code == "other_samples" }?.count == 160 - count)
    }
    let foreign = #expect(throws: DatasetError.self) {
      try score(
        try Self.path("datasets/nlvr2/predictions_dev.csv"), request("nlvr2", split: "test-P"))
    }
    #expect(foreign?.description.contains("160 examples not in the reference set") == true)
  }

  /// The list of the reference project has the examples in the order of the official file, so that
  /// the same answers give the same numbers, consistency included.
  @Test func theListGivesTheSameNumbers() throws {
    let scratch = try TemporaryFolder()
    let official = try score(
      try Self.path("datasets/nlvr2/predictions_dev.csv"), request("nlvr2", split: "dev"))
    let lines = official.samples.predictions.enumerated().map { index, prediction in
      "\(index),\(prediction.text ?? "")"
    }
    let list = try request(
      "nlvr2", .files([try Self.path("datasets/nlvr2/reference_lists/nlvr_dev.json")]))
    let report = try score(
      try scratch.write("p.csv", lines.joined(separator: "\n")), list)
    #expect(report.metrics.map(\.value) == official.metrics.map(\.value))
    #expect(report.metrics.map(\.interval) == official.metrics.map(\.interval))
    #expect(report.problems.map(\.code) == ["made_ids"])
    let error = #expect(throws: DatasetError.self) {
      try score(try Self.path("datasets/nlvr2/predictions_dev.csv"), list)
    }
    #expect(error?.description.contains("the list of references has no ids") == true)
  }

  /// The submission file of each prediction file, scored, gives the same numbers.
  @Test(arguments: numbers) func submissionsReadBack(_ name: String) throws {
    let report = try score(try Self.path("metrics/nlvr2/\(name).csv"), official(name))
    let scratch = try TemporaryFolder()
    try #require(NLVR2.submission).write(
      ids: report.samples.ids, predictions: report.samples.predictions, to: scratch("s.csv"))
    let again = try score(scratch("s.csv"), official(name))
    #expect(again.metrics.map(\.value) == report.metrics.map(\.value))
    #expect(again.samples.ids == report.samples.ids)
  }

  @Test func entailmentSlices() throws {
    let scratch = try TemporaryFolder()
    func predictions(_ ids: [SampleID], _ label: String) throws -> String {
      let records = ids.map { id -> JSONValue in ["id": id.json, "label": .string(label)] }
      return try scratch.write("p.json", try JSONValue.array(records).text())
    }
    let test = try request("snli-ve", split: "test")
    let references = try SNLIVE.references(for: test)
    #expect(references.ids.first == "2248275918.jpg#2r1c")
    let report = try score(predictions(references.ids, "neutral"), test)
    #expect(report.metric("accuracy")?.value == 0.5)
    #expect(report.groups.map(\.name) == ["contradiction", "neutral", "entailment"])
    #expect(report.groups.map(\.count) == [2, 5, 3])
    #expect(report.groups.map(\.value) == [0, 1, 0])
    // The slice's one photo is of another part of the Entities split.
    #expect(report.problems.map(\.code) == ["entities_split", "official_count"])
    // One photo has no spread.
    #expect(report.metric("accuracy")?.interval == nil)
    #expect(
      try score(predictions(references.ids, "entailment"), test).metric("accuracy")?.value == 0.3)

    let derived = try request(
      "snli-ve", .files([try Self.path("datasets/snli_ve/xvnli_en_test.jsonl")]))
    let pairs = try SNLIVE.references(for: derived)
    guard case .labels(let labels) = pairs.content else {
      Issue.record("no labels")
      return
    }
    #expect(labels.ids.count == 148 && labels.unlabelled.count == 2)
    // A model answers all 150 pairs; the two without a class are passed over.
    let whole = try score(predictions(labels.ids + labels.unlabelled, "entailment"), derived)
    #expect(whole.metric("accuracy")?.value == 47.0 / 148)
    #expect(whole.problems.map(\.code) == ["no_gold_label"])
    #expect(whole.isComplete)
    let unknown = #expect(throws: DatasetError.self) {
      try score(predictions(labels.ids + ["x"], "entailment"), derived)
    }
    #expect(unknown?.description.contains("1 pairs not in the reference set (first: x)") == true)

    let list = try request(
      "snli-ve", .files([try Self.path("datasets/snli_ve/reference_lists/ve_test.json")]))
    let numbers = try SNLIVE.references(for: list)
    #expect(numbers.count == 158)
    let listed = try score(predictions(numbers.ids, "entailment"), list)
    #expect(listed.metric("accuracy")?.value == 50.0 / 158)
    #expect(listed.problems.map(\.code) == ["made_ids", "no_gold_label"])
  }
}
