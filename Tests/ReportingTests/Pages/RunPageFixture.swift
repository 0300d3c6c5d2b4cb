import Datasets
import Evaluation
import Metrics
import Records
import Reporting

/// A made-up run with samples, for tests of pages.
enum RunPageFixture {
  /// Texts that try to leave their place in a page, or to break it.
  static let hostile = [
    "</script><script>document.title='broken'</script>",
    "<!-- <script> -->", "\"'><img src=x>",
    "line\u{2028}separator\u{2029}s", "a\u{0}b\u{1B}[31m\u{7}",
    "]]>&lt;&amp;&#x3c;", "\\\" \\u003c", "<\u{301}b>",
    String(decoding: [0xEF, 0xBF, 0xBF, 0xEF, 0xB7, 0x90], as: UTF8.self),
    "javascript:alert(1)",
    "{{x}} ${x} `y`",
    "\u{202E}backwards", "日本語 é 👩‍👩‍👧",
  ]

  /// A record as a scored file has it.
  static func record(
    model: String = "attentive", count: Int = 120, expected: Int = 120,
    metrics: [RunRecord.Metric]? = nil, problems: [Problem] = [], weights: String? = nil,
    groups: JSONValue = [
      "question_type": [
        "what color": ["count": 70, "accuracy": 61.5], "how many": ["count": 50, "accuracy": 40.0],
      ]
    ]
  ) -> RunRecord {
    let signature = "VQA-accuracy|refs:10|split:mini-val@1a2b|n:\(count)|v:0.1.0"
    return RunRecord(
      references: "mini-val@1a2b", status: count == expected ? .complete : .partial,
      benchmark: "mini-vqav2", split: "val", task: "vqa", model: model, id: "0123456789ab",
      count: count, expected: expected,
      metrics: metrics ?? [
        RunRecord.Metric(
          name: "accuracy", value: 52.5, unrounded: 52.5, interval: (44.25, 60.5), count: count,
          signature: signature)
      ],
      groups: groups, problems: problems,
      protocol: .object(
        JSONObject(
          [("predictions", "model")] + (weights.map { [("weights", .string($0))] } ?? []))),
      provenance: [
        "command": ["mplug-eval", "run", "it's/x y"],
        "files": [
          [
            "role": "predictions", "path": "p/<b>.json", "bytes": 1234,
            "sha256": .string(String(repeating: "ab", count: 32)),
          ]
        ],
        "started": "2026-11-25T18:30:00.000Z", "finished": "2026-11-25T18:32:07.251Z",
        "seconds": 127.251,
        "host": ["processor": "A CPU", "processors": 2, "system": "Linux", "libc": "glibc 2.36"],
        "tool": ["name": "mplug-eval", "version": "0.1.0", "revision": "abc123", "dirty": true],
      ])
  }

  /// The card of that record's benchmark.
  static func card() throws -> BenchmarkCard {
    try BenchmarkName("mini-vqav2").resolve().card
  }

  /// Samples whose verdicts go round: right, partly right, wrong.
  static func samples(_ count: Int = 120, media: [ViewedMedium] = []) -> [ViewedSample] {
    (0..<count).map { place in
      let score = [100.0, 30, 0][place % 3]
      let text = hostile[place % hostile.count]
      return ViewedSample(
        id: place == 7 ? .string("a b/ü&<7>") : .int(1000 + place),
        input: "question \(place): \(place % 10 == 0 ? text : "what is it?")",
        references: ["red", "blue", "red", "dark red", "red"],
        prediction: place % 5 == 0 ? text : "answer \(place)",
        candidates: [("red", -0.25), ("blue", -1.5)], scores: [("accuracy", score)],
        isRight: score == 100,
        media: media.isEmpty ? [] : [media[place % media.count]],
        remarks: place % 40 == 0 ? ["The answer was cut at 30 tokens."] : [])
    }
  }

  /// A page without pictures unless they are asked for.
  static func page(
    _ record: RunRecord = record(), _ samples: [ViewedSample] = samples(),
    thumbnails: SmallPictures? = nil, limits: RunPage.Limits = RunPage.Limits()
  ) throws -> RunPage {
    RunPage(
      record: record, card: try card(), samples: samples, thumbnails: thumbnails, limits: limits)
  }
}
