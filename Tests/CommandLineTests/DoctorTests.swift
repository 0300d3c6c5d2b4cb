import Foundation
import Records
import TestSupport
import Testing

/// `doctor`: the table, the object, the exit codes.
@Suite struct DoctorTests {
  private static let annotationFile = "v2_mscoco_val2014_annotations.json"
  private static let images = (1...3).map { "val2014/COCO_val2014_00000000000\($0).jpg" }

  private func annotations(_ ids: [Int]) -> String {
    let list = ids.map {
      #"{"question_id": \#($0), "image_id": \#($0 / 1000), "question_type": "what","#
        + #" "answer_type": "other", "answers": [{"answer": "a", "answer_id": 1}]}"#
    }
    return #"{"annotations": [\#(list.joined(separator: ", "))]}"#
  }

  private func folder() throws -> TemporaryFolder {
    let scratch = try TemporaryFolder()
    try scratch.write(Self.annotationFile, annotations([1000, 2000, 3000]))
    for image in Self.images { try scratch.write(image, Data(MediaSample.jpeg.bytes)) }
    return scratch
  }

  private func doctor(_ arguments: String..., data: String) throws -> BuiltBinary.Result {
    try BuiltBinary.run(["doctor"] + arguments + ["--data", data])
  }

  /// The only split of the only benchmark in the output.
  private func split(_ result: BuiltBinary.Result) throws -> JSONValue {
    try #require(try JSONFile.parse(result.output)["benchmarks"]?[0]?["splits"]?[0])
  }

  private func expectLine(_ result: BuiltBinary.Result, _ status: Int32, _ parts: String...) {
    #expect(result.status == status, "\(result.errors)")
    #expect(result.errors.hasPrefix("mplug-eval: "))
    #expect(result.errors.utf8.count { $0 == 0x0A } == 1)
    for part in parts { #expect(result.errors.contains(part), "\(result.errors)") }
  }

  @Test(arguments: [[], ["--deep"]]) func theEmbeddedSet(_ more: [String]) throws {
    let result = try BuiltBinary.run(
      ["doctor", "mini-vqav2", "mini-coco-caption", "--data", Mini.folder] + more)
    #expect(result.status == 0)
    #expect(result.errors == "")
    for part in [
      "mini-vqav2 under \(Mini.folder)\n", "usable 158 of 158 40 of 40 ",
      "\ntest  usable 30 of 30 152 ", "\nval   usable 10 of 10 50 ",
      Mini.file("coco/dataset_coco.json"),
    ] { #expect(result.output.contains(part), "'\(part)' is not in: \(result.output)") }
    #expect(result.output.contains("were decoded as a run would") == !more.isEmpty)
  }

  @Test func theObject() throws {
    let scratch = try folder()
    let result = try doctor("vqav2/val", "--deep", "--format", "json", data: scratch.path)
    #expect(result.status == 0, "\(result.errors)")
    let object = try JSONFile.parse(result.output)
    #expect(
      object.object?.members.map(\.key) == ["benchmarks", "check", "data", "deep", "schema"])
    #expect(object["schema"] == "mplug-eval/doctor/1" && object["deep"] == true)
    #expect(object["check"]?.string?.contains("3 media files were decoded as a run would") == true)
    let split = try split(result)
    #expect(
      split.object?.members.map(\.key) == [
        "absent", "counts", "files", "findings", "label", "media", "running", "scoring", "split",
        "status",
      ])
    #expect(split["status"] == "partial" && split["scoring"] == "usable")
    #expect(split["running"] == "complete")
    #expect(split["counts"]?["samples"] == ["found": 3, "official": 214_354])
    #expect(split["files"]?[0]?["path"]?.string == scratch(Self.annotationFile))
    #expect(split["absent"]?[0]?["role"] == "questions")
    #expect(split["media"]?["found"] == 3 && split["media"]?["missing"] == 0)
    #expect(split["media"]?["formats"] == ["JPEG": 3])
    #expect(split["media"]?["unreadable"] == 0)
    #expect(split["findings"]?.array?.map { $0["code"] } == ["official_count"])
    #expect(split["findings"]?[0]?["severity"] == "warning")
  }

