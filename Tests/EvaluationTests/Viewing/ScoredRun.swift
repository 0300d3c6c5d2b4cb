import Datasets
import Evaluation
import Foundation
import Records
import TestSupport
import Testing

/// A run folder as `score --output` makes it, in a folder of its own with the data.
struct ScoredRun {
  let scratch = Result { try TemporaryFolder() }
  let benchmark: String
  /// The data folder in the temporary one, or elsewhere.
  var data: String?
  /// Files under the temporary folder: data under `data/`.
  var files: [(name: String, content: String)] = []
  /// What is scored.
  var predictions: (name: String, content: String)
  /// Whether it goes into the run folder too, as runs of a model have it.
  var keepsPredictions = false
  /// What goes into the run folder in its place.
  var kept: String?
  var hasRefCOCO = false
  /// Annotation files in place of the data folder.
  var annotations: [String] = []
  var metrics: [String]?

  /// The command that the run's record has.
  var command: [String] {
    get throws {
      let source =
        annotations.isEmpty
        ? ["--data", try folder]
        : ["--annotations"] + (try annotations.map { try scratch.get()($0) })
      return ["mplug-eval", "score", benchmark] + source + ["--predictions", "p"]
    }
  }

  /// The data folder.
  var folder: String { get throws { try data ?? scratch.get()("data") } }

  /// Scores, writes the run folder and gives its path.
  func write() throws -> String {
    let scratch = try scratch.get()
    if hasRefCOCO { try SmallRefCOCO().write(to: scratch, "data/refcoco") }
    for (name, content) in files { try scratch.write(name, content) }
    let path = try scratch.write(predictions.name, predictions.content)
    let (card, split) = try BenchmarkName(benchmark).resolve()
    let source: ReferenceRequest.Source =
      annotations.isEmpty
      ? .data(DataFolder(path: try folder, folders: card.folders))
      : .files(annotations.map { scratch($0) })
    let request = ReferenceRequest(card: card, split: split, source: source)
    let references = try DatasetRegistry.dataset(for: card).references(for: request)
    let scorer = Scorer(allowPartial: true, metrics: metrics, version: "0.0.0")
    let report = try scorer.score(predictions: path, against: references, for: request)
    let writer = RunWriter(
      RunWriter.Context(
        model: "m", command: try command, started: Date(), program: URL(fileURLWithPath: "/x")))
    let run = try writer.write(
      report, writer.record(of: report, bootstrap: [:]), under: scratch("runs"))
    if keepsPredictions {
      try (kept ?? predictions.content).write(
        toFile: "\(run)/predictions.jsonl", atomically: true, encoding: .utf8)
    }
    return run
  }

  /// The view of the run.
  func view() throws -> RunView { try RunView(folder: try write()) }
}

extension ScoredRun {
  private static let mini = Golden.root.appendingPathComponent("benchmarks/mini").path

  /// Ten answers a question; some predictions are nearly right, and one is damaged in case.
  static func answers() throws -> ScoredRun {
    ScoredRun(
      benchmark: "mini-vqav2/val", data: mini,
      predictions: ("p.json", try text("predictions/hasty/vqav2-val.json")))
  }

  static func captions() throws -> ScoredRun {
    ScoredRun(
      benchmark: "mini-coco-caption/test", data: mini,
      predictions: ("p.json", try text("predictions/hasty/coco-caption-test.json")))
  }

  private static func text(_ name: String) throws -> String {
    try String(contentsOfFile: "\(mini)/\(name)", encoding: .utf8)
  }

  static var boxes: ScoredRun {
    ScoredRun(
      benchmark: "refcoco/testA",
      predictions: (
        "p.jsonl",
        #"{"sent_id": 5, "bbox": [10.5, 20.75, 200.25, 150.25], "tokens": [7], "remarks": ["r"]}"#
          + "\n" + #"{"sent_id": 3, "bbox": [300, 300, 20, 20]}"# + "\n"
          + #"{"sent_id": 7, "bbox": [400, 100, 99.99, 150]}"# + "\n"
      ), keepsPredictions: true, hasRefCOCO: true, metrics: ["grounding", "grounding-mplug"])
  }

  static var statements: ScoredRun {
    ScoredRun(
      benchmark: "nlvr2/dev",
      files: [
        (
          "data/dev.json",
          [("dev-1-0-0", "True"), ("dev-1-1-0", "False"), ("dev-1-0-1", "True")].map {
            #"{"identifier": "\#($0)", "label": "\#($1)", "sentence": "\#($0)?"}"#
          }.joined(separator: "\n")
        ), ("data/dev/dev-1-0-img1.png", "x"),
      ],
      predictions: ("p.csv", "dev-1-0-0,true\ndev-1-1-0,True\ndev-1-0-1,True\n"))
  }

