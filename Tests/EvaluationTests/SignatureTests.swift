import Datasets
import Evaluation
import Foundation
import Metrics
import Records
import TestSupport
import Testing

/// Signatures, groups, intervals and clusters on small sets.
@Suite struct SignatureTests {
  private static let annotations = #"""
    {"annotations": [
    {"question_id": 1, "image_id": 7, "question_type": "is the", "answer_type": "yes/no",
     "answers": [{"answer": "yes", "answer_id": 1}, {"answer": "yes", "answer_id": 2},
                 {"answer": "yes", "answer_id": 3}, {"answer": "yes", "answer_id": 4}]},
    {"question_id": 2, "image_id": 8, "question_type": "what", "answer_type": "other",
     "answers": [{"answer": "a dog", "answer_id": 1}, {"answer": "dog", "answer_id": 2},
                 {"answer": "cat", "answer_id": 3}, {"answer": "dog", "answer_id": 4}]},
    {"question_id": 3, "image_id": 7, "question_type": "is the", "answer_type": "yes/no",
     "answers": [{"answer": "no", "answer_id": 1}, {"answer": "no", "answer_id": 2},
                 {"answer": "no", "answer_id": 3}, {"answer": "no", "answer_id": 4}]}
    ]}
    """#

  private func score(
    _ predictions: String, annotations: String = annotations, split: String? = nil,
    scorer: Scorer = Scorer(version: "9.9.9")
  ) throws -> (report: ScoreReport, digest: String) {
    let scratch = try TemporaryFolder()
    let path = try scratch.write("annotations.json", annotations)
    let card = try BenchmarkRegistry.card(named: "vqav2")
    let request = ReferenceRequest(
      card: card, split: split.flatMap { card.split(named: $0) }, source: .files([path]))
    let references = try VQAv2.references(for: request)
    let report = try scorer.score(
      predictions: try scratch.write("predictions.json", predictions), against: references,
      for: request)
    return (report, SHA256.hexDigest(of: Array(annotations.utf8)))
  }

  private static let predictions =
    #"[{"question_id": 3, "answer": "yes"}, {"question_id": 1, "answer": "Yes"},"#
    + #" {"question_id": 2, "answer": "the dog"}]"#

  @Test func fields() throws {
    let (report, digest) = try score(Self.predictions)
    let signature = try #require(report.metric("accuracy")).signature.description
    #expect(
      signature
        == "accuracy|nrefs:4|norm:vqa-v2|digits:unicode|split:custom@\(digest.prefix(8))|n:3|v:9.9.9"
    )
    #expect(report.split == "custom")
    // Whether files that were given are the whole split nobody knows: they are not signed as it.
    let named = try score(Self.predictions, split: "val").report
    #expect(named.metric("accuracy")?.signature.description == signature)
    #expect(named.split == "custom")
    #expect(named.references == "custom@\(digest.prefix(8))")
    #expect(named.problems.map(\.code) == ["split_not_applied"])
  }

  @Test func anotherFileAnotherDigest() throws {
    let before = try score(Self.predictions)
    let after = try score(Self.predictions, annotations: Self.annotations + "\n")
    #expect(after.digest != before.digest)
    let signature = try #require(after.report.metric("accuracy")).signature.description
    #expect(signature.contains("|split:custom@\(after.digest.prefix(8))|"))
    #expect(before.report.metric("accuracy")?.value == after.report.metric("accuracy")?.value)
  }

  @Test func partialSets() throws {
    let scorer = Scorer(allowPartial: true, version: "9.9.9")
    let (report, digest) = try score(
      #"[{"question_id": 3, "answer": "no"}]"#, scorer: scorer)
    let metric = try #require(report.metric("accuracy"))
    #expect(
      metric.signature.description.hasSuffix(
        "|split:custom@\(digest.prefix(8))|partial:1/3|v:9.9.9"))
    #expect(metric.value == 100)
    #expect(metric.count == 1)
    #expect(report.count == 1 && report.expected == 3 && !report.isComplete)
    #expect(report.problems.map(\.code) == ["partial_set"])
    // One picture has no spread.
    #expect(metric.interval == nil)
  }

  /// Values by hand. Question 1 is unanimous: "Yes" is compared as written and misses. Question 2:
  /// "the dog" is "dog" after normalization and equals three of four answers; leaving each out in
  /// turn leaves 2, 2, 3, 2 of three: 2/3, 2/3, 1, 2/3. Question 3 is answered wrongly.
  @Test func groupsAndValues() throws {
    let (report, _) = try score(Self.predictions)
    #expect(report.samples.ids == [1, 2, 3])
    #expect(report.samples.predictions.map(\.text) == ["Yes", "the dog", "yes"])
    let values = try #require(report.samples.scores.first { $0.name == "accuracy" }).values
    #expect(values[0] == 0 && values[2] == 0)
    #expect(abs(values[1] / values.reduce(0, +) - 1) < 1e-12)
    #expect(report.metric("accuracy")?.value == 25)
    #expect(report.metric("accuracy/other")?.value == 75)
    #expect(report.metric("accuracy/yes-no")?.value == 0)
    #expect(report.metric("accuracy/yes-no")?.count == 2)
    let groups = report.groups.filter { $0.kind == "question_type" }
    #expect(groups.map(\.name).sorted() == ["is the", "what"])
    #expect(groups.first { $0.name == "is the" }?.count == 2)
    #expect(groups.first { $0.name == "what" }?.value == 75)
  }

  /// Questions of a picture are drawn together, so that with two pictures a resample is one of
  /// them twice, or both: the interval ends are the pictures' own values.
  @Test func clustersAreImages() throws {
    let (report, _) = try score(Self.predictions)
    #expect(report.samples.clusters == [7, 8, 7])
    let interval = try #require(report.metric("accuracy")?.interval)
    #expect(interval.lower == 0)
    #expect(abs(interval.upper - 75) < 1e-9)
  }

  @Test func intervalsAreDeterministic() throws {
    let first = try score(Self.predictions).report.metrics.map(\.interval)
    let second = try score(Self.predictions).report.metrics.map(\.interval)
    #expect(first == second)
    #expect(first.contains { $0 != nil })
    let mini = Golden.root.appendingPathComponent("benchmarks/mini").path
    let card = try BenchmarkRegistry.card(named: "mini-vqav2")
    let request = ReferenceRequest(
      card: card, split: card.split(named: "val"),
      source: .data(DataFolder(path: mini, folders: card.folders)))
    let references = try VQAv2.references(for: request)
    func intervals(_ bootstrap: Bootstrap) throws -> [ConfidenceInterval?] {
      try Scorer(bootstrap: bootstrap, version: "1").score(
        predictions: "\(mini)/predictions/hasty/vqav2-val.json", against: references, for: request
      ).metrics.map(\.interval)
    }
    #expect(try intervals(Bootstrap()) == intervals(Bootstrap()))
    #expect(try intervals(Bootstrap()) != intervals(Bootstrap(seed: 1)))
  }

  @Test func severalFilesHaveADigestOfTheirOwn() throws {
    let mini = Golden.root.appendingPathComponent("benchmarks/mini/coco/annotations").path
    let names = ["captions_val2014.json", "captions_train2014.json"]
    let set = try COCOCaption.references(in: names.map { "\(mini)/\($0)" }, label: "custom")
    let joined = set.files.map(\.sha256).joined(separator: "\n")
    #expect(set.contentDigest == SHA256.hexDigest(of: Array(joined.utf8)))
    let one = try COCOCaption.references(in: ["\(mini)/\(names[0])"], label: "custom")
    #expect(one.contentDigest == one.files[0].sha256)
  }

  @Test func metricsThatDoNotFit() throws {
    for (name, says) in [
      ("CIDEr", "does not score the task 'vqa'"), ("acuracy", "did you mean accuracy"),
    ] {
      let error = #expect(throws: EvaluationError.self) {
        try score(Self.predictions, scorer: Scorer(metrics: [name], version: "1"))
      }
      #expect(error?.description.contains(says) == true)
    }
    let error = #expect(throws: EvaluationError.self) {
      try score(Self.predictions, scorer: Scorer(metrics: ["soft_accuracy"], version: "1"))
    }
    #expect(error?.description.contains("metric 'soft_accuracy' needs") == true)
  }

  @Test func softAccuracyOfMinival() throws {
    let scratch = try TemporaryFolder()
    try scratch.write(
      "minival.json",
      #"[{"question_id": 1, "label": {"yes": 1, "no": 0.3}}, {"question_id": 2, "label": {}}]"#)
    let card = try BenchmarkRegistry.card(named: "vqav2")
    let request = ReferenceRequest(
      card: card, split: card.split(named: "minival"),
      source: .data(DataFolder(path: scratch.path, folders: card.folders)))
    let predictions = try scratch.write(
      "p.json",
      #"[{"question_id": 1, "answer": "no"}, {"question_id": 2, "answer": "no"}]"#)
    let report = try Scorer(version: "1").score(
      predictions: predictions, against: try VQAv2.references(for: request), for: request)
    #expect(report.metrics.map(\.name) == ["soft_accuracy"])
    let values = try #require(report.samples.scores.first).values
    #expect(values[1] == 0)
    #expect(values[0] / (try #require(report.metrics.first).value) == 2)
    #expect(report.problems.map(\.code) == ["official_count", "metric_not_available"])
  }
}
