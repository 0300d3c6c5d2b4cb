import Metrics
import TestSupport
import Testing

/// Classes from logits, SNLI-VE accuracy, NLVR2 accuracy and consistency.
@Suite("Label metrics")
struct LabelMetricTests {
  private static func pairs(_ labels: [String]) -> LabelledSamples {
    LabelledSamples(labels: labels, classes: EntailmentLabel.names)
  }

  private static func statements(_ labels: [String], _ groups: [String]?) -> LabelledSamples {
    LabelledSamples(labels: labels, classes: ["True", "False"], groups: groups)
  }

  private static let cases: [(logits: [Double], label: EntailmentLabel)] = [
    ([-1, 1, 0.5], .neutral), ([3, 1, 2], .contradiction), ([0, 1, 1.5], .entailment),
    ([2, 2, 1], .contradiction), ([0, 1, 1], .neutral), ([0, 0, 0], .contradiction),
    ([-0.0, 0, -1], .contradiction), ([-.infinity, -.infinity, -5], .entailment),
    ([1, .infinity, 2], .neutral), ([0.1, 0.1.nextUp, 0.1], .neutral),
  ]

  @Test(arguments: cases.indices) func firstOfTheGreatest(_ index: Int) throws {
    let (logits, label) = Self.cases[index]
    #expect(try EntailmentLabel(logits: logits) == label)
  }

