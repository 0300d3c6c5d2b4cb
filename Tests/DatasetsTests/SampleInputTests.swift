import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// What goes into a model beside the text, and files from which samples cannot be made.
@Suite struct SampleInputTests {
  private func samples(_ name: String, _ files: [(String, String)]) throws -> SampleSet {
    let made = MadeSplit(name: name, files: files.map { ($0.0, $0.1) }, texts: [])
    let (dataset, folder, split) = try made.place(in: made.folder())
    return try dataset.samples(under: folder, split: split)
  }

  private func samples(_ name: String, form: String = "official") throws -> SampleSet {
    let made = try #require(MadeSplit.all.first { $0.name == name && $0.form == form })
    let scratch = try made.folder()
    let (dataset, folder, split) = try made.place(in: scratch)
    return try dataset.samples(under: folder, split: split)
  }

  private func message(_ name: String, _ files: [(String, String)]) throws -> String {
    let scratch = try TemporaryFolder()
    for file in files { try scratch.write(file.0, file.1) }
    let made = MadeSplit(name: name, files: [], texts: [])
    let (dataset, folder, split) = try made.place(in: scratch)
    return
      "\(try #require(throws: DatasetError.self) { try dataset.samples(under: folder, split: split) })"
  }

  @Test(arguments: ["list", "list with official answers in another order"])
  func wordsAndObjectsOfLists(_ form: String) throws {
    let set = try samples("vqav2/minival", form: form)
    let stop = try #require(set.samples.first { $0.id == 5001 })
    #expect(stop.ocr == ["STOP", "all-way"] && stop.objects == "man&&dog&&man")
    // An empty field is there and makes another question than none.
    let tea = try #require(set.samples.first { $0.id == 7000 })
    #expect(tea.ocr.isEmpty && tea.objects == "")
    let many = try #require(set.samples.first { $0.id == 5000 })
    #expect(many.ocr.isEmpty && many.objects == nil)
    // The list's own name of an image, which another question of the same image does not have.
    #expect(set.media[stop.media[0]].path == "val2014_img/COCO_val2014_000000000005.jpg")
    #expect(set.media[many.media[0]].path == "val2014/COCO_val2014_000000000005.jpg")
    #expect(set.media[tea.media[0]].id == 7)
  }

