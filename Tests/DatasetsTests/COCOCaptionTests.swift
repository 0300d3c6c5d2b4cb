import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// The caption adapter over small files in each of the forms that users have.
@Suite struct COCOCaptionTests {
  private func captions(_ set: ReferenceSet) throws -> CaptionReferences {
    guard case .captions(let captions) = set.content else {
      throw CocoaError(.fileReadCorruptFile)
    }
    return captions
  }

  private func read(_ split: String, under folder: String) throws -> ReferenceSet {
    let card = try BenchmarkRegistry.card(named: "coco-caption")
    return try COCOCaption.references(
      for: ReferenceRequest(
        card: card, split: card.split(named: split),
        source: .data(DataFolder(path: folder, folders: card.folders))))
  }

  private static func image(_ id: Int, _ split: String, _ captions: [String]) -> String {
    let sentences = captions.map { "{\"tokens\": [], \"raw\": \"\($0)\", \"sentid\": 1}" }
    return "{\"sentences\": [\(sentences.joined(separator: ","))], \"split\": \"\(split)\", "
      + "\"cocoid\": \(id), \"filename\": \"COCO_val2014_\(id).jpg\"}"
  }

  @Test func karpathySplits() throws {
    let scratch = try TemporaryFolder()
    let six = ["a", "b", "c", "d", "e", "f"]
    let images = [
      Self.image(9, "test", six), Self.image(1, "restval", ["x"]),
      Self.image(2, "val", ["y", "Y "]),
      Self.image(3, "train", []), Self.image(4, "test", ["z"]),
    ]
    try scratch.write(
      "karpathy/dataset_coco.json",
      "{\"images\": [\(images.joined(separator: ","))], \"dataset\": \"coco\"}")
    let test = try captions(read("test", under: scratch.path))
    #expect(test.ids == [9, 4])
    #expect(test.captions == [six, ["z"]])
    #expect(test.letterCase == "raw")
    let val = try read("val", under: scratch.path)
    #expect(try captions(val).ids == [2])
    #expect(try captions(val).captions == [["y", "Y "]])
    #expect(val.label == "karpathy-val")
    #expect(val.files.map(\.role) == ["karpathy"])
  }

  @Test func aKarpathyFileOfAnotherDataSet() throws {
    let scratch = try TemporaryFolder()
    try scratch.write(
      "dataset_coco.json", "{\"images\": [\(Self.image(1, "train", ["x"]))]}")
    let error = #expect(throws: DatasetError.self) { try read("test", under: scratch.path) }
    #expect(
      error?.description.contains("expected images of the split test, found the splits train")
        == true)
  }

  private static let official =
    #"{"images": [{"id": 30, "file_name": "x"}, {"id": 10}, {"id": 20}],"#
    + #" "annotations": [{"image_id": 10, "id": 5, "caption": "ten a"},"#
    + #" {"image_id": 20, "id": 4, "caption": "twenty"}, {"image_id": 30, "id": 3, "caption": "30"},"#
    + #" {"image_id": 10, "id": 1, "caption": "ten b"}]}"#

  @Test func officialOrder() throws {
    let scratch = try TemporaryFolder()
    let path = try scratch.write("captions.json", Self.official)
    let read = try captions(COCOCaption.references(in: [path], label: "x"))
    #expect(read.ids == [30, 10, 20])
    #expect(read.captions == [["30"], ["ten a", "ten b"], ["twenty"]])
    // The order of the members does not matter.
    let swapped = try scratch.write(
      "swapped.json",
      #"{"annotations": [{"caption": "b", "image_id": 2}, {"caption": "a", "image_id": 1}],"#
        + #" "images": [{"id": 1}, {"id": 2}]}"#)
    #expect(
      try captions(COCOCaption.references(in: [swapped], label: "x")).captions == [["a"], ["b"]])
  }

  @Test(arguments: ["\n", "\r\n"]) func officialFileWithAListOfImages(_ end: String) throws {
    let scratch = try TemporaryFolder()
    try scratch.write("annotations/captions_val2014.json", Self.official)
    try scratch.write(
      "karpathy/karpathy_test_images.txt",
      ["val2014/COCO_val2014_20.jpg 20", "", "val2014/COCO_val2014_30.jpg 30"]
        .joined(separator: end) + end)
    let set = try read("test", under: scratch.path)
    #expect(set.files.map(\.role) == ["annotations", "images"])
    #expect(set.label == "karpathy-test")
    #expect(try captions(set).ids == [20, 30])
    #expect(try captions(set).captions == [["twenty"], ["30"]])
  }

  @Test(arguments: [
    ("val2014/a.jpg 30\n\nval2014/b.jpg x\n", ":3:1: expected a file name and an image id"),
    ("", "holds no image"), ("\n \n", "holds no image"),
    ("a 30\nb 30\n", "expected each image once, found image 30 twice"),
    ("a 77\n", "found none of image 77; the list of images and the captions are not of the same"),
  ])
  func wrongListsOfImages(_ content: String, _ says: String) throws {
    let scratch = try TemporaryFolder()
    try scratch.write("captions_val2014.json", Self.official)
    try scratch.write("karpathy_test_images.txt", content)
    let error = #expect(throws: DatasetError.self) { try read("test", under: scratch.path) }
    #expect(error?.description.contains(says) == true, "\(error?.description ?? "")")
  }

  /// As Python's `str.lower` has it: a sigma at a word's end is another letter.
  @Test func theReferenceListIsLowerCased() throws {
    let scratch = try TemporaryFolder()
    let path = try scratch.write(
      "coco_caption_test_ocr.json",
      #"[{"filename": "COCO_val2014_000000000042.jpg", "sentences": [{"raw": "A ΟΔΟΣ Σ İ"},"#
        + #" {"raw": "_UNK Ärger"}]}]"#)
    let set = try read("test", under: scratch.path)
    #expect(set.files.map(\.role) == ["list"])
    let lower = try captions(set)
    #expect(lower.ids == [42])
    #expect(lower.captions == [["a οδος σ i\u{307}", "_unk ärger"]])
    #expect(lower.letterCase == "lower")
    #expect(
      try captions(COCOCaption.references(in: [path], label: "x")).captions == lower.captions)

    let official = try scratch.write("captions.json", Self.official)
    let error = #expect(throws: DatasetError.self) {
      try COCOCaption.references(in: [official, path], label: "x")
    }
    #expect(error?.description.contains("lower-cased, beside official captions") == true)
  }

  @Test func theKarpathyFileComesFirst() throws {
    let scratch = try TemporaryFolder()
    try scratch.write(
      "coco_caption_test_ocr.json",
      #"[{"filename": "COCO_val2014_42.jpg", "sentences": [{"raw": "List"}]}]"#)
    #expect(try captions(read("test", under: scratch.path)).captions == [["list"]])
    try scratch.write(
      "coco/karpathy/dataset_coco.json", "{\"images\": [\(Self.image(1, "test", ["Karpathy"]))]}")
    #expect(try captions(read("test", under: scratch.path)).captions == [["Karpathy"]])
  }
}
