import Foundation
import Records
import TestSupport
import Testing

/// Captioning of clips with the built binary, over files written here.
@Suite struct VATEXCommandTests {
  private func scores(_ arguments: [String]) throws -> JSONValue {
    let result = try BuiltBinary.run(arguments + ["--format", "json"])
    #expect(result.status == 0, "\(result.errors)")
    return try JSONFile.parse(result.output)
  }

  private func codes(_ scores: JSONValue) -> [String] {
    scores["problems"]?.array?.compactMap { $0["code"]?.string } ?? []
  }

  private static let animals = ["A black dog", "Two small cats", "The third horse"]
  private static let clips = ["_a_000001_000011", "-b_000002_000012", "c-_d_000003_000013"]

  private static func references() -> String {
    let records = clips.enumerated().map { index, clip in
      let captions = (0..<10).map { "\"\(animals[index])  runs and plays number \($0).\"" }
      return "{\"videoID\": \"\(clip)\", \"enCap\": [\(captions.joined(separator: ","))], "
        + "\"chCap\": [\"狗\"]}"
    }
    return "[" + records.joined(separator: ",\n") + "]"
  }

  private static func submission(_ clips: some Sequence<String>, lead: String = "") -> String {
    "{"
      + clips.enumerated().map { index, clip in
        "\"\(clip)\": \"\(lead)\(animals[min(index, 2)]) runs .\""
      }.joined(separator: ",\n") + "}"
  }

  @Test func captionsOfClips() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("data/vatex/vatex_validation_v1.0.json", Self.references())
    let plain = try scratch.write("plain.json", Self.submission(Self.clips))
    let other = try scratch.write(
      "other.jsonl",
      Self.clips.indices.reversed().map {
        "{\"caption\": \"\(Self.animals[$0]) runs .\", \"videoID\": \"\(Self.clips[$0])\"}\n"
      }.joined())
    let arguments = ["score", "vatex-caption/val", "--data", scratch("data"), "--predictions"]
    let scores = try scores(arguments + [plain, "--output", scratch("out")])
    #expect(scores["count"]?.int == 3)
    #expect(codes(scores) == ["official_count", "metric_not_available"])
    #expect(try self.scores(arguments + [other])["metrics"] == scores["metrics"])
    let signature = try #require(scores["metrics"]?["CIDEr"]?["signature"]?.string)
    #expect(signature.contains("|nrefs:10|"))
    #expect(!signature.contains("clean:"))