  static var pairs: ScoredRun {
    ScoredRun(
      benchmark: "snli-ve/test",
      files: [
        (
          "data/snli_ve_test.jsonl",
          [("a", "neutral"), ("b", "entailment")].map {
            #"{"pairID": "\#($0)", "Flickr30K_ID": "1", "gold_label": "\#($1)", "sentence2": "s\#($0)"}"#
          }.joined(separator: "\n")
        ), ("data/flickr30k-images/1.jpg", "x"),
      ],
      predictions: (
        "p.jsonl",
        #"{"id": "a", "label": "neutral", "logits": [0.5, 2, -1]}"# + "\n"
          + #"{"id": "b", "label": "neutral", "logits": [0.5, 2, 1.5]}"# + "\n"
      ), keepsPredictions: true)
  }

  static var videoAnswers: ScoredRun {
    ScoredRun(
      benchmark: "msvd-qa/test",
      files: [
        (
          "data/test_qa.json",
          #"[{"answer": "dog", "id": 37348, "question": "who?", "video_id": 1451},"#
            + #" {"answer": "cat", "id": 37349, "question": "what is it?", "video_id": 1451}]"#
        )
      ],
      predictions: (
        "p.jsonl",
        #"{"question_id": 37348, "answer": "dog", "#
          + #""candidates": [{"score": 0.75, "text": "dog"}, {"score": 0.25, "text": "cat"}]}"#
          + "\n"
          + #"{"question_id": 37349, "answer": "Cat"}"# + "\n"
      ), keepsPredictions: true)
  }

  /// Three images with two, one and two texts. Pairs that count in one direction only, and a tie.
  static var pairScores: ScoredRun {
    ScoredRun(
      benchmark: "coco-retrieval/test",
      files: [
        (
          "data/coco_test.json",
          #"[{"image": "val2014/COCO_val2014_000000000007.jpg", "caption": ["t0", "t1"]},"#
            + #" {"image": "val2014/COCO_val2014_000000000005.jpg", "caption": ["t2"]},"#
            + #" {"image": "val2014/COCO_val2014_000000000009.jpg", "caption": ["t3", "t4"]}]"#
        ), ("data/val2014/COCO_val2014_000000000005.jpg", "x"),
      ],
      predictions: (
        "p.jsonl",
        """
        {"query": "image:7", "ranking": ["text:2", "text:3", "text:0", "text:4", "text:1"]}
        {"query": "image:5", "ranking": ["text:2", "text:4", "text:3", "text:1", "text:0"]}
        {"query": "image:9", "ranking": ["text:4", "text:0", "text:3", "text:2", "text:1"]}
        {"query": "text:0", "ranking": [7, 9, 5]}
        {"query": "text:1", "ranking": [9, 5, 7]}
        {"query": "text:2", "ranking": [5, 9, 7]}
        {"query": "text:3", "ranking": [7, 9, 5]}
        {"query": "text:4", "ranking": [5, 9, 7]}

        """
      ), keepsPredictions: true,
      kept: #"{"image": "7", "texts": [0, 2, 3], "scores": [0.5, 2.5, 0.5], "lists": "bvb"}"#
        + "\n" + #"{"image": "5", "texts": [2, 4], "scores": [1.5, 1.5], "lists": "bt"}"# + "\n"
        + #"{"image": "9", "texts": [0, 4], "scores": [-0.25, 1.25], "lists": "bb"}"# + "\n")
  }

  /// Questions whose answers are hidden.
  static var hidden: ScoredRun {
    ScoredRun(
      benchmark: "vqav2/test-dev",
      files: [
        (
          "data/v2_OpenEnded_mscoco_test-dev2015_questions.json",
          #"{"questions": [{"question_id": 2000, "image_id": 2, "question": "Why?"},"#
            + #" {"question_id": 1000, "image_id": 1, "question": "Who?"}]}"#
        )
      ],
      predictions: (
        "p.json",
        #"[{"question_id": 1000, "answer": "me"}, {"question_id": 2000, "answer": "so"}]"#
      ))
  }

  /// A clip that stands in two records.
  static var repeated: ScoredRun {
    ScoredRun(
      benchmark: "vatex-caption/test",
      files: [
        (
          "data/vatex_public_test_english_v1.1.json",
          #"[{"videoID": "b_000001_000011", "enCap": ["A dog runs.", "The dog runs fast."]},"#
            + #" {"videoID": "a_000001_000011", "enCap": ["A cat sleeps here."]},"#
            + #" {"videoID": "b_000001_000011", "enCap": ["Dogs run.", "a dog"]}]"#
        )
      ],
      predictions: (
        "p.json", #"{"b_000001_000011": "a dog runs", "a_000001_000011": "the cat sleeps"}"#
      ))
  }
}
