import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// Checks that scoring does not need.
@Suite struct AuditTests {
  private func audit(
    _ benchmark: String, _ split: String, under scratch: TemporaryFolder
  ) throws -> [Problem] {
    let card = try BenchmarkRegistry.card(named: benchmark)
    return try DatasetRegistry.dataset(for: card).audit(
      under: DataFolder(path: scratch.path, folders: card.folders),
      split: try #require(card.split(named: split)))
  }

  private func questions(_ ids: [Int], subset: String = "val2014", image: Int = 7) -> String {
    let list = ids.map { #"{"question_id": \#($0), "image_id": \#(image), "question": "q"}"# }
    return #"{"data_subtype": "\#(subset)", "questions": [\#(list.joined(separator: ", "))]}"#
  }

  private func annotations(_ ids: [Int], subset: String = "val2014", image: Int = 7) -> String {
    let list = ids.map {
      #"{"question_id": \#($0), "image_id": \#(image), "question_type": "what","#
        + #" "answer_type": "other", "answers": [{"answer": "a", "answer_id": 1}]}"#
    }
    return #"{"annotations": [\#(list.joined(separator: ", "))], "data_subtype": "\#(subset)"}"#
  }

  private static let questionFile = "vqa/v2_OpenEnded_mscoco_val2014_questions.json"
  private static let annotationFile = "v2_mscoco_val2014_annotations.json"

  @Test func questionsAndAnnotations() throws {
    let scratch = try TemporaryFolder()
    try scratch.write(Self.questionFile, questions([1, 2, 3]))
    try scratch.write(Self.annotationFile, annotations([3, 1, 2]))
    #expect(try audit("vqav2", "val", under: scratch) == [])
    try scratch.write(Self.annotationFile, annotations([5, 2, 4]))
    #expect(
      try audit("vqav2", "val", under: scratch) == [
        Problem(
          code: "questions_without_annotations", message: "2 questions have no annotation",
          count: 2, examples: ["1", "3"]),
        Problem(
          code: "annotations_without_questions", message: "2 annotations have no question",
          count: 2, examples: ["5", "4"]),
      ])
    // A file alone contradicts nobody.
    try FileManager.default.removeItem(atPath: scratch(Self.questionFile))
    #expect(try audit("vqav2", "val", under: scratch) == [])
  }

  @Test func anotherImageAndAnotherSplit() throws {
    let scratch = try TemporaryFolder()
    try scratch.write(Self.questionFile, questions([1, 2]))
    try scratch.write(Self.annotationFile, annotations([1, 2], subset: "train2014", image: 8))
    let problems = try audit("vqav2", "val", under: scratch)
    #expect(problems.map(\.code) == ["other_split", "image_differs"])
    #expect(
      problems[0].message
        == "v2_mscoco_val2014_annotations.json says of itself that it is train2014 (data_subtype)")
    #expect(problems[1].examples == ["1", "2"])
  }

  @Test func repeatedQuestions() throws {
    let scratch = try TemporaryFolder()
    try scratch.write(Self.questionFile, questions([1, 2, 1]))
    let error = #expect(throws: DatasetError.self) { try audit("vqav2", "val", under: scratch) }
    #expect(error?.description.contains("question_id 1 occurs twice, in records 0 and 2") == true)
  }