    // The server's form: one object, in the order of the annotations.
    let path = try #require(
      try files(under: scratch("out")).first { $0.hasSuffix("/submission.json") })
    let object = try #require(try JSONFile.read(scratch("out/\(path)")).object)
    #expect(object.members.map(\.key) == Self.clips)
    let again = try self.scores(arguments + [scratch("out/\(path)")])
    #expect(again["metrics"] == scores["metrics"])

    // Lead-ins count unless the user has them cut, and the signature says so.
    let led = try scratch.write(
      "led.json", Self.submission(Self.clips, lead: "a picture of a video of "))
    let asIs = try self.scores(arguments + [led])
    #expect(asIs["metrics"]?["CIDEr"]?["value"] != scores["metrics"]?["CIDEr"]?["value"])
    let cleaned = try self.scores(
      arguments + [led, "--clean", "mplug-vatex", "--output", scratch("cleaned")])
    for member in try #require(scores["metrics"]?.object).members {
      #expect(cleaned["metrics"]?[member.key]?["value"] == member.value["value"])
      let own = cleaned["metrics"]?[member.key]?["signature"]?.string
      #expect(own?.contains("|clean:mplug-vatex|split:") == true)
    }
    #expect(codes(cleaned) == ["official_count", "captions_cleaned", "metric_not_available"])
    let run = try #require(
      try files(under: scratch("cleaned")).first { $0.hasSuffix("/run.json") })
    let record = try JSONFile.read(scratch("cleaned/\(run)"))
    #expect(record["protocol"]?["cleaning"]?.string == "mplug-vatex")
  }

  @Test func clipsThatAreGone() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("data/vatex_validation_v1.0.json", Self.references())
    let partial = try scratch.write("p.json", Self.submission(Self.clips.prefix(2)))
    let arguments = [
      "score", "vatex-caption/val", "--data", scratch("data"), "--predictions", partial,
      "--output", scratch("out"),
    ]
    try expectFailure(
      65,
      saying: [
        "\(partial): 1 of 3 clips have no prediction (first: \(Self.clips[2]))", "--allow-partial",
      ], arguments, in: scratch)
    let scores = try scores(arguments + ["--allow-partial"])
    let signature = scores["metrics"]?["CIDEr"]?["signature"]?.string
    #expect(signature?.contains("|partial:2/3|") == true)
    #expect(codes(scores).contains("partial_set"))
    let written = try files(under: scratch("out"))
    #expect(written.contains { $0.hasSuffix("/run.json") })
    #expect(!written.contains { $0.hasSuffix("submission.json") })

    let unknown = try scratch.write("u.json", Self.submission(Self.clips + ["z_000001_000011"]))
    try expectFailure(
      65,
      saying: [
        "1 clips not in the reference set (first: z_000001_000011); score only clips of this split"
      ], ["score", "vatex-caption/val", "--data", scratch("data"), "--predictions", unknown],
      in: scratch)
    let twice = try scratch.write(
      "t.json", "{\"\(Self.clips[0])\": \"a\",\n\"\(Self.clips[0])\": \"b\"}")
    try expectFailure(
      65, saying: ["\(twice):2: videoID \(Self.clips[0]) occurs twice"],
      ["score", "vatex-caption/val", "--data", scratch("data"), "--predictions", twice],
      in: scratch)
  }

  @Test func privateTest() throws {
    let scratch = try TemporaryFolder()
    let records = Self.clips.map { "{\"videoID\": \"\($0)\"}" }
    let annotations = try scratch.write(
      "data/vatex_private_test_without_annotations.json",
      "[\(records.joined(separator: ","))]")
    func arguments(_ predictions: String) -> [String] {
      [
        "score", "vatex-caption/private-test", "--data", scratch("data"), "--predictions",
        predictions,
      ]
    }
    let led = try scratch.write("p.json", Self.submission(Self.clips, lead: "a picture of "))
    let plain = try scores(arguments(led) + ["--output", scratch("plain")])
    #expect(plain["metrics"]?.object?.members.isEmpty == true)
    #expect(codes(plain) == ["official_count", "hidden_answers"])
    let cleaned = try scores(
      arguments(led) + ["--clean", "mplug-vatex", "--output", scratch("cleaned")])
    #expect(codes(cleaned) == ["official_count", "captions_cleaned", "hidden_answers"])
    func submission(_ folder: String) throws -> (path: String, value: JSONValue) {
      let path = try #require(
        try files(under: scratch(folder)).first { $0.hasSuffix("/submission.json") })
      return (path, try JSONFile.read(scratch("\(folder)/\(path)")))
    }
    // What is handed in is what was asked for, and the two are not one run.
    #expect(
      try submission("plain").value[Self.clips[0]]?.string == "a picture of A black dog runs .")
    #expect(try submission("cleaned").value[Self.clips[0]]?.string == "A black dog runs .")
    #expect(try submission("plain").path != submission("cleaned").path)

    let partial = try scratch.write("q.json", Self.submission(Self.clips.prefix(1)))
    try expectFailure(
      65, saying: ["2 of 3 clips have no prediction", "the official server takes complete files"],
      arguments(partial) + ["--allow-partial"], in: scratch)
    try expectFailure(
      65, saying: ["\(annotations): expected English captions (\"enCap\"), found clips alone"],
      ["score", "vatex-caption", "--annotations", annotations, "--predictions", led], in: scratch)
  }
}
