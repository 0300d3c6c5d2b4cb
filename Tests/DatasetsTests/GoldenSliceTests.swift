import Datasets
import Foundation
import Metrics
import Records
import TestSupport
import Testing

/// Slices of the real files.
@Suite(.enabled(if: Golden.folder != nil)) struct GoldenSliceTests {
  private static func file(_ name: String) throws -> String {
    try #require(Golden.folder).appendingPathComponent("datasets/\(name)").path
  }

  private func answers(_ paths: String...) throws -> AnswerReferences {
    let set = try VQAv2.references(
      in: try paths.map { try Self.file("vqav2/\($0)") }, label: "custom")
    guard case .answers(let answers) = set.content else {
      throw CocoaError(.fileReadCorruptFile)
    }
    return answers
  }

  @Test func officialAnswers() throws {
    let val = try answers("v2_mscoco_val2014_annotations.json")
    #expect(val.ids == [262_148_000])
    #expect(val.imageIDs == [262_148])
    #expect(
      val.humanAnswers?.answers(of: 0) == [
        "down", "down", "at table", "skateboard", "down", "table", "down", "down", "down", "down",
      ])
    #expect(val.humanAnswers?.questionType(of: 0) == "none of the above")
    let both = try answers(
      "v2_mscoco_val2014_annotations.json", "v2_mscoco_train2014_annotations.json")
    #expect(both.ids == [262_148_000, 458_752_000, 458_752_001, 458_752_002])
    #expect(both.imageIDs == [262_148, 458_752, 458_752, 458_752])
    #expect(
      both.humanAnswers?.answers(of: 1) == [
        "net", "net", "net", "netting", "net", "net", "mesh", "net", "pitcher", "orange",
      ])
    #expect(both.humanAnswers?.questionType(of: 3) == "what color is the")
  }

  @Test func minivalLists() throws {
    let list = try answers("reference_lists/vqa_minival_ocr.json")
    #expect(list.ids.count == 60)
    #expect(list.ids.prefix(2) == [1_464_000, 1_464_001])
    #expect(list.humanAnswers?.answers(of: 1) == Array(repeating: "no", count: 10))
    #expect(list.softLabels == nil)
    let labelled = try answers(
      "reference_lists/minival.json", "reference_lists/vqa_minival_ocr.json")
    #expect(labelled.ids == list.ids)
    #expect(labelled.softLabels?.score(of: "yes", to: 0) == 1)
    #expect(labelled.softLabels?.score(of: "no", to: 0) == 0.9)
    #expect(labelled.softLabels?.score(of: "maybe", to: 0) == 0)
  }

  /// The slice of the official file does not have the list's questions, and that is said.
  @Test func aSliceThatLacksTheListsQuestions() throws {
    let card = try BenchmarkRegistry.card(named: "vqav2")
    let folder = DataFolder(path: try Self.file("vqav2"), folders: card.folders)
    let split = try #require(card.split(named: "minival"))
    let error = #expect(throws: DatasetError.self) {
      try VQAv2.references(under: folder, split: split)
    }
    #expect(
      error?.description.contains(
        "expected answers to all 60 questions of minival, found none to 60 of them "
          + "(first: 1464000)")
        == true, "\(error?.description ?? "")")
  }

  @Test func trainingListsAreNoReferences() throws {
    for name in ["vg_qa.json", "vqa_test_ocr.json"] {
      #expect(throws: DatasetError.self) { try answers("reference_lists/\(name)") }
    }
    #expect(throws: (any Error).self) { try answers("reference_lists/answer_list.json") }
  }

  /// The list of the whole split's images and a slice of the captions: not the same data.
  @Test func karpathyImageList() throws {
    let scratch = try TemporaryFolder()
    let captions = try Golden.bytes(
      URL(fileURLWithPath: try Self.file("coco/annotations/captions_val2014.json")))
    try scratch.write("captions_val2014.json", captions)
    let list = try String(
      contentsOfFile: try Self.file("coco/karpathy/karpathy_test_images.txt"), encoding: .utf8)
    try scratch.write("karpathy_test_images.txt", list)
    let card = try BenchmarkRegistry.card(named: "coco-caption")
    let folder = DataFolder(path: scratch.path, folders: card.folders)
    let split = try #require(card.split(named: "test"))
    let error = #expect(throws: DatasetError.self) {
      try COCOCaption.references(under: folder, split: split)
    }
    #expect(error?.description.contains("not of the same data") == true)

    let whole = try COCOCaption.references(in: [scratch("captions_val2014.json")], label: "x")
    guard case .captions(let slice) = whole.content else {
      Issue.record("no captions")
      return
    }
    #expect(slice.ids.count == 150)
    let known = Set(slice.ids)
    let kept = list.split(separator: "\n").filter { line in
      line.split(separator: " ").last.flatMap { Int($0) }.map { known.contains(.int($0)) } ?? false
    }
    #expect(kept.count == 17)
    try scratch.write("karpathy_test_images.txt", kept.joined(separator: "\n"))
    let part = try COCOCaption.references(under: folder, split: split)
    guard case .captions(let captions) = part.content else {
      Issue.record("no captions")
      return
    }
    #expect(
      captions.ids
        == kept.compactMap { $0.split(separator: " ").last.flatMap { Int($0) }.map { .int($0) } })
    for (id, texts) in zip(captions.ids, captions.captions) {
      let place = try #require(slice.ids.firstIndex(of: id))
      #expect(slice.captions[place] == texts)
    }
  }
}
