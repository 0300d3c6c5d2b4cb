import Foundation
import Records
import Tensors
import TestSupport
import Testing

/// `verify`: passes on the golden folders, and on nothing else.
@Suite struct VerifyTests {
  private static let names = ["tiny-base", "tiny-large"]

  private func folder(_ name: String) -> String {
    Golden.fixtures.appendingPathComponent("model/\(name)").path
  }

  @Test(arguments: names, ["checkpoint", "safetensors"])
  func everythingIsMet(_ name: String, _ weights: String) throws {
    let result = try BuiltBinary.run(
      ["verify", folder(name), "--weights", weights, "--format", "json"])
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors == "")
    let report = try JSONFile.parse(result.output)
    #expect(report["passed"]?.bool == true && report["failed"]?.int == 0)
    let tasks = try #require(report["tasks"]?.object?.members)
    #expect(
      tasks.map(\.key) == [
        "caption", "classification", "grounding", "images", "parts", "retrieval", "video_retrieval",
        "videocap", "videoqa", "vqa",
      ])
    // Every tensor of every file is held against something, but for what goes in.
    for task in tasks where task.key != "images" {
      let checks = task.value["checks"]?.array ?? []
      let names = Set(checks.compactMap { $0["name"]?.string })
      let tensors = try TensorFile("\(folder(name))/\(task.key).safetensors").tensors.keys
      let inputs: Set = ["ids", "mask", "image", "image_mask", "target"]
      let missing = Set(tensors).subtracting(names)
      #expect(missing.isSubset(of: inputs), "\(task.key): \(missing)")
      #expect(checks.allSatisfy { ($0["count"]?.int ?? 0) > 0 }, "\(task.key)")
    }
    #expect((report["checked"]?.int ?? 0) > 150)
  }

  @Test func aTableForAPerson() throws {
    let result = try BuiltBinary.run(["verify", folder("tiny-base")])
    #expect(result.status == 0 && result.errors == "")
    let lines = result.output.split(separator: "\n")
    let last = try #require(lines.last)
    #expect(last.contains("checkpoint.pth: all ") && last.hasSuffix(" of 10 tasks pass"))
    for word in ["vqa", "fusion_text", "alive_step9", "beam.nbest_ids", "metrics.r_mean"] {
      #expect(lines.contains { $0.split(separator: " ").first.map(String.init) == word }, "\(word)")
    }
    #expect(!result.output.contains("FAIL"))
  }

  /// The same numbers, to the last digit.
  @Test(arguments: names)
  func batchThreadsAndInstructionsDoNotMatter(_ name: String) throws {
    var results: [String] = []
    for options in [
      ["--batch-size", "1", "--threads", "1"], ["--batch-size", "3", "--threads", "3"],
      ["--isa", "scalar"], [],
    ] {
      let result = try BuiltBinary.run(["verify", folder(name), "--format", "json"] + options)
      #expect(result.status == 0, "\(options): \(result.errors)")
      results.append(try JSONFile.parse(result.output)["tasks"]?.text() ?? "\(options)")
    }
    #expect(Set(results).count == 1)
  }

  /// Another maker of products agrees, and to rounding only.
  @Test(.enabled(if: (try? ProductMaker(named: "openblas")) != nil), arguments: names)
  func openBLASAgrees(_ name: String) throws {
    let run = ["verify", folder(name), "--format", "json", "--products"]
    let (ours, theirs) = (
      try BuiltBinary.run(run + ["kernels"]), try BuiltBinary.run(run + ["openblas"])
    )
    #expect(theirs.status == 0, "\(theirs.errors)")
    #expect(
      try JSONFile.parse(ours.output)["tasks"]?.text()
        != JSONFile.parse(theirs.output)["tasks"]?.text())
  }

  private func expectUnmet(
    _ copy: FixtureCopy, _ says: String, _ options: [String] = [],
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let result = try BuiltBinary.run(["verify", copy.folder] + options)
    let line = result.errors
    #expect(result.status == 10, "\(line)", sourceLocation: sourceLocation)
    #expect(line.hasPrefix("mplug-eval: verify: "), sourceLocation: sourceLocation)
    #expect(line.utf8.count { $0 == 0x0A } == 1, sourceLocation: sourceLocation)
    #expect(line.contains(says), "'\(says)' is not in: \(line)", sourceLocation: sourceLocation)
    #expect(result.output.contains("FAIL: "), sourceLocation: sourceLocation)
  }

  private func bytes(_ number: Float) -> [UInt8] {
    (0..<4).map { UInt8(truncatingIfNeeded: number.bitPattern >> UInt32(8 * $0)) }
  }

  @Test func oneWeight() throws {
    let copy = try FixtureCopy()
    // Half precision: 1.0.
    try copy.patch(
      "weights.safetensors", "text_encoder.encoder.layer.0.output.dense.bias", at: 0, [0x00, 0x3C])
    #expect(try copy.verify().status == 0)
    try expectUnmet(copy, "vqa text_embeds: is off by ", ["--weights", "safetensors"])
  }

  @Test(arguments: [
    ("vqa", "fusion_text"), ("caption", "logits_step1"), ("retrieval", "score_t2i"),
    ("grounding", "box"), ("videoqa", "rank_probs"), ("video_retrieval", "similarity"),
    ("videocap", "image_embeds"), ("classification", "nlvr_logits"), ("parts", "decoder_loss"),
    ("parts", "pos_side5"),
  ])
  func oneExpectedNumber(_ task: String, _ tensor: String) throws {
    let copy = try FixtureCopy("tiny-large")
    try copy.patch("\(task).safetensors", tensor, at: 4, bytes(0.9375))
    try expectUnmet(copy, "\(task) \(tensor): is off by ")
    try copy.patch("\(task).safetensors", tensor, at: 4, bytes(.nan))
    try expectUnmet(copy, "\(task) \(tensor): the golden number 1 is not finite")
  }

  @Test(arguments: [
    ("vqa", "question_ids"), ("caption", "alive_step3"), ("retrieval", "text_mask"),
    ("grounding", "tokens"), ("videoqa", "rank_ids"), ("videocap", "alive_step0"),
  ])
  func oneID(_ task: String, _ tensor: String) throws {
    let copy = try FixtureCopy()
    try copy.patch("\(task).safetensors", tensor, at: 4, [9, 0, 0, 0])
    try expectUnmet(copy, "\(task) \(tensor): differs in 1 of ")
  }

  @Test func onePixelAndOneWordOfTheManifest() throws {
    let copy = try FixtureCopy()
    try copy.patch("images.safetensors", "image2.png", at: 100, [0])
    try copy.patch("images.safetensors", "image2.png", at: 101, [255])
    try expectUnmet(copy, "images image2.png: differs in ")
    let other = try FixtureCopy()
    try other.replace("rrr h # hrr what", by: "rrr h # hrr that", in: "manifest.json")
    try expectUnmet(other, "caption captions: differs in 1 of 3, first 1: rrr h # hrr what, not ")
    let metric = try FixtureCopy()
    try metric.replace("\"img_r1\": 14.2857", by: "\"img_r1\": 14.2858", in: "manifest.json")
    try expectUnmet(metric, "retrieval metrics.img_r1: is 14.2858")
    // A text that is another is another input, too.
    let text = try FixtureCopy()
    try text.replace("what color is the dog?", by: "what color is the cat?", in: "manifest.json")
    try expectUnmet(text, "vqa question_ids: differs in 1 of 4")
  }

  @Test func foldersThatAreNone() throws {
    let scratch = try TemporaryFolder()
    try expectFailure(66, saying: ["nowhere", "no such file"], ["verify", "nowhere"], in: scratch)
    try scratch.write("file", "")
    try expectFailure(66, saying: ["is a file and no folder"], ["verify", "file"], in: scratch)
    try scratch.write("empty/other", "")
    try expectFailure(66, saying: ["empty/manifest.json"], ["verify", "empty"], in: scratch)
    try expectFailure(
      64, saying: ["--batch-size takes 1"], ["verify", ".", "--batch-size", "0"], in: scratch)
    try expectFailure(64, saying: ["must not be empty"], ["verify", ""], in: scratch)
  }

  @Test(arguments: [
    "manifest.json", "config.json", "checkpoint.pth", "vqa.safetensors", "heads.safetensors",
    "images.safetensors", "videos.safetensors", "../vocab.txt", "../images/image3.png",
  ])
  func missingFiles(_ file: String) throws {
    let copy = try FixtureCopy()
    try FileManager.default.removeItem(atPath: copy.path(file))
    let result = try copy.verify()
    #expect(result.status == 66 && result.output == "", "\(result.errors)")
    let name = file.split(separator: "/").last.map(String.init) ?? ""
    #expect(result.errors.contains(name) && result.errors.utf8.count { $0 == 0x0A } == 1)
  }

  @Test(arguments: [
    "manifest.json", "config.json", "checkpoint.pth", "vqa.safetensors", "heads.safetensors",
    "images.safetensors", "videos.safetensors", "../vocab.txt", "../images/image3.png",
  ])
  func truncatedFiles(_ file: String) throws {
    let copy = try FixtureCopy()
    try copy.change(file) { $0 = $0.prefix($0.count / 2) }
    let result = try copy.verify()
    // A picture that is cut off is read as far as it goes, as the reference does.
    let isPicture = file.hasSuffix(".png")
    #expect(result.status == (isPicture ? 10 : 65), "\(result.errors)")
    #expect(result.errors.utf8.count { $0 == 0x0A } == 1)
  }

  @Test(arguments: [
    ("manifest.json", "\"beam_size\": 5", "\"beam_size\": 0", "vqa.beam_size"),
    ("manifest.json", "\"image_res\": 64", "\"image_res\": -1", "vqa.image_res"),
    ("manifest.json", "\"image0.png\"", "\"../../x\"", "'../../x' is no file's name"),
    ("manifest.json", "\"strides\": [", "\"strides\": [0, ", "parts.strides"),
    ("manifest.json", "\"videoqa\": {", "\"videoqb\": {", "the task 'videoqb' is none of vqa"),
    ("manifest.json", "\"vqa.safetensors\"", "\"../x\"", "'../x' is no file's name"),
    ("vqa.safetensors", "\"question_mask\"", "\"questions_ask\"", "question_mask is missing"),
    ("parts.safetensors", "\"image_mask\"", "\"imagx_mask\"", "image_mask is missing"),
    ("config.json", "\"stride_layer\": 2", "\"stride_layer\": 0", "stride_layer"),
    ("config.json", "\"vocab_size\": 704", "\"vocab_size\": 705", "704 tokens, expected 705"),
  ])
  func wrongContent(_ file: String, _ text: String, _ other: String, _ says: String) throws {
    let copy = try FixtureCopy()
    if file == "manifest.json", text.hasPrefix("\"strides\"") {
      // The list may begin on the next line.
      try copy.change(file) { data in
        let range = try #require(data.firstRange(of: Data("\"strides\"".utf8)))
        let open = try #require(data[range.upperBound...].firstIndex(of: UInt8(ascii: "[")))
        data.insert(contentsOf: Data("0, ".utf8), at: open + 1)
      }
    } else {
      try copy.replace(text, by: other, in: file)
    }
    let result = try copy.verify()
    #expect(result.status == 65 && result.output == "", "\(result.errors)")
    #expect(result.errors.contains(says), "'\(says)' is not in: \(result.errors)")
    #expect(result.errors.utf8.count { $0 == 0x0A } == 1)
  }

  /// A tensor that nothing is compared with must not pass for one that is met.
  @Test func unknownTensors() throws {
    let copy = try FixtureCopy()
    try copy.replace("\"alive_step0\"", by: "\"alive_stepX\"", in: "vqa.safetensors")
    try expectUnmet(copy, "vqa alive_stepX: is known to no check")
  }
}