  /// The list has words and objects of test pictures too; official files name the images.
  @Test func wordsAndObjectsOfHiddenQuestions() throws {
    let set = try samples("vqav2/test-std", form: "hidden with a list")
    #expect(set.samples.map(\.ocr) == [["STOP", "all-way"], [], []])
    #expect(set.samples.map(\.objects) == ["man&&dog&&man", "", nil])
    #expect(set.media[0].path == "test2015/COCO_test2015_000000000005.jpg")
    #expect(set.files.map(\.role) == ["questions", "list"])
    let short = try message(
      "vqav2/test-std",
      [
        ("v2_OpenEnded_mscoco_test2015_questions.json", MadeSplit.questions),
        ("vqa_test_ocr.json", #"[{"question_id": 5000, "question": "a"}]"#),
      ])
    #expect(short.contains("vqa_test_ocr.json: expected all 3 questions of the split, found none"))
  }

  @Test func officialQuestionsHaveNeitherWordsNorObjects() throws {
    let set = try samples("vqav2/val")
    #expect(set.samples.allSatisfy { $0.ocr.isEmpty && $0.objects == nil })
    #expect(set.samples.map { set.media[$0.media[0]].id } == [7, 5, 5])
    #expect(set.files.map(\.role) == ["annotations", "questions"])
  }

  @Test func twoImagesLeftThenRight() throws {
    let set = try samples("nlvr2/dev", form: "list")
    #expect(set.media.map(\.path) == ["dev/b.png", "dev/a.png"])
    #expect(set.samples.map(\.media) == [[0, 1], [1, 0]])
    let official = try samples("nlvr2/dev")
    #expect(official.samples.map(\.media) == [[0, 1], [2, 3], [0, 1]])
    #expect(official.media[1].path == "dev/dev-1-0-img1.png")
  }

  @Test func theListOfAnswersInItsOrder() throws {
    for name in ["msvd-qa/test", "msrvtt-qa/test"] {
      let set = try samples(name)
      #expect(set.answers?.answers == ["someone", "café", "dog"])
      #expect(set.files.map(\.role).last == "candidates")
    }
    let without = try samples("msvd-qa/test", form: "without mapping")
    #expect(without.answers == nil)
    #expect(without.media.map(\.path) == ["vid1451.avi", "vid1970.avi"])
    let mapped = try samples("msvd-qa/test")
    #expect(mapped.media.map(\.path).first == "YouTubeClips/-4wsuPCjDBc_5_15.avi")
    #expect(mapped.files.map(\.role) == ["annotations", "mapping", "candidates"])
  }

  @Test func textsOfARetrieval() throws {
    #expect(try samples("coco-retrieval/test").texts == ["One. ", "é", "z"])
    #expect(try samples("msrvtt-retrieval/test").texts == ["a, \"b\"", "é"])
  }

  private static let annotated = ("v2_mscoco_val2014_annotations.json", MadeSplit.annotations)
  private static let name = "v2_OpenEnded_mscoco_val2014_questions.json"

  @Test func annotatedQuestionsWithoutText() throws {
    let absent = try message("vqav2/val", [Self.annotated])
    #expect(absent.contains("the questions of val not found: looked for \(Self.name)"))
    let short = try message(
      "vqav2/val",
      [
        Self.annotated,
        (Self.name, #"{"questions": [{"question_id": 5000, "image_id": 5, "question": "a"}]}"#),
      ])
    #expect(
      short.contains(
        "expected all 3 questions of the split, found none of 2 of them "
          + "(first: 7000)"), "\(short)")
    let bare = try message(
      "vqav2/val",
      [
        Self.annotated,
        (Self.name, MadeSplit.questions.replacing(#""question": "How many?","#, with: "")),
      ])
    #expect(bare.contains("found none in 1 (first: question_id 5000)"), "\(bare)")
    let moved = try message(
      "vqav2/val",
      [
        Self.annotated,
        (Self.name, MadeSplit.questions.replacing(#""image_id": 7"#, with: #""image_id": 8"#)),
      ])
    #expect(
      moved.contains(
        "expected question 7000 about image 7, as the annotations have it, found image 8"))
  }

  @Test(arguments: [
    (
      "vqav2/minival", "vqa_minival_ocr.json", #"[{"question_id": 1, "answer": ["a"]}]"#,
      #"record 0: "question" is missing"#
    ),
    (
      "vqav2/minival", "vqa_minival_ocr.json",
      #"[{"question_id": 1, "question": "q", "answer": ["a"], "ocr": ["STOP", "x"]}]"#,
      "expected an array"
    ),
    (
      "vqav2/minival", "vqa_minival_ocr.json",
      #"[{"question_id": 1, "question": "q", "answer": ["a"], "ocr": [[[0, 1]]]}]"#,
      #""ocr" must be a list of pairs of a position and a word"#
    ),
    (
      "vqav2/minival", "minival.json", #"[{"question_id": 1, "label": {"a": 1}}]"#,
      #"record 0: "sent" is missing"#
    ),
    (
      "nlvr2/dev", "dev.json", #"{"identifier": "dev-1-0-0", "label": "True"}"#,
      #"expected a "sentence" of each example, found none of 1 (first: dev-1-0-0)"#
    ),
    (
      "snli-ve/val", "snli_ve_dev.jsonl",
      #"{"pairID": "a", "Flickr30K_ID": "1", "gold_label": "neutral", "sentence1": "x"}"#,
      #"record 0: "sentence2" is missing"#
    ),
    (
      "snli-ve/val", "ve_dev.json", #"[{"image": "1", "label": "neutral", "sentence2": "x"}]"#,
      #"record 0: "sentence" is missing"#
    ),
  ])
  func recordsWithoutTheirText(_ name: String, _ file: String, _ text: String, _ says: String)
    throws
  {
    let scratch = try TemporaryFolder()
    try scratch.write(file, text)
    let made = MadeSplit(name: name, files: [], texts: [])
    let (dataset, folder, split) = try made.place(in: scratch)
    let error = #expect(throws: (any Error).self) {
      try dataset.samples(under: folder, split: split)
    }
    #expect(error.map { "\($0)" }?.contains(says) == true, "\(error.map { "\($0)" } ?? "")")
    // Scoring needs no text.
    #expect(throws: Never.self) { try dataset.references(under: folder, split: split) }
  }
}