  @Test func testDevIsAPartOfTest() throws {
    let scratch = try TemporaryFolder()
    let part = "v2_OpenEnded_mscoco_test-dev2015_questions.json"
    try scratch.write(part, questions([1, 9], subset: "test-dev2015"))
    #expect(try audit("vqav2", "test-dev", under: scratch) == [])
    let whole = "v2_OpenEnded_mscoco_test2015_questions.json"
    try scratch.write(whole, questions([1, 2, 9], subset: "test2015"))
    #expect(try audit("vqav2", "test-dev", under: scratch) == [])
    try scratch.write(whole, questions([1, 2], subset: "test2015"))
    #expect(
      try audit("vqav2", "test-dev", under: scratch) == [
        Problem(
          code: "questions_outside_whole",
          message: "1 questions of test-dev are not in \(whole), of which it is a part", count: 1,
          examples: ["9"])
      ])
    // The name holds what the file says of itself, or the file is another.
    try scratch.write(part, questions([1], subset: "test2015"))
    #expect(try audit("vqav2", "test-dev", under: scratch).map(\.code) == ["other_split"])
  }

  /// A list names a part of val2014: that the annotation file has more is no contradiction.
  @Test func aListIsAPart() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("vqa_minival_ocr.json", #"[{"question_id": 1, "question": "q"}]"#)
    try scratch.write(Self.annotationFile, annotations([1, 2]))
    try scratch.write(Self.questionFile, questions([1, 2]))
    #expect(try audit("vqav2", "minival", under: scratch) == [])
  }

  private func karpathy(_ images: [(id: Int, split: String, folder: String)]) -> String {
    let list = images.map { image in
      #"{"cocoid": \#(image.id), "split": "\#(image.split)", "filepath": "\#(image.folder)","#
        + #" "sentences": [{"raw": "x"}]}"#
    }
    return #"{"images": [\#(list.joined(separator: ", "))], "dataset": "coco"}"#
  }

  @Test func restvalIsTraining() throws {
    let scratch = try TemporaryFolder()
    let good = [(1, "val", "val2014"), (2, "restval", "val2014"), (3, "train", "train2014")]
    try scratch.write("dataset_coco.json", karpathy(good))
    #expect(try audit("coco-caption", "val", under: scratch) == [])
    try scratch.write(
      "dataset_coco.json", karpathy(good + [(1, "restval", "val2014"), (4, "val", "train2014")]))
    let problems = try audit("coco-caption", "val", under: scratch)
    #expect(problems.map(\.code) == ["images_in_two_splits", "images_in_other_folder"])
    #expect(problems[0].message == "1 images of val are in restval too")
    #expect(problems.map(\.examples) == [["1"], ["4"]])
  }

  @Test func captionsOfImagesThatAreNotListed() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("dataset_coco.json", karpathy([(1, "val", "val2014")]))
    try scratch.write(
      "annotations/captions_val2014.json",
      #"{"images": [{"id": 1}], "annotations": [{"image_id": 1, "caption": "x"},"#
        + #" {"image_id": 9, "caption": "y"}]}"#)
    let error = #expect(throws: DatasetError.self) {
      try audit("coco-caption", "val", under: scratch)
    }
    #expect(error?.description.contains("(first: 9)") == true)
  }

  /// The images of a list are those that the list names.
  @Test func mediaOfALists() throws {
    let scratch = try TemporaryFolder()
    try scratch.write(
      "vqa_minival_ocr.json",
      #"[{"question_id": 5000, "image": "val2014/COCO_val2014_000000000005.jpg", "answer": ["x"]},"#
        + #"{"question_id": 5001, "image": "val2014/COCO_val2014_000000000005.jpg","#
        + #" "answer": ["x"]}, {"question_id": 7000, "answer": ["x"]}]"#)
    let card = try BenchmarkRegistry.card(named: "vqav2")
    let media = try VQAv2.media(
      under: DataFolder(path: scratch.path, folders: card.folders),
      split: try #require(card.split(named: "minival")))
    #expect(
      media
        == [5, 7].map {
          MediaReference(
            id: .int($0), path: "val2014/COCO_val2014_00000000000\($0).jpg", kind: .image)
        })
  }

  @Test(arguments: [
    ("mini-vqav2", "val"), ("mini-coco-caption", "test"), ("mini-coco-caption", "val"),
  ])
  func theEmbeddedSetIsSound(_ benchmark: String, _ split: String) throws {
    let card = try BenchmarkRegistry.card(named: benchmark)
    let folder = DataFolder(
      path: Golden.root.appendingPathComponent("benchmarks/mini").path, folders: card.folders)
    let problems = try DatasetRegistry.dataset(for: card).audit(
      under: folder, split: try #require(card.split(named: split)))
    #expect(problems == [])
  }
}