  @Test func mediaThatAreMissing() throws {
    let scratch = try folder()
    try FileManager.default.removeItem(atPath: scratch(Self.images[1]))
    let result = try doctor("vqav2/val", data: scratch.path)
    expectLine(
      result, 66, "1 of 1 splits cannot be used as they are (vqav2/val)",
      "1 of 3 images are missing (first: \(Self.images[1]))")
    #expect(result.output.contains("1 of 3 images missing"))
    let json = try doctor("vqav2/val", "--format", "json", data: scratch.path)
    #expect(json.status == 66)
    let media = try split(json)["media"]
    #expect(media?["missing_paths"] == [.string(Self.images[1])])
    #expect(media?["unreadable"] == .null && media?["formats"] == .null)
    #expect(media?["tried"]?[0] == ["folder": .string(scratch("val2014")), "exists": true])
    #expect(try split(json)["running"] == "incomplete")
  }

  /// Without a single image the folder is one for scoring, unless --deep asks for them.
  @Test func noMediaAtAll() throws {
    let scratch = try folder()
    try FileManager.default.removeItem(atPath: scratch("val2014"))
    let result = try doctor("vqav2/val", data: scratch.path)
    #expect(result.status == 0 && result.errors == "")
    #expect(result.output.contains("warning: no image is there: predictions can be scored"))
    let json = try doctor("vqav2/val", "--format", "json", data: scratch.path)
    #expect(try split(json)["running"] == "impossible")
    expectLine(
      try doctor("vqav2/val", "--deep", data: scratch.path), 66, "3 of 3 images are missing")
  }

