import Foundation
import Records
import TestSupport
import Testing

/// Boxes through the built command.
@Suite struct GroundingRunTests {
  private static let predictions: JSONValue = [
    ["sent_id": 7, "bbox": [400.0, 100.0, 99.99, 150.0]],
    ["sent_id": 5, "bbox": [10.5, 20.75, 200.25, 150.25]],
    ["sent_id": 3, "bbox": [300, 300, 20, 20]],
  ]

  private static let twoThirds: Double = 2 / 3

  private func setUp(_ predictions: JSONValue = Self.predictions) throws -> TemporaryFolder {
    let scratch = try TemporaryFolder()
    try SmallRefCOCO().write(to: scratch, "data/refcoco")
    try scratch.write("boxes.json", predictions.text())
    return scratch
  }

  private func score(
    _ scratch: TemporaryFolder, _ more: [String] = ["--data", "data"],
    benchmark: String = "refcoco/testA"
  ) throws -> JSONValue {
    let result = try BuiltBinary.run(
      ["score", benchmark, "--predictions", "boxes.json", "--format", "json"] + more,
      in: scratch.path)
    #expect(result.status == 0, "\(result.errors)")
    return try JSONFile.parse(result.output)
  }

  @Test func numbersAndRunFolder() throws {
    let scratch = try setUp()
    let scores = try score(scratch, ["--data", "data", "--output", "runs", "--model", "mine"])
    let metrics = try #require(scores["metrics"])
    #expect(metrics["acc@0.5"]?["value"]?.double == Self.twoThirds)
    let mean = try #require(metrics["mIoU"]?["value"]?.double)
    #expect(abs(mean - 0.5) < 1e-12)
    #expect(
      metrics["acc@0.5"]?["signature"]?.string?.hasPrefix(
        "acc@0.5|iou:refer|threshold:0.5|split:unc-testA@") == true)
    #expect(scores["problems"]?.array?.map { $0["code"]?.string } == ["official_count"])
    let run = try #require(
      files(under: scratch.path).first { $0.hasSuffix("/samples.jsonl") })
    let folder = URL(fileURLWithPath: scratch.path + "/" + run).deletingLastPathComponent().path
    let samples = try JSONFile.lines(folder + "/samples.jsonl")
    #expect(samples.map { $0["id"]?.int } == [5, 3, 7])
    #expect(samples.map { $0["cluster"]?.int } == [1, 1, 1])
    let box: JSONValue = [400.0, 100.0, 99.99, 150.0]
    #expect(samples[2]["prediction"]?.array?.map(\.double) == box.array?.map(\.double))
    #expect(samples[1]["scores"]?["acc@0.5"]?.double == 0)
    try expectComparable(folder)
    // The submission scores as its source does.
    let again = try BuiltBinary.run(
      [
        "score", "refcoco/testA", "--predictions", folder + "/submission.json", "--data", "data",
        "--format", "json",
      ], in: scratch.path)
    #expect(try JSONFile.parse(again.output)["metrics"] == metrics)
  }

  @Test func theReferenceProjectsArithmetic() throws {
    let scratch = try setUp()
    let names = ["--data", "data", "--metrics", "grounding", "grounding-mplug"]
    let metrics = try #require(try score(scratch, names)["metrics"]?.object)
    #expect(
      metrics.members.map(\.key) == ["acc@0.5", "acc@0.5-mplug", "mIoU", "mIoU-mplug"])
    // A box cut at exactly one half of 300.5 rows is less than half of 300.
    let found = try #require(metrics["mIoU-mplug"]?["value"]?.double)
    #expect(found != metrics["mIoU"]?["value"]?.double)
    #expect(found > 0.49 && found < 0.51)
    let one = try score(scratch, ["--data", "data", "--metrics", "mIoU-mplug"])
    #expect(one["metrics"]?.object?.members.map(\.key) == ["mIoU-mplug"])
  }

  @Test func objectsInPlaceOfExpressions() throws {
    let one: JSONValue = [["ref_id": 11, "bbox": [20.25, 30.0, 100.0, 50.0]]]
    let scores = try score(setUp(one), benchmark: "refcoco/val")
    #expect(scores["metrics"]?["acc@0.5"]?["value"]?.double == 1)
    let several: JSONValue = [["ref_id": 10, "bbox": [20.25, 30.0, 100.0, 50.0]]]
    try expectFailure(
      65, saying: ["expected one expression for ref_id 10, found 2", "sent_id"],
      ["score", "refcoco/testA", "--data", "data", "--predictions", "boxes.json"],
      in: setUp(several))
    try expectFailure(
      65, saying: ["1 values of ref_id not in the reference set (first: 10)"],
      ["score", "refcoco/val", "--data", "data", "--predictions", "boxes.json"],
      in: setUp(several))
  }

  @Test func lists() throws {
    let boxes: JSONValue = [
      ["sent_id": 0, "bbox": [10, 20, 200, 300]], ["sent_id": 1, "bbox": [10, 20, 200, 300]],
      ["sent_id": 2, "bbox": [0, 0, 10, 10]],
    ]
    let scratch = try setUp(boxes)
    try scratch.write("unc_testA.pth", Data(Pickled.legacyTorch(SmallRefCOCO.list)))
    let scores = try score(scratch, ["--annotations", "unc_testA.pth"])
    #expect(scores["split"]?.string == "custom")
    #expect(scores["metrics"]?["acc@0.5"]?["value"]?.double == Self.twoThirds)
    #expect(
      scores["problems"]?.array?.contains { $0["code"]?.string == "made_ids" } == true)
    // Sizes of images are not in the list; instances.json has them.
    let mplug = ["--metrics", "grounding-mplug"]
    try expectFailure(
      66, saying: ["grounding-mplug' needs the sizes of the images", "instances.json"],
      ["score", "refcoco", "--predictions", "boxes.json", "--annotations", "unc_testA.pth"] + mplug,
      in: scratch)
    let sized = try score(
      scratch, ["--annotations", "unc_testA.pth", "data/refcoco/instances.json"] + mplug)
    #expect(sized["metrics"]?["acc@0.5-mplug"]?["value"]?.double == Self.twoThirds)
    try scratch.write("boxes.json", #"[{"ref_id": 1, "bbox": [1, 2, 3, 4]}]"#)
    try expectFailure(
      65, saying: ["ref_id, which the list of references does not have"],
      ["score", "refcoco", "--predictions", "boxes.json", "--annotations", "unc_testA.pth"],
      in: scratch)
  }

  @Test func failures() throws {
    let scratch = try setUp()
    let start = ["score", "refcoco/testA", "--data", "data", "--predictions"]
    let cases: [(String, Int32, [String])] = [
      (#"[{"sent_id": 5, "bbox": [1, 2, 3, 4]}]"#, 65, ["2 of 3 expressions have no prediction"]),
      (#"[{"sent_id": 4, "bbox": [1, 2, 3, 4]}]"#, 65, ["1 expressions not in the reference set"]),
      (#"[{"sent_id": 5, "bbox": [1, 2, -3, 4]}]"#, 65, ["bad.json:1:", "record 0", "-3.0 x 4.0"]),
      (#"[{"sent_id": 5, "bbox": [1, 2, NaN, 4]}]"#, 65, ["record 0", "found NaN"]),
      (#"[{"question_id": 5, "answer": "yes"}]"#, 65, ["record 0", "\"bbox\" is missing"]),
    ]
    for (text, status, words) in cases {
      try scratch.write("bad.json", text)
      try expectFailure(status, saying: words, start + ["bad.json"], in: scratch)
    }
    let partial = try BuiltBinary.run(
      start + ["bad.json", "--allow-partial"], in: scratch.path)
    #expect(partial.status == 65)
    try scratch.write("data/refcoco/refs(unc).p", "cposix\nsystem\n(S'true'\ntR.")
    try expectFailure(
      65, saying: ["refs(unc).p: opcode GLOBAL at byte 0 names 'posix.system'"],
      start + ["boxes.json"], in: scratch)
    try expectFailure(
      66, saying: ["refcoco+/refs(unc).p", "unc+/unc+_testA.pth"],
      ["score", "refcoco+/testA", "--data", "data", "--predictions", "boxes.json"], in: scratch)
  }

  @Test func partialSets() throws {
    let scratch = try setUp([["sent_id": 7, "bbox": [400.0, 100.0, 99.99, 150.0]]])
    let scores = try score(scratch, ["--data", "data", "--allow-partial"])
    #expect(scores["count"]?.int == 1 && scores["expected"]?.int == 3)
    #expect(scores["metrics"]?["acc@0.5"]?["signature"]?.string?.contains("partial:1/3") == true)
  }

  /// The golden slices, perfect predictions and half a box.
  @Test(.enabled(if: Golden.folder != nil))
  func goldenSlices() throws {
    let folder = try #require(Golden.folder).appendingPathComponent("datasets/refcoco").path
    for name in ["refcoco/testA", "refcoco+/val", "refcocog/test"] {
      let parts = name.split(separator: "/").map(String.init)
      let samples =
        try JSONFile.read("\(folder)/\(parts[0])/expected_samples.json")["samples"]?
        .array?.filter { $0["split"]?.string == parts[1] } ?? []
      let perfect = samples.map { sample -> JSONValue in
        ["sent_id": sample["sent_id"] ?? .null, "bbox": sample["box_xywh"] ?? .null]
      }
      let scratch = try setUp(.array(perfect))
      let scores = try score(scratch, ["--data", folder], benchmark: name)
      #expect(scores["count"]?.int == samples.count)
      #expect(scores["metrics"]?["acc@0.5"]?["value"]?.double == 1)
      #expect(scores["metrics"]?["mIoU"]?["value"]?.double == 1)
      // The negative twin: one box moved away is one hit less.
      try scratch.write(
        "boxes.json",
        JSONValue.array(
          [perfect[0].changing("bbox", to: [9000, 9000, 5, 5])] + perfect.dropFirst()
        ).text())
      let less = try score(scratch, ["--data", folder], benchmark: name)
      let value = try #require(less["metrics"]?["acc@0.5"]?["value"]?.double)
      let expected: Double = Double(samples.count - 1) / Double(samples.count)
      #expect(value == expected)
    }
  }
}
