import Foundation
import Records
import TestSupport
import Testing

/// `score` on retrieval benchmarks through the built command.
@Suite struct RetrievalTests {
  private static let images = 12
  /// Two captions of the even images, three of the others.
  private static let imageOfText = (0..<images).flatMap { image in
    Array(repeating: image, count: 2 + image % 2)
  }

  private static func name(_ image: Int) -> String {
    let digits = "\(100 + image)"
    return "COCO_val2014_" + String(repeating: "0", count: 12 - digits.count) + digits + ".jpg"
  }

  private static var list: String {
    let records = (0..<images).map { image in
      let captions = imageOfText.filter { $0 == image }.map { "\"caption of \($0)\"" }
      return
        "{\"image\": \"val2014/\(name(image))\", \"caption\": [\(captions.joined(separator: ","))]}"
    }
    return "[\(records.joined(separator: ",\n"))]"
  }

  /// Scores with the right image's lead over the others, which some wrong ones pass.
  private static func score(_ image: Int, _ text: Int) -> Float {
    let noise = Float((image * 37 + text * 101) % 8) / 8
    return imageOfText[text] == image ? noise + 0.5 : noise
  }

  private static let i2t = (0..<images).flatMap { image in
    imageOfText.indices.map { score(image, $0) }
  }

  private static func npy(_ scores: [Float] = i2t, shape: String? = nil) -> Data {
    ScoreFiles.npy(
      shape: shape ?? "(\(images), \(imageOfText.count))", data: ScoreFiles.bytes(scores))
  }

  /// The recall of a direction by sorting.
  private static func recall(_ rows: [[Float]], _ right: (Int, Int) -> Bool, _ bound: Int) -> Double
  {
    let hits = rows.enumerated().filter { query, row in
      let order = row.indices.sorted { (row[$0], $0) > (row[$1], $1) }
      return order.prefix(bound).contains { right(query, $0) }
    }
    return 100 * Double(hits.count) / Double(rows.count)
  }

  private func score(
    _ scratch: TemporaryFolder, _ predictions: String, _ more: String...
  ) throws -> [String] {
    try scratch.write("coco_test.json", Self.list)
    return [
      "score", "coco-retrieval/test", "--data", scratch.path, "--predictions", scratch(predictions),
    ] + more
  }

  private func json(_ arguments: [String]) throws -> JSONValue {
    let result = try BuiltBinary.run(arguments + ["--format", "json", "--quiet"])
    #expect(result.status == 0, "\(result.errors)")
    return try JSONFile.parse(result.output)
  }

