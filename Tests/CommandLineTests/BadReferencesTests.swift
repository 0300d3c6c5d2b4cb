import Foundation
import Records
import TestSupport
import Testing

/// Data folders and annotation files that cannot be scored against.
@Suite struct BadReferencesTests {
  static let answerFiles: [(content: String, says: String)] = [
    (#"{"annotations": [@3]}"#, "record 0: expected an object, found the number 3"),
    (#"{"annotations": [@{"image_id": 1}]}"#, #"record 0: "question_id" is missing"#),
    (#"{"annotations": [@{"question_id": 1}]}"#, #"record 0: "answers" is missing"#),
    (
      #"{"annotations": [@{"question_id": 1, "answers": [{"answer": "a"}], "answer_type": "x"}]}"#,
      #"record 0: "question_type" is missing"#
    ),
    (
      #"{"annotations": [@{"question_id": 1, "answers": [{"answer": "a"}], "question_type": "x"}]}"#,
      #"record 0: "answer_type" is missing"#
    ),
    (
      #"{"annotations": [{"question_id": 1, "answers": [@{"answer_id": 1}]}]}"#,
      #"record 0: a human answer lacks "answer""#
    ),
    (#"{"annotations": [{"question_id": @"1"}]}"#, "expected an integer, found a string"),
    (#"{"annotations": [{"question_id": 1, "answers": @"a"}]}"#, "expected an array, found a"),
    ("{\"annotations\": [{\"question_id\": 1,\n \"answers\": [@", "truncated"),
    ("{\"annotations\": [{\"question_type\": \"a@\u{FFFD}\"}]}", "UTF-8"),
    ("{\"annotations\": @{}}", "expected an array, found an object"),
  ]

  static let captionFiles: [(content: String, says: String)] = [
    (#"{"images": [{"id": 1}], "annotations": [@3]}"#, "expected an object, found the number 3"),
    (
      #"{"images": [{"id": 1}], "annotations": [@{"image_id": 1}]}"#,
      #"record 0: an annotation lacks "caption""#
    ),
    (
      #"{"images": [{"id": 1}], "annotations": [@{"caption": "x"}]}"#,
      #"record 0: an annotation lacks "image_id""#
    ),
    (
      #"{"images": [@{"file_name": "x"}], "annotations": []}"#,
      #"record 0: an image lacks "id""#
    ),
    (
      #"{"images": [{"id": 1}], "annotations": [{"image_id": 1, "caption": @{"raw": "x"}}]}"#,
      "expected a string, found an object"
    ),
    ("{\"images\": [],\n\"annotations\": [{\"image_id\": 1, \"ca@", "truncated"),
    ("{\"annotations\": [{\"image_id\": 1, \"caption\": \"a @\u{FFFD}\"}]}", "UTF-8"),
    (#"{"images": [{"sentences": [@{"tokens": []}], "cocoid": 1}]}"#, #"a sentence lacks "raw""#),
    (#"{"images": [@{"sentences": [{"raw": "x"}]}]}"#, #"an image lacks "cocoid""#),
    (#"{"images": [@{"cocoid": 1}]}"#, #"image 1 has no "sentences""#),
    (#"[@{"filename": "x.jpg", "sentences": [{"raw": "x"}]}]"#, #"an image lacks "cocoid""#),
  ]

  private func score(_ benchmark: String, _ annotations: String..., predictions: String? = nil)
    -> [String]
  {
    let task: Task = benchmark.hasPrefix("vqav2") ? .answers : .captions
    return ["score", benchmark, "--predictions", predictions ?? task.predictions()]
      + ["--annotations"] + annotations
  }

  @Test(arguments: answerFiles.indices) func wrongAnnotations(_ index: Int) throws {
    let (content, says) = Self.answerFiles[index]
    let marked = Marked(content)
    let scratch = try TemporaryFolder()
    let path = try scratch.write("annotations.json", marked.bytes)
    try expectFailure(
      65, saying: ["\(path):\(marked.place): ", says],
      score("vqav2/val", path) + ["--output", scratch("out"), "--quiet"], in: scratch)
  }

  @Test(arguments: captionFiles.indices) func wrongCaptions(_ index: Int) throws {
    let (content, says) = Self.captionFiles[index]
    let marked = Marked(content)
    let scratch = try TemporaryFolder()
    let path = try scratch.write("captions.json", marked.bytes)
    try expectFailure(
      65, saying: ["\(path):\(marked.place): ", says],
      score("coco-caption/test", path) + ["--output", scratch("out"), "--quiet"], in: scratch)
  }

  @Test func repeatedIDs() throws {
    let scratch = try TemporaryFolder()
    let record =
      #"{"question_id": 4, "answers": [{"answer": "a"}], "question_type": "x", "answer_type": "y"}"#
    let answers = try scratch.write(
      "a.json", "{\"annotations\": [\(record.replacing("4", with: "3")),\n\(record),\n\(record)]}")
    try expectFailure(
      65, saying: ["\(answers):3: question_id 4 occurs twice, in records 1 and 2"],
      score("vqav2", answers), in: scratch)
    let twice = try scratch.write(
      "c.json",
      #"{"images": [{"id": 1}, {"id": 1}], "annotations": [{"image_id": 1, "caption": "x"}]}"#)
    try expectFailure(
      65, saying: ["\(twice): expected each image once, found an id twice in \"images\""],
      score("coco-caption", twice), in: scratch)
    func image(_ id: Int, _ split: String) -> String {
      "{\"cocoid\": \(id), \"split\": \"\(split)\", \"sentences\": [{\"raw\": \"x\"}]}"
    }
    // Record numbers count the images that the split leaves out, too.
    try scratch.write(
      "data/dataset_coco.json",
      "{\"images\": [\n\(image(1, "train")),\n\(image(2, "test")),\n\(image(3, "val")),\n"
        + "\(image(2, "test"))]}")
    try expectFailure(
      65, saying: ["dataset_coco.json:5: image 2 occurs twice, in records 1 and 3"],
      [
        "score", "coco-caption/test", "--predictions", Task.captions.predictions(), "--data",
        scratch("data"),
      ], in: scratch)
  }

  @Test func imagesAndCaptionsMustAgree() throws {
    let scratch = try TemporaryFolder()
    let bare = try scratch.write(
      "bare.json",
      #"{"images": [{"id": 1}, {"id": 2}], "annotations": [{"image_id": 1, "caption": "x"}]}"#)
    try expectFailure(
      65, saying: ["\(bare): expected captions of every image, found none of image 2"],
      score("coco-caption", bare), in: scratch)
    let stray = try scratch.write(
      "stray.json",
      #"{"images": [{"id": 1}], "annotations": [{"image_id": 1, "caption": "x"},"#
        + #" {"image_id": 9, "caption": "y"}]}"#)
    try expectFailure(
      65, saying: ["\(stray): 1 images of captions not in the reference set (first: 9)"],
      score("coco-caption", stray), in: scratch)
  }

  @Test func filesOfAnotherKind() throws {
    let scratch = try TemporaryFolder()
    let questions = Mini.file("vqav2/v2_OpenEnded_mscoco_val2014_questions.json")
    let captions = Mini.file("coco/annotations/captions_val2014.json")
    let answers = Mini.file("vqav2/v2_mscoco_val2014_annotations.json")
    let cases: [(String, String, String)] = [
      ("vqav2", questions, "expected human answers, found a question file"),
      ("vqav2", captions, "expected a VQAv2 annotation file, found a caption or detection file"),
      (
        "vqav2", Task.answers.predictions(),
        #""answer" must be a list of human answers, found a string"#
      ),
      ("coco-caption", questions, "expected a file with reference captions, found an object with"),
      ("coco-caption", answers, #":7:1: record 0: an annotation lacks "caption""#),
      (
        "coco-caption", Task.captions.predictions(),
        "expected a file with reference captions, found a list of objects with image_id, caption"
      ),
    ]
    for (benchmark, path, says) in cases {
      try expectFailure(65, saying: [path, says], score(benchmark, path), in: scratch)
    }
    for benchmark in ["vqav2", "coco-caption"] {
      let empty = try scratch.write("empty.json", "")
      try expectFailure(
        65, saying: ["\(empty): holds no record"], score(benchmark, empty), in: scratch)
      let page = try scratch.write("page.json", "<html>")
      try expectFailure(
        65, saying: ["\(page):1:1: ", "web page"], score(benchmark, page), in: scratch)
      let pointer = try scratch.write(
        "pointer.json", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 42\n")
      try expectFailure(
        65, saying: ["\(pointer):1:1: ", "git lfs pull"], score(benchmark, pointer), in: scratch)
      let list = try scratch.write("list.json", "[]")
      try expectFailure(65, saying: ["\(list): expected "], score(benchmark, list), in: scratch)
      let absent = scratch("absent.json")
      try expectFailure(
        66, saying: ["\(absent): there is no such file"], score(benchmark, absent), in: scratch)
    }
    try expectFailure(
      65, saying: ["found question files alone"], score("vqav2", questions, questions), in: scratch)
    try expectFailure(
      65, saying: ["expected files of different questions, found question "],
      score("vqav2", answers, answers), in: scratch)
    try expectFailure(
      65, saying: ["expected files of different images"],
      score("coco-caption", captions, captions), in: scratch)
  }

  @Test(arguments: Task.allCases) func dataFolder(_ task: Task) throws {
    let scratch = try TemporaryFolder()
    let start = ["score", task.benchmark, "--predictions", task.predictions(), "--data"]
    try expectFailure(
      66, saying: ["\(scratch("absent")): there is no such file or folder: --data names a folder"],
      start + [scratch("absent")], in: scratch)
    try scratch.write("empty/readme", "nothing here")
    try expectFailure(
      66,
      saying: [
        "not found: looked for ", scratch("empty"), "; ",
        task == .answers ? "v2_mscoco_val2014_annotations.json" : "dataset_coco.json",
      ], start + [scratch("empty"), "--output", scratch("out")], in: scratch)
    // A file is no folder.
    try expectFailure(
      66, saying: ["\(scratch("empty/readme")): is a file and no folder"],
      start + [scratch("empty/readme")], in: scratch)
  }

  @Test func officialCaptionsWithoutTheSplit() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("annotations/captions_val2014.json", "{}")
    try expectFailure(
      66,
      saying: [
        "looked for dataset_coco.json or coco_caption_test_ocr.json",
        "captions_val2014.json alone has all 40,504 images and is not the test split",
        "add dataset_coco.json from caption_datasets.zip",
      ],
      [
        "score", "coco-caption/test", "--predictions", Task.captions.predictions(), "--data",
        scratch.path,
      ], in: scratch)
    try scratch.write("vqa/v2_OpenEnded_mscoco_val2014_questions.json", "{}")
    try expectFailure(
      66, saying: ["the question file is there, and scoring needs the annotation file beside it"],
      ["score", "vqav2/val", "--predictions", Task.answers.predictions(), "--data", scratch.path],
      in: scratch)
  }

  @Test func aListWhoseQuestionsTheOfficialFileLacks() throws {
    let scratch = try TemporaryFolder()
    try scratch.write(
      "vqa_minival_ocr.json",
      #"[{"question_id": 1, "question": "q", "image": "a", "answer": ["x"]},"#
        + #"{"question_id": 2, "question": "q", "image": "a", "answer": ["y"]}]"#)
    try scratch.write(
      "v2_mscoco_val2014_annotations.json",
      #"{"annotations": [{"question_id": 2, "image_id": 1, "question_type": "what","#
        + #""answer_type": "other", "answers": [{"answer": "y", "answer_id": 1}]}]}"#)
    let predictions = try scratch.write("p.json", #"[{"question_id": 2, "answer": "y"}]"#)
    try expectFailure(
      65,
      saying: [
        "expected answers to all 2 questions of minival, found none to 1 of them (first: 1)"
      ],
      ["score", "vqav2/minival", "--predictions", predictions, "--data", scratch.path], in: scratch)
  }

  @Test(arguments: [
    (#"{"question_id": 1, "label": {"yes": 1, "yes": 0.3}}"#, #""yes" stands twice"#),
    (#"{"question_id": 1, "label": {"yes": 1.5}}"#, #"the label "yes" has the score 1.5"#),
    (#"{"question_id": 1, "label": {"yes": -0.1}}"#, "scores of labels are numbers from 0 to 1"),
    (#"{"question_id": 1, "question_id": 2, "label": {}}"#, #""question_id" stands twice"#),
    (#"{"question_id": 1, "label": {}, "label": {}}"#, #""label" stands twice"#),
  ]) func softLabelsThatCannotBe(_ record: String, _ says: String) throws {
    let scratch = try TemporaryFolder()
    let labels = try scratch.write("minival.json", "[\(record)]")
    let mine = try scratch.write("mine.json", #"[{"question_id": 1, "answer": "yes"}]"#)
    try expectFailure(
      65, saying: ["\(labels):1:", "record 0: ", says],
      ["score", "vqav2/minival", "--annotations", labels, "--predictions", mine], in: scratch)
  }

  /// A member that stands twice has two values, and the last is not better than the first.
  @Test(arguments: [
    ("coco/dataset_coco.json", ["filename", "filepath", "split", "cocoid", "sentences", "raw"]),
    (
      "vqav2/v2_mscoco_val2014_annotations.json",
      ["question_id", "image_id", "question_type", "answer_type", "answers", "answer"]
    ),
  ]) func membersThatStandTwice(_ file: String, _ members: [String]) throws {
    let task: Task = file.hasPrefix("coco") ? .captions : .answers
    let text = try String(contentsOfFile: Mini.file(file), encoding: .utf8)
    let record = try #require(
      try JSONFile.parse(text)[task == .captions ? "images" : "annotations"])
    for member in members {
      let inner = record[0]?["sentences"]?[0] ?? record[0]?["answers"]?[0]
      let value = try #require(record[0]?[member] ?? inner?[member])
      let repeated = try #require(text.firstRange(of: "\"\(member)\":"), "\(member)")
      let scratch = try TemporaryFolder()
      let path = try scratch.write(
        "references.json",
        text.replacingCharacters(
          in: repeated, with: "\"\(member)\": \(try value.text()), \"\(member)\":"))
      try expectFailure(
        65, saying: [path, "\"\(member)\" stands twice in one record; keep one of them"],
        [
          "score", task.benchmark, "--annotations", path, "--predictions", task.predictions(),
        ], in: scratch)
    }
  }

  @Test(arguments: ["clip_name", "caption", "retrieval_key"])
  func clipsWhoseMembersStandTwice(_ member: String) throws {
    let scratch = try TemporaryFolder()
    let path = try scratch.write(
      "msrvtt_test.jsonl",
      #"{"clip_name": "video1", "caption": "a", "retrieval_key": "r", "\#(member)": "x"}"#)
    let scores = try scratch.write(
      "s.npy", ScoreFiles.npy(shape: "(1, 1)", data: ScoreFiles.bytes([Float(1)])))
    try expectFailure(
      65, saying: ["\(path):1:", "record 0: \"\(member)\" stands twice in one record"],
      ["score", "msrvtt-retrieval", "--annotations", path, "--predictions", scores], in: scratch)
  }
}
