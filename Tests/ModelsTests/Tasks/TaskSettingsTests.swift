import Media
import Models
import Testing

/// Settings of a YAML file over a protocol.
@Suite struct TaskSettingsTests {
  private func changed(_ task: ModelTask, _ yaml: String) throws -> TaskProtocol {
    let table = try TaskTable.protocols(
      yaml: "{image_res: 64, video_res: 64, tasks: {\(task.rawValue): \(yaml)}}", file: "m.yaml")
    #expect(table.count == ModelTask.allCases.count)
    return try #require(table[task])
  }

  @Test func everySetting() throws {
    let vqa = try changed(
      .vqa,
      "{resolution: 96, ids: 80, ocr_words: 0, objects: false, beams: 3, min_length: 2, "
        + "max_length: 12, length_exponent: 1, correct: [Q3, Q4], prompt: a, tidy: true}")
    #expect(
      vqa.signature
        == "vqa|res:96|image:square-bicubic-clip|text:none|ids:80|pad:longest|beams:3|min:2|max:12"
        + "|alpha:1.0|prompt:a|tidy:vatex|Q3:corrected|Q4:corrected")
    let ranked = try changed(.vqa, "{rank: 7, correct: Q5, output: rank}")
    #expect(ranked.signature.hasSuffix("|rank:7|answers:-|Q5:corrected"))
    let generated = try changed(.videoQA, "{beams: 2, output: generate, frames: 5}")
    #expect(generated.frames == 5 && generated.signature.contains("|beams:2|min:1|max:10|"))
    #expect(try changed(.retrieval, "{k: 9, words: 8}").signature.contains("|words:8|ids:30|"))
    #expect(try changed(.retrieval, "{k: 9, words: 8}").signature.hasSuffix("|k:9|score:itm"))
    #expect(try changed(.grounding, "{transform: square}").shape == .square)
    #expect(
      try changed(.reasoning, "{labels: [no, yes]}").signature.contains("|classes:no,yes|"))
  }

  /// Each name that is listed can be set, and no other.
  @Test(arguments: ModelTask.allCases)
  func theListIsWhatCanBeSet(_ task: ModelTask) throws {
    let values = [
      "transform": "letterbox", "objects": "true", "tidy": "false", "prompt": "x",
      "output": "rank", "labels": "[a, b, c]", "correct": "[]",
    ]
    let standard = TaskProtocol.standard(task, resolution: 64)
    for name in TaskProtocol.settingNames {
      let value = task == .reasoning && name == "labels" ? "[a, b]" : values[name] ?? "7"
      let yaml = "{\(name): \(value)}"
      if standard.ownSettingNames.contains(name) {
        _ = try changed(task, yaml)
      } else {
        #expect(throws: ModelError.self) { try changed(task, yaml) }
      }
    }
  }

  @Test(arguments: [
    ("{resolution: 0}", "tasks.vqa.resolution is '0', expected a whole number from 1 to 2048"),
    ("{resolution: 4000}", "tasks.vqa.resolution is '4000'"),
    ("{beams: many}", "tasks.vqa.beams is 'many', expected a whole number from 1 to 64"),
    ("{beams: 65}", "tasks.vqa.beams is '65'"), ("{beams: [5]}", "tasks.vqa.beams is a list"),
    ("{beam: 5}", "tasks.vqa.beam is no setting, expected beams"),
    ("{frames: 5}", "tasks.vqa.frames is no setting, expected one of output, resolution,"),
    ("{correct: [Q3, Q6]}", "tasks.vqa.correct is 'Q6', expected one of Q3"),
    ("{correct: {Q3: 1}}", "tasks.vqa.correct is a mapping, expected one of Q3"),
    ("{objects: 7}", "tasks.vqa.objects is '7', expected true or false"),
    ("{prompt: \"a\\nb\"}", "expected a text on one line"),
    ("{length_exponent: .nan}", "tasks.vqa.length_exponent is '.nan'"),
    ("384", "tasks.vqa is '384', expected a mapping"),
    ("{output: box}", "tasks.vqa.output is 'box', expected one of generate, rank"),
  ])
  func whatIsRefused(_ yaml: String, _ says: String) throws {
    do {
      _ = try changed(.vqa, yaml)
      Issue.record("\(yaml) was taken")
    } catch let error as ModelError {
      #expect("\(error)".hasPrefix("m.yaml:") && "\(error)".contains(says), "\(error)")
      #expect(!"\(error)".contains("\n"))
    }
  }

  @Test func whatAFileSpeaksOf() throws {
    func table(_ yaml: String) throws -> [ModelTask: TaskProtocol] {
      try TaskTable.protocols(yaml: yaml, file: "m.yaml")
    }
    let two = try table(
      "tasks:\n  vqa: {resolution: 384}\n  video-qa: {resolution: 480, frames: 3}\n")
    #expect(two.keys.sorted { $0.rawValue < $1.rawValue } == [.videoQA, .vqa])
    #expect(two[.videoQA]?.frames == 3 && two[.vqa]?.resolution == 384)
    #expect(try table("name: x") == [:])
    let pictures = try table("{\"image_res\": 56, \"frames\": 3}")
    #expect(Set(pictures.keys) == Set(ModelTask.allCases.filter { !$0.isVideo }))
    #expect(try table("{video_res: 42, frames: 3}")[.videoCaption]?.frames == 3)
    for (yaml, says) in [
      ("tasks: {vqas: 3}", "tasks.vqas is no setting, expected vqa"),
      ("tasks: {vqa: {beams: 3}}", "tasks.vqa.resolution is missing"),
      ("tasks: [vqa]", "tasks is a list"), ("[1]", "the file is a list"),
      ("a: [", "the file is no YAML"), ("", "the file is empty"),
      ("image_res: 1e9", "image_res is '1e9'"), ("frames: 0", "frames is '0'"),
    ] {
      #expect {
        try table(yaml)
      } throws: { error in
        "\(error)".hasPrefix("m.yaml") && "\(error)".contains(says)
          && !"\(error)".contains("\n")
      }
    }
  }
}