  @Test func recallOfAMatrix() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("m.npy", Self.npy())
    let scores = try json(try score(scratch, "m.npy"))
    let queries = Self.images + Self.imageOfText.count
    #expect(scores["count"]?.int == queries && scores["expected"]?.int == queries)
    let rows = (0..<Self.images).map { image in
      Self.imageOfText.indices.map { Self.score(image, $0) }
    }
    let columns = Self.imageOfText.indices.map { text in rows.map { $0[text] } }
    for bound in [1, 5, 10] {
      #expect(
        scores["metrics"]?["txt_r\(bound)"]?["value"]?.double
          == Self.recall(rows, { Self.imageOfText[$1] == $0 }, bound))
      #expect(
        scores["metrics"]?["img_r\(bound)"]?["value"]?.double
          == Self.recall(columns, { Self.imageOfText[$0] == $1 }, bound))
    }
    #expect(scores["metrics"]?["r_mean"]?["ci95"]?.array?.count == 2)
    let signature = try #require(scores["metrics"]?["txt_r1"]?["signature"]?.string)
    #expect(
      signature.hasPrefix(
        "retrieval|dir:both|from:i2t|ties:higher-index-first|split:karpathy-test@"))
    #expect(signature.contains("|n:\(queries)|v:"))
    let codes = scores["problems"]?.array?.compactMap { $0["code"]?.string }
    // 12 images and 30 texts are not 5,000 and 25,010; the noise has equal scores.
    #expect(codes == ["official_count", "official_count", "queries_decided_by_ties"])
  }

  @Test func bothMatricesAndTheirTransposesAgree() throws {
    let scratch = try TemporaryFolder()
    let turned = Self.imageOfText.indices.flatMap { text in
      (0..<Self.images).map { Self.score($0, text) }
    }
    let (images, texts) = (Self.images, Self.imageOfText.count)
    try scratch.write("a.npy", Self.npy())
    try scratch.write("b.npy", Self.npy(turned, shape: "(\(texts), \(images))"))
    try scratch.write(
      "c.safetensors",
      ScoreFiles.safetensors([
        ("i2t", [images, texts], Self.i2t), ("t2i", [texts, images], turned),
      ]))
    let found = try ["a.npy", "b.npy", "c.safetensors"].map { name in
      try json(try score(scratch, name))["metrics"]?.object?.members.map {
        [$0.value["value"]?.double, $0.value["ci95"]?[0]?.double]
      }
    }
    #expect(found[0]?.count == 9)
    #expect(found[0] == found[1] && found[1] == found[2])
    // The negative twin: another score of one pair.
    var other = Self.i2t
    other[0] = -5
    other[1] = -5
    try scratch.write("d.npy", Self.npy(other))
    let changed = try json(try score(scratch, "d.npy"))["metrics"]?.object?.members.map {
      [$0.value["value"]?.double, $0.value["ci95"]?[0]?.double]
    }
    #expect(changed != found[0])
  }

  @Test func runFolder() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("m.npy", Self.npy())
    _ = try json(try score(scratch, "m.npy", "--output", scratch("out")))
    let names = try files(under: scratch("out")).filter { $0.contains(".") }
      .map { String($0.split(separator: "/").last ?? "") }
    #expect(names == ["report.html", "run.json", "samples.jsonl"])
    let place = try #require(
      try files(under: scratch("out")).first { $0.hasSuffix("samples.jsonl") })
    try expectComparable(scratch("out/\(place.dropLast("/samples.jsonl".count))"))
    let lines = try JSONFile.lines("\(scratch("out"))/\(place)")
    #expect(lines.count == Self.images + Self.imageOfText.count)
    #expect(lines[0]["id"]?.string == "image:100" && lines[0]["cluster"]?.int == 100)
    #expect(lines[0]["prediction"]?.array?.count == 10)
    #expect(lines[0]["prediction"]?[0]?.string?.hasPrefix("text:") == true)
    #expect(lines[0]["scores"]?["txt_r1"] != nil && lines[0]["scores"]?["img_r1"] == nil)
    let text = lines[Self.images + 3]
    #expect(text["id"]?.string == "text:3")
    #expect(text["cluster"]?.int == 100 + Self.imageOfText[3])
    #expect(text["scores"]?["txt_r1"] == nil && text["scores"]?["img_r10"]?.double != nil)
    #expect(text["scores"]?["rank"]?.double.map { $0 >= 1 } == true)
    #expect(text["statistics"]?["retrieval"]?.array?.count == 8)
    #expect(text["prediction"]?.array?.allSatisfy { $0.int.map { $0 >= 100 } ?? false } == true)
  }

  /// Two runs are held against each other by their queries, without scoring again.
  @Test func compareTwoRuns() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("m.npy", Self.npy())
    var better = Self.i2t
    for text in 0..<Self.imageOfText.count where text % 3 == 0 {
      better[Self.imageOfText[text] * Self.imageOfText.count + text] += 2
    }
    try scratch.write("n.npy", Self.npy(better))
    let values = try ["m", "n"].map { model in
      try json(
        try score(
          scratch, "\(model).npy", "--model", model, "--output", scratch("runs"), "--metrics",
          "retrieval", "MdR", "MnR"))
    }
    let result = try BuiltBinary.run([
      "compare", scratch("runs/m/coco-retrieval-test"), scratch("runs/n/coco-retrieval-test"),
      "--format", "json",
    ])
    #expect(result.status == 0, "\(result.errors)")
    let metrics = try #require(try JSONFile.parse(result.output)["comparisons"]?[0]?["metrics"])
    for name in ["txt_r1", "img_r10", "img_r_mean", "r_mean", "MdR", "MnR"] {
      let metric = try #require(metrics[name], "\(name)")
      let ends = try values.map { try #require($0["metrics"]?[name]?["value"]?.double) }
      let difference = try #require(metric["difference"]?.double)
      #expect(abs(difference - (ends[1] - ends[0])) < 1e-9, "\(name)")
      // A median is no sum over queries: its values are subtracted, no more.
      let interval = metric["ci95"]?.array
      #expect((interval == nil) == (name == "MdR"), "\(name): \(metric)")
    }
    #expect(try #require(metrics["img_r1"]?["difference"]?.double) > 0)
  }

  @Test func rankings() throws {
    let scratch = try TemporaryFolder()
    // The matrix's own order as rankings: the same recall, but no ties and no t2i.
    let lines = (0..<Self.images).map { image in
      let order = Self.imageOfText.indices.sorted {
        (Self.score(image, $0), $0) > (Self.score(image, $1), $1)
      }
      return "{\"query\": \(100 + image), \"ranking\": \(Array(order.prefix(10)))}"
    }
    try scratch.write("r.jsonl", lines.joined(separator: "\n"))
    try scratch.write("m.npy", Self.npy())
    let scores = try json(try score(scratch, "r.jsonl"))
    let whole = try json(try score(scratch, "m.npy"))
    #expect(scores["count"]?.int == Self.images && scores["expected"]?.int == Self.images)
    let metrics = try #require(scores["metrics"]?.object?.members)
    #expect(metrics.map(\.key) == ["txt_r1", "txt_r10", "txt_r5", "txt_r_mean"])
    for metric in metrics {
      #expect(metric.value["value"] == whole["metrics"]?[metric.key]?["value"])
    }
    #expect(
      metrics[0].value["signature"]?.string?.hasPrefix("retrieval|dir:i2t|from:rankings|split:")
        == true)

    try scratch.write("part.jsonl", lines.dropLast(2).joined(separator: "\n"))
    try expectFailure(
      65,
      saying: [
        "\(scratch("part.jsonl")): 2 of 12 queries have no prediction (first: image:110, image:111)",
        "--allow-partial",
      ], try score(scratch, "part.jsonl", "--output", scratch("out"), "--quiet"), in: scratch)
    let part = try json(try score(scratch, "part.jsonl", "--allow-partial"))
    #expect(part["count"]?.int == 10 && part["expected"]?.int == 12)
    #expect(
      part["metrics"]?["txt_r1"]?["signature"]?.string?.contains("|partial:10/12|") == true)
    #expect(
      part["problems"]?.array?.contains { $0["code"]?.string == "partial_set" } == true)
  }

  @Test func clips() throws {
    let scratch = try TemporaryFolder()
    let rows = (0..<30).map { "ret\($0),msr\($0),video\($0),\"a clip, number \($0)\"" }
    try scratch.write(
      "MSRVTT_JSFUSION_test.csv",
      (["key,vid_key,video_id,sentence"] + rows).joined(separator: "\r\n"))
    let scores = (0..<900).map { index in
      let number: Int = index / 30 * 17 + index % 30 * 29
      return Float(number % 31)
    }
    try scratch.write(
      "m.safetensors", ScoreFiles.safetensors([("t2v", [30, 30], scores)]))
    func arguments(_ name: String) -> [String] {
      [
        "score", "msrvtt-retrieval", "--data", scratch.path, "--predictions", scratch(name),
      ]
    }
    let found = try json(arguments("m.safetensors"))
    var ranks: [Int] = []
    for text in 0..<30 {
      let own = scores[text * 31]
      var rank = 1
      for clip in 0..<30 {
        let other = scores[text * 30 + clip]
        if other > own || (other == own && clip > text) { rank += 1 }
      }
      ranks.append(rank)
    }
    let sorted = ranks.sorted()
    #expect(found["metrics"]?["MdR"]?["value"]?.double == Double(sorted[14] + sorted[15]) / 2)
    let mean = try #require(found["metrics"]?["MnR"]?["value"]?.double)
    #expect(abs(mean - Double(ranks.reduce(0, +)) / 30) < 1e-12)
    #expect(
      found["metrics"]?["vid_r1"]?["value"]?.double
        == 100 * Double(ranks.count { $0 == 1 }) / 30)
    #expect(
      found["metrics"]?["MdR"]?["signature"]?.string?.hasPrefix(
        "MdR|dir:both|from:t2v|ties:higher-index-first|split:1k-A-test@") == true)
    // A square .npy can be read in two ways, and that is said.
    try scratch.write("m.npy", ScoreFiles.npy(shape: "(30, 30)", data: ScoreFiles.bytes(scores)))
    let square = try json(arguments("m.npy"))
    #expect(
      square["problems"]?.array?.contains { $0["code"]?.string == "ambiguous_shape" } == true)
    #expect(square["metrics"]?["vid_r1"] != found["metrics"]?["vid_r1"])
  }

  @Test func wrongFiles() throws {
    let scratch = try TemporaryFolder()
    var broken = Self.i2t
    broken[Self.imageOfText.count + 4] = .nan
    let files: [(name: String, bytes: Data, status: Int32, says: String)] = [
      (
        "nan.npy", Self.npy(broken), 65, "i2t: the score at row 1, column 4 (counted from 0) is NaN"
      ),
      ("short.npy", Self.npy().dropLast(4), 65, "the file is truncated"),
      ("shape.npy", Self.npy(shape: "(10, 36)"), 65, "expected the shape [12, 30] or [30, 12]"),
      ("empty.npy", Data(), 65, "holds no prediction"),
      ("x.npz", Data([0x50, 0x4B, 3, 4]), 65, "a zip archive"),
      ("x.json", Data("[{\"query\": 999, \"ranking\": []}]".utf8), 65, "1 queries not in the"),
      ("y.json", Data("[{\"query\": 100, \"ranking\": [30]}]".utf8), 65, "the candidate 30 is not"),
      ("z.json", Data("[{\"image_id\": 100, \"caption\": \"a\"}]".utf8), 65, "is missing (it has"),
    ]
    for file in files {
      let path = try scratch.write(file.name, file.bytes)
      let arguments = try score(scratch, file.name, "--output", scratch("out"), "--quiet")
      try expectFailure(file.status, saying: [path, file.says], arguments, in: scratch)
    }
    try expectFailure(
      66, saying: ["none.npy: there is no such file"],
      try score(scratch, "none.npy", "--quiet"), in: scratch)
    try expectFailure(
      66, saying: ["the captions of val not found", "coco_val.json"],
      [
        "score", "coco-retrieval/val", "--data", scratch.path, "--predictions", scratch("nan.npy"),
      ], in: scratch)
    try scratch.write("m.npy", Self.npy())
    try expectFailure(
      64, saying: ["metric 'CIDEr'"], try score(scratch, "m.npy", "--metrics", "CIDEr"), in: scratch
    )
    try scratch.write("t.csv", "video_id,sentence\nvideo1,a \"b\" c\n")
    try expectFailure(
      65, saying: ["t.csv:2: a quote inside a field"],
      [
        "score", "msrvtt-retrieval", "--annotations", scratch("t.csv"), "--predictions",
        scratch("m.npy"),
      ], in: scratch)
  }
}

