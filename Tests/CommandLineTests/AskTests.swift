import Foundation
import Records
import TestSupport
import Testing

/// `ask`: a checkpoint and a picture in, answers out. The answers are the original's.
@Suite struct AskTests {
  private static func fixture(_ name: String) -> String {
    Golden.fixtures.appendingPathComponent("model/\(name)").path
  }

  private static func picture(_ number: Int) -> String { fixture("images/image\(number).png") }

  private static let clip = Golden.fixtures
    .appendingPathComponent("media/videos/rotated.mp4").path

  private func arguments(_ model: String, _ more: [String]) -> [String] {
    [
      "ask", "--checkpoint", Self.fixture("\(model)/checkpoint.pth"), "--model",
      Self.fixture("\(model)/config.json"), "--vocab", Self.fixture("vocab.txt"),
    ] + more
  }

  private func ask(_ model: String, _ more: String...) throws -> BuiltBinary.Result {
    try BuiltBinary.run(arguments(model, more))
  }

  private func manifest(_ model: String) throws -> JSONValue {
    try JSONFile.read(Self.fixture("\(model)/manifest.json"))
  }

  @Test(arguments: ["tiny-base", "tiny-large"])
  func anAnswer(_ model: String) throws {
    let known = try manifest(model)["vqa"]
    for place in 0..<4 {
      let question = try #require(known?["questions"]?[place]?.string)
      let result = try ask(model, Self.picture(place), question)
      #expect(result.status == 0 && result.errors == "", "\(result.errors)")
      #expect(result.output == (known?["answers"]?[place]?.string ?? "-") + "\n")
    }
  }

