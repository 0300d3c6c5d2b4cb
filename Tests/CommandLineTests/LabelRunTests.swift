import Foundation
import Records
import TestSupport
import Testing

/// The command on SNLI-VE and NLVR2 files.
@Suite struct LabelRunTests {
  private static let pairs = [
    ("1.jpg#0r1e", "1", "entailment"), ("1.jpg#0r1n", "1", "neutral"),
    ("2.jpg#0r1c", "2", "contradiction"), ("2.jpg#0r1n", "2", "neutral"), ("3.jpg#0r1e", "3", "-"),
  ]

  private static let examples = [
    ("dev-1-0-0", "True"), ("dev-1-1-0", "False"), ("dev-1-0-1", "True"), ("dev-2-0-0", "False"),
  ]

  /// A data folder with both data sets.
  private func data() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    try folder.write(
      "data/snli_ve/snli_ve_test.jsonl",
      Self.pairs.map { id, image, label in
        #"{"pairID": "\#(id)", "Flickr30K_ID": "\#(image)", "gold_label": "\#(label)"}"# + "\n"
      }.joined())
    try folder.write(
      "data/nlvr2/data/dev.json",
      Self.examples.map { id, label in
        #"{"identifier": "\#(id)", "sentence": "A dog.", "label": "\#(label)"}"# + "\n"
      }.joined())
    return folder
  }

  private func arguments(
    _ benchmark: String, _ predictions: String, in folder: TemporaryFolder, _ more: String...
  ) -> [String] {
    ["score", benchmark, "--data", folder("data"), "--predictions", predictions] + more
  }

  private func scores(_ arguments: [String]) throws -> JSONValue {
    let result = try BuiltBinary.run(arguments + ["--format", "json"])
    #expect(result.status == 0, "\(result.errors)")
    return try JSONFile.parse(result.output)
  }

  private func value(_ scores: JSONValue, _ metric: String) -> Double? {
    scores["metrics"]?[metric]?["value"]?.double
  }

  /// The one run folder under a results folder.
  private func runFolder(under results: String) throws -> String {
    let runs = try files(under: results).filter { $0.hasSuffix("/run.json") }
    #expect(runs.count == 1)
    return results + "/" + String(try #require(runs.first).dropLast("/run.json".count))
  }

  @Test func entailmentRun() throws {
    let folder = try data()
    let predictions = try folder.write(
      "p.jsonl",
      """
      {"id": "1.jpg#0r1n", "label": "neutral"}
      {"id": "3.jpg#0r1e", "label": "neutral"}
      {"id": "1.jpg#0r1e", "logits": [0.5, -1, 0.75]}
      {"id": "2.jpg#0r1c", "logits": [0, 1, 1]}
      {"id": "2.jpg#0r1n", "label": "neutral"}

      """)
    let scores = try scores(
      arguments("snli-ve/test", predictions, in: folder, "--output", folder("out")))
    #expect(value(scores, "accuracy") == 0.75)
    #expect(scores["count"]?.int == 4 && scores["expected"]?.int == 4)
    let groups = scores["groups"]?["gold_label"]
    #expect(groups?["contradiction"]?["accuracy"]?.double == 0)
    #expect(groups?["neutral"]?["accuracy"]?.double == 1)
    #expect(groups?["neutral"]?["count"]?.int == 2)
    #expect(
      scores["problems"]?.array?.compactMap { $0["code"]?.string }
        == ["no_gold_label", "official_count", "tied_logits"])
    let signature = try #require(scores["metrics"]?["accuracy"]?["signature"]?.string)
    #expect(signature.hasPrefix("accuracy|task:entailment|classes:3|split:snli-ve-test@"))

    let run = try runFolder(under: folder("out"))
    #expect(
      try files(under: run) == ["report.html", "run.json", "samples.jsonl", "submission.json"])
    let samples = try JSONFile.lines(run + "/samples.jsonl")
    #expect(samples.compactMap { $0["id"]?.string } == Self.pairs.dropLast().map(\.0))
    #expect(samples.compactMap { $0["cluster"]?.string } == ["1", "1", "2", "2"])
    #expect(samples.compactMap { $0["scores"]?["accuracy"]?.double } == [1, 1, 0, 1])
    #expect(
      samples.compactMap { $0["prediction"]?.string }
        == ["entailment", "neutral", "neutral", "neutral"])
    try expectComparable(run)
    // The list that is kept is a prediction file again.
    let again = try self.scores(
      arguments("snli-ve/test", run + "/submission.json", in: folder))
    #expect(again["metrics"] == scores["metrics"])
    #expect(again["groups"] == scores["groups"])
  }

  @Test func reasoningRun() throws {
    let folder = try data()
    let predictions = try folder.write(
      "p.csv", "dev-2-0-0,maybe\ndev-1-0-0,true,0.9\ndev-1-1-0,False\ndev-1-0-1,False\n")
    let scores = try scores(
      arguments("nlvr2/dev", predictions, in: folder, "--output", folder("out")))
    #expect(value(scores, "accuracy") == 0.5)
    #expect(value(scores, "consistency") == 1.0 / 3)
    #expect(scores["metrics"]?["consistency"]?["count"]?.int == 3)
    #expect(
      scores["problems"]?.array?.compactMap { $0["code"]?.string }
        == ["official_count", "unknown_label"])
    let run = try runFolder(under: folder("out"))
    #expect(
      try files(under: run) == ["report.html", "run.json", "samples.jsonl", "submission.csv"])
    #expect(
      try String(contentsOfFile: run + "/submission.csv", encoding: .utf8)
        == "dev-1-0-0,True\ndev-1-1-0,False\ndev-1-0-1,False\ndev-2-0-0,maybe\n")
    let samples = try JSONFile.lines(run + "/samples.jsonl")
    #expect(samples.compactMap { $0["scores"]?["accuracy"]?.double } == [1, 1, 0, 0])
    #expect(
      samples.compactMap { $0["statistics"]?["consistency"]?.array?.compactMap(\.double) }
        == [[1, 1], [0, 0], [0, 1], [0, 1]])
    #expect(samples.compactMap { $0["cluster"]?.string } == ["dev-1", "dev-1", "dev-1", "dev-2"])
    try expectComparable(run)
    let again = try self.scores(arguments("nlvr2/dev", run + "/submission.csv", in: folder))
    #expect(again["metrics"] == scores["metrics"])
    // The same as records.
    let records = try folder.write(
      "p.json",
      #"[{"id": "dev-1-0-0", "label": "True"}, {"identifier": "dev-1-1-0", "label": "FALSE"},"#
        + #" {"id": "dev-1-0-1", "prediction": "False"}, {"id": "dev-2-0-0", "label": "maybe"}]"#)
    #expect(
      try self.scores(arguments("nlvr2/dev", records, in: folder))["metrics"] == scores["metrics"])
  }

  @Test func oneScoreAlone() throws {
    let folder = try data()
    let predictions = try folder.write(
      "p.csv", Self.examples.map { "\($0.0),\($0.1)\n" }.joined())
    let scores = try scores(
      arguments("nlvr2/dev", predictions, in: folder, "--metrics", "consistency"))
    #expect(scores["metrics"]?.object?.members.map(\.key) == ["consistency"])
    #expect(value(scores, "consistency") == 1)
    try expectFailure(
      64, saying: ["metric 'entailment' does not score the task 'reasoning'"],
      arguments("nlvr2/dev", predictions, in: folder, "--metrics", "entailment"), in: folder)
    // A list whose images are named in another way has no consistency.
    let list = try folder.write(
      "l.json", #"[{"images": ["a.png", "b.png"], "sentence": "s", "label": "True"}]"#)
    let numbered = try folder.write("n.csv", "0,True\n")
    let common = ["score", "nlvr2", "--annotations", list, "--predictions", numbered]
    #expect(try self.scores(common)["metrics"]?.object?.members.map(\.key) == ["accuracy"])
    try expectFailure(
      66, saying: ["metric 'consistency' needs image sets"], common + ["--metrics", "consistency"],
      in: folder)
  }

  @Test func partialSets() throws {
    let folder = try data()
    let predictions = try folder.write("p.csv", "dev-1-0-0,True\ndev-1-1-0,True\ndev-9-0-0,True\n")
    try expectFailure(
      65, saying: ["p.csv: 2 of 4 examples have no prediction (first: dev-1-0-1, dev-2-0-0)"],
      arguments("nlvr2/dev", predictions, in: folder, "--output", folder("out")), in: folder)
    let scores = try scores(
      arguments(
        "nlvr2/dev", predictions, in: folder, "--allow-partial", "--output", folder("out")))
    #expect(value(scores, "accuracy") == 0.5)
    #expect(value(scores, "consistency") == 0)
    let signature = try #require(scores["metrics"]?["consistency"]?["signature"]?.string)
    #expect(signature.contains("|partial:2/4|"))
    #expect(
      scores["problems"]?.array?.compactMap { $0["code"]?.string }
        == ["official_count", "partial_set", "other_samples"])
    let other = scores["problems"]?.array?.last
    #expect(other?["examples"]?.array?.compactMap(\.string) == ["dev-9-0-0"])
    // A part of the examples is no submission.
    let kept = try files(under: runFolder(under: folder("out")))
    #expect(kept == ["report.html", "run.json", "samples.jsonl"])
  }

  private static let badInputs:
    [(code: Int32, benchmark: String, content: String, says: [String])] =
      [
        (
          65, "snli-ve/test", #"[{"id": "1.jpg#0r1e", "label": "entails"}]"#,
          ["p:1:32: record 0: \"label\" must be a class", "did you mean entailment?"]
        ),
        (
          65, "snli-ve/test", #"[{"id": 1, "logits": [1, NaN, 2]}]"#,
          ["p:1:26: ", "NaN is not JSON"]
        ),
        (
          65, "snli-ve/test", #"[{"id": 1, "logits": [1, 2]}]"#,
          ["p:1:2: record 0: \"logits\" must be"]
        ),
        (
          65, "snli-ve/test", #"[{"id": 1, "label": "neutral"}]"#,
          ["1 pairs not in the reference set"]
        ),
        (65, "snli-ve/test", "[]", ["holds no label"]),
        (65, "snli-ve/test", "[{\"id\": 1,", ["p:1:11: ", "truncated"]),
        (
          65, "snli-ve/test", #"[{"id": "3.jpg#0r1e", "label": "neutral"}]"#,
          ["holds no prediction"]
        ),
        (65, "nlvr2/dev", "dev-1-0-0\n", ["p:1:1: expected identifier,prediction, found no comma"]),
        (
          65, "nlvr2/dev", "identifier,prediction\n\"dev-1-0-0\",\"True\"\n",
          ["2 examples not in the reference set (first: identifier, \"dev-1-0-0\")"]
        ),
        (65, "nlvr2/dev", "", ["holds no prediction"]),
        (65, "nlvr2/dev", "<html>,</html>", ["web page"]),
        (
          65, "nlvr2/dev", #"[{"id": "dev-1-0-0", "label": true}]"#,
          ["p:1:31: ", "must be a string"]
        ),
        (66, "nlvr2/test-P", "dev-1-0-0,True\n", ["looked for test1.json or nlvr_test.json in"]),
        (66, "snli-ve/val", "[]", ["looked for snli_ve_dev.jsonl or ve_dev.json in"]),
        (64, "nlvr2/test", "", ["has no split 'test'; it has dev, test-P, test2, dev-balanced"]),
        (64, "nlvr/dev", "", ["did you mean mini-nlvr2, nlvr2"]),
      ]

  @Test(arguments: badInputs.indices) func badInput(_ index: Int) throws {
    let (code, benchmark, content, says) = Self.badInputs[index]
    let folder = try data()
    let predictions = try folder.write("p", content)
    try expectFailure(
      code, saying: says,
      arguments(benchmark, predictions, in: folder, "--output", folder("out")), in: folder)
  }

  @Test func missingPredictionFile() throws {
    let folder = try data()
    for benchmark in ["nlvr2/dev", "snli-ve/test"] {
      try expectFailure(
        66, saying: ["there is no such file"], arguments(benchmark, folder("none"), in: folder),
        in: folder)
    }
  }

  /// The official slices, where they are at hand.
  @Test(.enabled(if: Golden.folder != nil)) func goldenSlices() throws {
    let datasets = try #require(Golden.folder).appendingPathComponent("datasets").path
    let predictions = "\(datasets)/nlvr2/predictions_dev.csv"
    for data in [datasets, "\(datasets)/nlvr2"] {
      let scores = try scores(
        ["score", "nlvr2/dev", "--data", data, "--predictions", predictions])
      #expect(value(scores, "accuracy") == 0.7875)
      #expect(value(scores, "consistency") == 0.5)
    }
    let scratch = try TemporaryFolder()
    let pairs = try JSONFile.lines("\(datasets)/snli_ve/snli_ve_test.jsonl")
    let labels = pairs.map { pair -> JSONValue in
      ["id": pair["pairID"] ?? .null, "label": pair["gold_label"] ?? .null]
    }
    let perfect = try scratch.write("p.json", try JSONValue.array(labels).text())
    for data in [datasets, "\(datasets)/snli_ve"] {
      let scores = try scores(["score", "snli-ve/test", "--data", data, "--predictions", perfect])
      #expect(value(scores, "accuracy") == 1)
      #expect(scores["count"]?.int == 10)
    }
    try expectFailure(
      65, saying: ["expected predictions, found an annotation file"],
      [
        "score", "nlvr2/dev", "--data", datasets, "--predictions",
        "\(datasets)/nlvr2/data/dev.json",
      ], in: scratch)
  }
}