/// Golden slices with matrices made here.
@Suite(.enabled(if: Golden.folder != nil)) struct GoldenRetrievalRunTests {
  private func folder(_ name: String) throws -> String {
    try #require(Golden.folder).appendingPathComponent("datasets/\(name)").path
  }

  /// A matrix in which image i knows its texts best, unless i is a multiple of `wrong`.
  private func matrix(_ imageOfText: [Int], images: Int, wrong: Int) -> Data {
    let scores = (0..<images).flatMap { image in
      imageOfText.map { Float($0 == image && image % wrong != 0 ? 2 : 0) }
    }
    return ScoreFiles.safetensors([("i2t", [images, imageOfText.count], scores)])
  }

  private func metrics(_ benchmark: String, _ data: String, _ bytes: Data) throws -> JSONValue {
    let scratch = try TemporaryFolder()
    let path = try scratch.write("m.safetensors", bytes)
    let result = try BuiltBinary.run([
      "score", benchmark, "--data", data, "--predictions", path, "--format", "json", "--quiet",
    ])
    #expect(result.status == 0, "\(result.errors)")
    return try JSONFile.parse(result.output)
  }

  @Test func flickrSlice() throws {
    let imageOfText = (0..<750).map { $0 / 5 }
    let data = try folder("flickr30k")
    let perfect = try metrics(
      "flickr30k-retrieval/test", data, matrix(imageOfText, images: 150, wrong: 151 * 2))
    // Image 0 is a multiple of everything: all its scores are 0 like the others' of its row.
    #expect(
      perfect["metrics"]?["txt_r1"]?["value"]?.double == 100 * 149 / 150.0)
    #expect(perfect["count"]?.int == 900)
    let half = try metrics(
      "flickr30k-retrieval/test", data, matrix(imageOfText, images: 150, wrong: 2))
    // The last image's texts have the highest indices among equal scores; it is odd anyway.
    #expect(half["metrics"]?["txt_r1"]?["value"]?.double == 50)
    #expect(
      half["problems"]?.array?.first { $0["code"]?.string == "queries_decided_by_ties" }?["count"]?
        .int
        == 75 * 6)
  }

  @Test func wholeMSRVTT() throws {
    let scores = (0..<1_000_000).map { Float($0 / 1000 == $0 % 1000 ? 1 : 0) }
    let found = try metrics(
      "msrvtt-retrieval/test", folder("msrvtt"),
      ScoreFiles.safetensors([("v2t", [1000, 1000], scores)]))
    #expect(found["problems"]?.array?.isEmpty == true)
    for name in ["txt_r1", "vid_r1", "r_mean"] {
      #expect(found["metrics"]?[name]?["value"]?.double == 100)
    }
    #expect(found["metrics"]?["MdR"]?["value"]?.double == 1)
  }
}
