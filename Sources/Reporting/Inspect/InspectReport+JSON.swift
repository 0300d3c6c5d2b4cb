import Datasets
import Evaluation
import Metrics
import Records

extension InspectReport {
  /// The sample as one object.
  package var json: JSONValue {
    [
      "box": sample.predictedBox.map(Self.json) ?? .null,
      "candidates": .array(
        sample.candidates.map { ["score": .double($0.score), "text": .string($0.text)] }),
      "id": sample.id.json,
      "input": Self.json(sample.input),
      "logits": .array(sample.logits.map { .double($0) }),
      "media": .array(
        sample.media.map {
          [
            "exists": .bool($0.exists), "kind": .string($0.kind.rawValue), "path": .string($0.path),
          ]
        }),
      "note": Self.json(dataNote),
      "prediction": .string(sample.prediction),
      "ranking": .strings(sample.ranking),
      "references": .strings(sample.references),
      "remarks": .strings(sample.remarks),
      "right": sample.isRight.map { .bool($0) } ?? .null,
      "run": [
        "benchmark": .string(record.benchmark), "id": .string(record.id),
        "model": .string(record.model), "path": .string(path), "split": .string(record.split),
        "weights": Self.json(weightsNote),
      ],
      "scores": .object(JSONObject(sample.scores.map { ($0.name, .double($0.value)) })),
      "traces": .array(traces.map(Self.json)),
      "true_box": sample.trueBox.map(Self.json) ?? .null,
    ]
  }

  private static func json(_ text: String?) -> JSONValue { text.map { .string($0) } ?? .null }

  private static func json(_ box: PixelBox) -> JSONValue {
    .array([box.x, box.y, box.width, box.height].map { .double($0) })
  }

  private static func json(_ trace: SampleTrace) -> JSONValue {
    var object: JSONObject
    switch trace {
    case .answer(let trace): object = json(trace)
    case .softLabels(let labels, let score):
      object = JSONObject([
        (
          "labels",
          .array(labels.map { ["answer": .string($0.answer), "score": .double($0.score)] })
        ), ("score", .double(score)),
      ])
    case .exactAnswer(let right, let isEqual):
      object = JSONObject([("equal", .bool(isEqual)), ("right", .string(right))])
    case .caption(let trace): object = json(trace)
    case .label(let trace): object = json(trace)
    case .box(let trace): object = json(trace)
    case .query(let trace):
      object = JSONObject([
        ("candidates", .int(trace.candidateCount)),
        ("first", .array(trace.first.map(json))), ("right", .array(trace.right.map(json))),
      ])
    }
    object["of"] = .string(trace.name)
    return .object(object)
  }

  private static func json(_ trace: VQAAccuracyTrace) -> JSONObject {
    JSONObject([
      ("accuracy", .double(trace.accuracy)),
      (
        "answers",
        .array(
          trace.humans.map {
            [
              "accuracy": .double($0.accuracy), "answer": .string($0.answer),
              "compared": .string($0.compared), "equal": .bool($0.isEqual),
            ]
          })
      ), ("compared", .string(trace.prediction)), ("normalized", .bool(trace.isNormalized)),
    ])
  }

  private static func json(_ trace: CaptionTrace) -> JSONObject {
    JSONObject([
      ("cider", trace.cider.map { .double($0) } ?? .null),
      ("nearest_length", .int(trace.nearestLength)),
      (
        "orders",
        .array(
          trace.orders.map {
            [
              "correct": .int($0.correct), "guessed": .int($0.guessed), "n": .int($0.length),
              "ngrams": .strings($0.matched),
            ]
          })
      ),
      (
        "references",
        .array(
          trace.references.map {
            [
              "caption": .string($0.caption), "cider": $0.cider.map { .double($0) } ?? .null,
              "tokens": .string($0.tokens),
            ]
          })
      ), ("tokens", .string(trace.tokens)), ("words", .int(trace.words)),
    ])
  }

  private static func json(_ trace: LabelTrace) -> JSONObject {
    JSONObject([
      ("classes", .strings(trace.classes)), ("equal", .bool(trace.isEqual)),
      ("group", json(trace.group)),
      (
        "group_members",
        .array(
          trace.members.map {
            [
              "equal": .bool($0.isEqual), "id": .string($0.id), "prediction": json($0.prediction),
              "right": .string($0.right),
            ]
          })
      ), ("right", .string(trace.right)),
    ])
  }

  private static func json(_ trace: BoxTrace) -> JSONObject {
    JSONObject([
      (
        "image_size",
        trace.imageSize.map { [.int($0.width), .int($0.height)] } ?? .null
      ), ("iou", .double(trace.iou)), ("iou_mplug", trace.mplugIoU.map { .double($0) } ?? .null),
      ("predicted", json(trace.predicted)), ("true", json(trace.truth)),
    ])
  }

  private static func json(_ candidate: QueryTrace.Candidate) -> JSONValue {
    [
      "content": .string(candidate.content), "id": .string(candidate.id),
      "rank": candidate.rank.map { .int($0) } ?? .null, "right": .bool(candidate.isRight),
      "score": candidate.score.map { .double($0) } ?? .null,
    ]
  }
}