  @Test func severalThings() throws {
    let known = try manifest("tiny-base")
    let result = try ask(
      "tiny-base", Self.picture(2), "is it", "what color", "--caption", "--box", "a dog")
    #expect(result.status == 0, "\(result.errors)")
    let lines = result.output.split(separator: "\n")
    #expect(lines.count == 4)
    #expect(lines[0].hasPrefix("is it: ") && lines[1].hasPrefix("what color: "))
    #expect(lines[2] == "caption: \(known["caption"]?["captions"]?[0]?.string ?? "-")")
    let box = lines[3].dropFirst("a dog: ".count).split(separator: " ").compactMap { Double($0) }
    #expect(lines[3].hasPrefix("a dog: ") && box.count == 4)
    // Alone it is the same.
    #expect(try ask("tiny-base", Self.picture(2), "is it").output == lines[0].dropFirst(7) + "\n")
    #expect(
      try ask("tiny-base", Self.picture(2), "--box", "a dog").output
        == lines[3].dropFirst(7) + "\n")
  }

  @Test func json() throws {
    let question = "what color is the dog?"
    let result = try ask(
      "tiny-base", Self.picture(0), question, "--caption", "--box", "dog", "--format", "json",
      "--n-best", "3", "--threads", "1", "--isa", "scalar")
    #expect(result.status == 0, "\(result.errors)")
    let record = try JSONFile.parse(result.output)
    #expect(result.output == (try record.text()))
    #expect(record["file"]?.string == Self.picture(0) && record["model"]?.string == "config")
    #expect(record["isa"]?.string == "scalar")
    let answers = record["answers"]?.array ?? []
    #expect(answers.compactMap { $0["task"]?.string } == ["vqa", "caption", "grounding"])
    let beam = try manifest("tiny-base")["vqa"]?["beam"]
    let candidates = answers[0]["candidates"]?.array ?? []
    #expect(candidates.count == 3 && answers[0]["text"]?.string == question)
    #expect(answers[0]["answer"]?.string == "h little")
    for (place, candidate) in candidates.enumerated() {
      let expected = try #require(beam?["nbest_scores"]?[0]?[place]?.double)
      #expect(abs((candidate["score"]?.double ?? 0) - expected) < 1e-3)
    }
    #expect(
      answers[0]["protocol"]?.string
        == "vqa|res:64|image:square-bicubic-clip|text:none|ids:all|pad:longest|ocr:30|objects:yes"
        + "|beams:5|min:1|max:10|alpha:0.6|Q3:kept")
    #expect(answers[2]["bbox"]?.array?.count == 4 && answers[2]["square"]?.array?.count == 4)
    let stages = record["seconds"]?.object?.members.map(\.key) ?? []
    #expect(Set(stages) == ["load", "see", "answer", "caption", "box"])
    // The same on all threads and instructions.
    let other = try JSONFile.parse(
      try ask(
        "tiny-base", Self.picture(0), question, "--caption", "--box", "dog", "--format", "json",
        "--n-best", "3"
      ).output)
    #expect(other["answers"] == record["answers"])
  }

  @Test func hypothesesAndSettings() throws {
    let plain = try ask("tiny-base", Self.picture(3), "is it", "--n-best", "2")
    let lines = plain.output.split(separator: "\n")
    #expect(lines.count == 3 && lines[1].hasSuffix("  \(lines[0])"))
    let narrow = try ask("tiny-base", Self.picture(3), "is it", "--beams", "1", "--format", "json")
    #expect(narrow.output.contains("|beams:1|"))
    let large = try ask(
      "tiny-base", Self.picture(3), "is it", "--resolution", "96", "--format", "json")
    #expect(large.output.contains("|res:96|"))
    #expect(
      try JSONFile.parse(large.output)["answers"]?[0]?["candidates"]?[0]?["score"]
        != JSONFile.parse(narrow.output)["answers"]?[0]?["candidates"]?[0]?["score"])
  }

  @Test func aVideo() throws {
    let result = try ask(
      "tiny-large", Self.clip, "what is it", "--caption", "--format", "json")
    #expect(result.status == 0, "\(result.errors)")
    let answers = try JSONFile.parse(result.output)["answers"]?.array ?? []
    #expect(answers.compactMap { $0["task"]?.string } == ["video-qa", "video-caption"])
    #expect(answers[0]["protocol"]?.string?.contains("|frames:3|") == true)
    #expect(answers[1]["answer"]?.string?.hasSuffix(" .") == true)
    try expectFailure(
      64, saying: ["is a video: --box and --entails take a picture"],
      arguments("tiny-large", [Self.clip, "--box", "dog"]), in: TemporaryFolder())
  }

  /// The weights of a folder with the head of entailment.
  @Test func entailment() throws {
    let scratch = try TemporaryFolder()
    var writer = SafetensorsWriter()
    for (file, prefix) in [("weights", ""), ("heads", "ve.")] {
      let tensors = try TensorFile(Self.fixture("tiny-base/\(file).safetensors")).tensors
      for (name, tensor) in tensors where name.hasPrefix(prefix) {
        let halves = tensor.type == "F16"
        let floats =
          halves
          ? stride(from: 0, to: tensor.bytes.count, by: 2).map {
            Float(
              Float16(bitPattern: UInt16(tensor.bytes[$0]) | UInt16(tensor.bytes[$0 + 1]) << 8))
          } : tensor.floats
        writer.add(String(name.dropFirst(prefix.count)), shape: tensor.shape, floats)
      }
    }
    try writer.write(to: scratch("ve.safetensors"))
    // The vocabulary beside the checkpoint is found.
    try FileManager.default.copyItem(
      atPath: Self.fixture("vocab.txt"), toPath: scratch("vocab.txt"))
    let known = try #require(try manifest("tiny-base")["classification"])
    let statement = try #require(known["sentences"]?[0]?.string)
    let result = try BuiltBinary.run([
      "ask", "--checkpoint", scratch("ve.safetensors"), "--model",
      Self.fixture("tiny-base/config.json"), Self.picture(0), "--entails", statement, "--format",
      "json",
    ])
    #expect(result.status == 0, "\(result.errors)")
    let answer = try JSONFile.parse(result.output)["answers"]?[0]
    #expect(answer?["convention"]?.string == "ALBEF")
    let logits = try TensorFile(Self.fixture("tiny-base/classification.safetensors"))
    let expected = try #require(logits["ve_logits"]).floats.prefix(3)
    for (label, logit) in zip(["contradiction", "neutral", "entailment"], expected) {
      #expect(abs((answer?["logits"]?[label]?.double ?? .nan) - Double(logit)) < 3e-3)
    }
    #expect(["contradiction", "neutral", "entailment"].contains(answer?["label"]?.string ?? ""))
  }

  @Test func whatIsRefused() throws {
    let scratch = try TemporaryFolder()
    func fails(
      _ status: Int32, _ says: String, _ more: String..., model: String = "tiny-base"
    ) throws {
      try expectFailure(status, saying: [says], arguments(model, more), in: scratch)
    }
    let picture = Self.picture(0)
    try fails(64, "Nothing is asked", picture)
    try fails(64, "--resolution takes 1 to 2048", picture, "is it", "--resolution", "0")
    try fails(64, "--beams takes 1 to 64", picture, "is it", "--beams", "65")
    try fails(64, "--n-best shows at most the 2", picture, "x", "--beams", "2", "--n-best", "3")
    try fails(64, "--threads takes 1 to 1024", picture, "is it", "--threads", "0")
    try fails(66, "no.png: there is no such file", "no.png", "is it")
    let text = try scratch.write("text.png", "no picture at all")
    try fails(65, "text.png: expected a picture (JPEG, PNG) or a video", text, "is it")
    // The head of entailment is not in this checkpoint.
    try fails(65, "cls_head.0.weight", picture, "--entails", "a dog")
    try fails(65, "a dog ||| a cat", picture, "--box", "a dog ||| a cat")
    func refuses(_ status: Int32, _ says: String, _ arguments: [String]) throws {
      try expectFailure(status, saying: [says], ["ask"] + arguments, in: scratch)
    }
    let checkpoint = Self.fixture("tiny-base/checkpoint.pth")
    let vocabulary = Self.fixture("vocab.txt")
    try refuses(
      65, "its sizes are those of no known model",
      ["--checkpoint", checkpoint, "--vocab", vocabulary, picture, "is it"])
    try refuses(
      64, "unknown model 'mplug-bas'; did you mean mplug-base, ",
      ["--checkpoint", checkpoint, "--vocab", vocabulary, "--model", "mplug-bas", picture, "x"])
    try refuses(
      65, "704 tokens, expected 30522",
      ["--checkpoint", checkpoint, "--vocab", vocabulary, "--model", "mplug-base", picture, "x"])
    try refuses(64, "no vocabulary", ["--checkpoint", checkpoint, picture, "is it"])
    try refuses(
      66, "none.pth: there is no such file",
      [
        "--checkpoint", "none.pth", "--vocab", vocabulary, "--model",
        Self.fixture("tiny-base/config.json"), picture, "is it",
      ])
    let yaml = try scratch.write("m.yaml", "vision: {width: 64}\n")
    try refuses(
      65, "m.yaml:",
      ["--checkpoint", checkpoint, "--vocab", vocabulary, "--model", yaml, picture, "x"])
  }
}