  @Test func mediaThatCannotBeRead() throws {
    let scratch = try folder()
    try scratch.write(Self.images[0], Data(MediaSample.jpeg.bytes.prefix(40)))
    try scratch.write(Self.images[2], "<html>")
    #expect(try doctor("vqav2/val", data: scratch.path).status == 0)
    let result = try doctor("vqav2/val", "--deep", data: scratch.path)
    expectLine(
      result, 65, "2 of 3 images cannot be read (media_truncated: 1, media_unknown: 1); first: ",
      "\(scratch(Self.images[0])): truncated: ")
    #expect(
      result.output.contains(
        "    media_truncated: 1, such as \(scratch(Self.images[0])): truncated: "))
    #expect(
      result.output.contains(
        "    media_unknown: 1, such as \(scratch(Self.images[2])): expected a JPEG or PNG image: "
          + "this is a web page"))
    let json = try doctor("vqav2/val", "--deep", "--format", "json", data: scratch.path)
    #expect(
      try split(json)["media"]?["unreadable_files"]?.array?.compactMap { $0["path"]?.string }
        == [scratch(Self.images[0]), scratch(Self.images[2])])
    let media = try split(json)["media"]
    #expect(
      media?["unreadable_kinds"]?[0] == [
        "code": "media_truncated", "count": 1, "examples": .strings([scratch(Self.images[0])]),
      ])
    #expect(media?["unreadable_files"]?[1]?["code"] == "media_unknown")
    #expect(media?["unreadable"] == 2 && media?["formats"] == ["JPEG": 1])
    #expect(try split(json)["running"] == "incomplete")
  }

  /// Wrong content weighs more than a missing file, in whatever order the splits come.
  @Test func theHeaviestDecides() throws {
    let scratch = try folder()
    let questions = "v2_OpenEnded_mscoco_test2015_questions.json"
    expectLine(
      try doctor("vqav2/test-std", data: scratch.path), 66, "looked for \(questions)",
      "1 of 1 splits")
    try scratch.write(Self.annotationFile, annotations([1000, 1000]))
    for order in [["vqav2/test-std", "vqav2/val"], ["vqav2/val", "vqav2/test-std"]] {
      let result = try BuiltBinary.run(["doctor"] + order + ["--data", scratch.path])
      expectLine(result, 65, "2 of 2 splits", "question_id 1000 occurs twice")
      #expect(result.output.contains("looked for \(questions)"))
    }
  }

  @Test func allSplitsOfABenchmark() throws {
    let scratch = try folder()
    let result = try doctor("vqav2", "--format", "json", data: scratch.path)
    expectLine(result, 66, "3 of 4 splits", "(vqav2/minival, vqav2/test-dev, vqav2/test-std)")
    let splits = try JSONFile.parse(result.output)["benchmarks"]?[0]?["splits"]?.array
    #expect(
      splits?.compactMap { $0["status"]?.string }
        == ["partial", "unusable", "unusable", "unusable"])
  }

  @Test func usage() throws {
    let scratch = try TemporaryFolder()
    try expectFailure(
      64, saying: ["unknown benchmark 'vqa2'", "vqav2"],
      ["doctor", "vqa2", "--data", scratch.path],
      in: scratch)
    try expectFailure(
      64, saying: ["benchmark 'vqav2' has no split 'tset'"],
      ["doctor", "vqav2/tset", "--data", scratch.path], in: scratch)
    try expectFailure(64, saying: ["--data"], ["doctor", "vqav2"], in: scratch)
    try expectFailure(64, saying: ["--data"], ["doctor", "vqav2", "--data", ""], in: scratch)
    try expectFailure(64, saying: ["benchmarks"], ["doctor", "--data", scratch.path], in: scratch)
    try expectFailure(
      66, saying: ["\(scratch("absent")): there is no such file or folder"],
      ["doctor", "vqav2", "--data", scratch("absent")], in: scratch)
  }

  /// Slices of the real files: readable, and not whole.
  @Test(
    .enabled(if: Golden.folder != nil),
    arguments: [
      ("vqav2/val", "vqav2", [1]), ("vqav2/val", "vqav2/synthetic", [180]),
      ("vqav2/test-dev", "vqav2/synthetic", [9]), ("coco-caption", "coco", [155, 10]),
      ("nlvr2", "nlvr2", [160, 164, 61, 48, 88, 58, 76]), ("snli-ve/test", "snli_ve", [10]),
      ("msrvtt-qa", "msrvtt_qa", [253, 97]), ("msvd-qa", "msvd_qa", [318, 103]),
      ("vatex-caption/test", "vatex", [3]), ("vatex-caption", "vatex/synthetic", [40, 8, 8]),
      ("refcoco", "refcoco", [73, 73, 74]), ("refcoco+", "refcoco", [66, 73, 72]),
      ("refcocog/val", "refcoco", [31]), ("refcocog/test", "refcoco", [14]),
      ("coco-retrieval", "coco", [155, 10]), ("flickr30k-retrieval", "flickr30k", [150, 20]),
    ])
  func goldenSlices(_ benchmark: String, _ folder: String, _ counts: [Int]) throws {
    let data = try #require(Golden.folder).appendingPathComponent("datasets/\(folder)").path
    let result = try doctor(benchmark, "--format", "json", data: data)
    #expect(result.status == 0, "\(result.errors)")
    let splits = try JSONFile.parse(result.output)["benchmarks"]?[0]?["splits"]?.array ?? []
    #expect(splits.compactMap { $0["counts"]?["samples"]?["found"]?.int } == counts)
    for split in splits {
      #expect(split["status"] == "partial" && split["running"] == "impossible")
      func roles(_ list: String) -> Set<String> {
        Set(split[list]?.array?.compactMap { $0["role"]?.string } ?? [])
      }
      #expect(!roles("files").isEmpty && roles("files").isDisjoint(with: roles("absent")))
      let findings = split["findings"]?.array ?? []
      let codes = findings.compactMap { $0["code"]?.string }
      #expect(codes.contains("official_count") && codes.contains("media_absent"))
      #expect(findings.allSatisfy { $0["severity"] == "warning" })
    }
  }

  /// Pickles of another division of the data, and one that would call a function.
  @Test(.enabled(if: Golden.folder != nil)) func pickles() throws {
    let golden = try #require(Golden.folder).appendingPathComponent("datasets/refcoco")
    func bytes(_ name: String) throws -> Data {
      try Data(contentsOf: golden.appendingPathComponent(name))
    }
    let scratch = try TemporaryFolder()
    try scratch.write("instances.json", try bytes("refcocog/instances.json"))
    try scratch.write("refs(google).p", try bytes("refcocog/refs(google).p"))
    let other = try doctor("refcocog/test", data: scratch.path)
    expectLine(other, 66, "refs(google).p is there, but divides the data otherwise")
    try scratch.write("refs(umd).p", try bytes("variants/hostile_reduce_protocol2.p"))
    let hostile = try doctor("refcocog/test", data: scratch.path)
    expectLine(hostile, 65, "opcode GLOBAL at byte 32 names 'posix.getcwd'")
  }

  /// The negative twin: the same folders asked for what a slice does not have.
  @Test(
    .enabled(if: Golden.folder != nil),
    arguments: [
      ("vqav2/test-std", "vqav2", "v2_OpenEnded_mscoco_test2015_questions.json"),
      ("snli-ve/val", "snli_ve", "snli_ve_dev.jsonl"),
      ("vatex-caption/val", "vatex", "vatex_validation_v1.0.json"),
      ("nlvr2/dev", "snli_ve", "dev.json"), ("msvd-qa/test", "vatex", "test_qa.json"),
    ])
  func slicesOfOthers(_ benchmark: String, _ folder: String, _ name: String) throws {
    let data = try #require(Golden.folder).appendingPathComponent("datasets/\(folder)").path
    let result = try doctor(benchmark, data: data)
    expectLine(result, 66, "1 of 1 splits", name)
    #expect(result.output.contains("unusable"))
  }
}