  @Test func wrongLogits() {
    let wrong: [([Double], String)] = [
      ([.nan, 1, 2], "no number for contradiction"),
      ([1, 2, .nan], "no number for entailment"), ([1, 2], "2 numbers"), ([], "0 numbers"),
      ([1, 2, 3, 4], "4 numbers"),
    ]
    for (logits, found) in wrong {
      let error = #expect(throws: MetricError.wrongLogits(found: found)) {
        try EntailmentLabel(logits: logits)
      }
      #expect(error?.description.contains("contradiction, neutral, entailment") == true)
    }
  }

  private struct Logits: Decodable {
    struct Expected: Decodable {
      let accuracy: Double
      let predicted: [Int]
    }
    let classes: [String]
    let logits: [[Double]]
    let labels: [Int]
    let expected: Expected
  }

  @Test(.enabled(if: Golden.folder != nil)) func goldenLogits() throws {
    let golden = try GoldenFiles.decode(Logits.self, "snli_ve/logits.json")
    #expect(golden.classes == EntailmentLabel.names)
    let predicted = try golden.logits.map { try EntailmentLabel(logits: $0).rawValue }
    #expect(predicted == golden.expected.predicted.map { EntailmentLabel.names[$0] })
    let samples = Self.pairs(golden.labels.map { EntailmentLabel.names[$0] })
    let found = try EntailmentAccuracy().scores(of: samples, predictions: predicted)
    #expect(found.scores.map(\.value) == [golden.expected.accuracy])
    // The negative twins: the last of equal logits, and a changed prediction.
    let last = golden.logits.map { logits in
      EntailmentLabel.names[logits.lastIndex(of: logits.max() ?? 0) ?? 0]
    }
    #expect(last != predicted)
    var changed = predicted
    changed[0] = samples.labels[0] == predicted[0] ? "none" : samples.labels[0]
    let other = try EntailmentAccuracy().scores(of: samples, predictions: changed)
    #expect(abs(other.scores[0].value - golden.expected.accuracy) > 1.0 / 601)
  }

  @Test func entailmentAccuracyAndItsParts() throws {
    let samples = Self.pairs(["entailment", "neutral", "neutral", "entailment", "neutral"])
    let found = try EntailmentAccuracy().scores(
      of: samples, predictions: ["entailment", "neutral", "contradiction", "neutral", "Neutral"])
    let score = try #require(found.scores.first)
    #expect(score.name == "accuracy" && score.value == 2.0 / 5 && score.count == 5)
    #expect(score.samples == [1, 1, 0, 0, 0])
    #expect(score.signature.description == "accuracy|task:entailment|classes:3")
    // In the order of the classes; one that no pair has is left out.
    #expect(found.groups.map(\.name) == ["neutral", "entailment"])
    #expect(found.groups.map(\.value) == [1.0 / 3, 1.0 / 2])
    #expect(found.groups.map(\.count) == [3, 2])
    #expect(Set(found.groups.map(\.kind)) == ["gold_label"])
    try MetricLaws.check(score, samples: 5)
  }

  /// Two sets: of the first the sentence 0 is right throughout, 1 is not; the second has one sentence.
  private static let groups = ["dev-1--0", "dev-1--1", "dev-1--0", "dev-2--0", "dev-1--1"]
  private static let labels = ["True", "False", "False", "True", "True"]

  @Test func consistencyCountsWholeGroups() throws {
    let samples = Self.statements(Self.labels, Self.groups)
    let found = try NLVR2Accuracy().scores(
      of: samples, predictions: ["True", "False", "false", "TRUE", "maybe"])
    #expect(found.scores.map(\.name) == NLVR2Accuracy.card.produces)
    #expect(found.scores.map(\.value) == [4.0 / 5, 2.0 / 3])
    #expect(found.scores.map(\.count) == [5, 3])
    #expect(found.scores[0].samples == [1, 1, 1, 1, 0])
    // A mean over samples would weigh groups by their size.
    #expect(found.scores[1].samples == nil)
    #expect(
      found.scores.map(\.signature.description) == [
        "accuracy|task:nlvr2|case:ignored",
        "consistency|task:nlvr2|group:set+sentence|case:ignored",
      ])
    for score in found.scores { try MetricLaws.check(score, samples: 5) }
    // The negative twin: one more error breaks one more group.
    let worse = try NLVR2Accuracy().scores(
      of: samples, predictions: ["True", "False", "true", "TRUE", "maybe"])
    #expect(worse.scores.map(\.value) == [3.0 / 5, 1.0 / 3])
  }

  /// Nothing is stripped and no other spelling is known, as in the official script.
  @Test(arguments: [
    (" True", false), ("True ", false), ("", false), ("1", false), ("Yes", false), ("T", false),
    ("tRuE", true), ("TRUE", true), ("Ｔrue", false), ("True\u{301}", false),
  ])
  func words(_ prediction: String, _ isRight: Bool) throws {
    let found = try NLVR2Accuracy().scores(
      of: Self.statements(["True"], ["g"]), predictions: [prediction])
    #expect(found.scores.map(\.value) == (isRight ? [1, 1] : [0, 0]))
  }

  @Test func withoutGroupsThereIsNoConsistency() throws {
    let found = try NLVR2Accuracy().scores(
      of: Self.statements(["True", "False"], nil), predictions: ["True", "True"])
    #expect(found.scores.map(\.name) == ["accuracy"])
    #expect(found.scores[0].value == 0.5)
  }

  @Test func orderDoesNotMatterAndPerfectIsTheMaximum() throws {
    let predictions = ["True", "True", "False", "False", "True"]
    let order = [3, 0, 4, 2, 1]
    let found = try NLVR2Accuracy().scores(
      of: Self.statements(Self.labels, Self.groups), predictions: predictions)
    let shuffled = try NLVR2Accuracy().scores(
      of: Self.statements(order.map { Self.labels[$0] }, order.map { Self.groups[$0] }),
      predictions: order.map { predictions[$0] })
    #expect(shuffled.scores.map(\.value) == found.scores.map(\.value))
    #expect(found.scores.map(\.value) == [3.0 / 5, 1.0 / 3])
    let perfect = try NLVR2Accuracy().scores(
      of: Self.statements(Self.labels, Self.groups), predictions: Self.labels)
    #expect(perfect.scores.map(\.value) == [1, 1])
    let pairs = Self.pairs(["neutral", "entailment"])
    #expect(
      try EntailmentAccuracy().scores(of: pairs, predictions: pairs.labels).scores[0].value == 1)
  }

  /// Rows of whole image sets give what the metric gives on those sets alone, so that resampling by
  /// sets never cuts a group.
  @Test func resamplingBySetsKeepsGroupsWhole() throws {
    let predictions = ["True", "True", "False", "False", "True"]
    let samples = Self.statements(Self.labels, Self.groups)
    let found = try NLVR2Accuracy().scores(of: samples, predictions: predictions)
    let rows = found.scores[1].statistics
    let sets = [[0, 1, 2, 4], [3]]
    for drawn in [[0], [1], [0, 1], [0, 0], [1, 1], [0, 1, 1]] {
      let members = drawn.flatMap { sets[$0] }
      // A set that is drawn twice is two sets.
      let copies = drawn.enumerated().flatMap { copy, set in
        sets[set].map { "\(copy) \(Self.groups[$0])" }
      }
      let direct = try NLVR2Accuracy().scores(
        of: Self.statements(members.map { Self.labels[$0] }, copies),
        predictions: members.map { predictions[$0] })
      #expect(rows.value(of: members) == direct.scores[1].value, "\(drawn)")
    }
    let interval = try #require(
      try Bootstrap().intervals(of: [rows], clusters: [1, 1, 1, 2, 1]).first ?? nil)
    #expect(interval.lower == 0 && interval.upper == 0.5)
  }

  @Test func whatHasNoNumberIsAnError() throws {
    #expect(throws: MetricError.noSamples(metric: "entailment")) {
      try EntailmentAccuracy().scores(of: Self.pairs([]), predictions: [])
    }
    #expect(throws: MetricError.noSamples(metric: "nlvr2")) {
      try NLVR2Accuracy().scores(of: Self.statements([], []), predictions: [])
    }
    for count in [0, 2] {
      #expect(throws: MetricError.countsDiffer(what: "predictions", expected: 1, found: count)) {
        try NLVR2Accuracy().scores(
          of: Self.statements(["True"], ["g"]),
          predictions: Array(repeating: "True", count: count))
      }
    }
    #expect(throws: MetricError.countsDiffer(what: "groups", expected: 1, found: 0)) {
      try NLVR2Accuracy().scores(of: Self.statements(["True"], []), predictions: ["True"])
    }
  }
}
