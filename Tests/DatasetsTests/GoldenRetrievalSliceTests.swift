import Datasets
import Foundation
import Metrics
import Records
import TestSupport
import Testing

/// Slices of the real files.
@Suite(.enabled(if: Golden.folder != nil)) struct GoldenRetrievalSliceTests {
  private static func folder(_ name: String) throws -> String {
    try #require(Golden.folder).appendingPathComponent("datasets/\(name)").path
  }

  private func references(_ set: ReferenceSet) throws -> RetrievalReferences {
    guard case .retrieval(let references) = set.content else { throw CocoaError(.fileReadUnknown) }
    return references
  }

  private func split(_ name: String, under path: String) throws -> ReferenceSet {
    let (card, split) = try BenchmarkName(name).resolve()
    return try DatasetRegistry.dataset(for: card).references(
      under: DataFolder(path: path, folders: card.folders), split: try #require(split))
  }

  /// The Karpathy file and the reference project's list have the same images in the same order.
  @Test func coco() throws {
    let folder = try Self.folder("coco")
    let karpathy = try references(split("coco-retrieval/test", under: folder))
    let list = try references(
      COCORetrieval.references(in: ["\(folder)/retrieval/coco_test.json"], label: "x"))
    #expect(karpathy.images == list.images && karpathy.images.count == 155)
    #expect(karpathy.texts == list.texts && karpathy.files == list.files)
    #expect(karpathy.images[0] == 391895)
    // Five of the slice's images have six captions.
    #expect(karpathy.texts.count == 155 * 5 + karpathy.textsOfImage.count { $0.count == 6 })
    #expect(karpathy.textsOfImage.contains { $0.count == 6 })
    #expect(try references(split("coco-retrieval/val", under: folder)).images.count == 10)
  }

  @Test func flickr() throws {
    let folder = try Self.folder("flickr30k")
    let karpathy = try references(split("flickr30k-retrieval/test", under: folder))
    let list = try references(
      Flickr30KRetrieval.references(
        in: ["\(folder)/reference_lists/flickr30k_test.json"], label: "x"))
    let tokens = try references(
      Flickr30KRetrieval.references(in: ["\(folder)/results_20130124.token"], label: "x"))
    #expect(karpathy.images.count == 150 && karpathy.texts.count == 750)
    for other in [list, tokens] {
      #expect(other.images == karpathy.images)
      #expect(other.texts == karpathy.texts)
    }
    #expect(karpathy.images[0] == "1007129816")
    #expect(try references(split("flickr30k-retrieval/val", under: folder)).images.count == 20)
  }

  /// The Entities lists in place of Karpathy's, and Karpathy's val in place of test.
  @Test func otherFlickrSplitsAreRefused() throws {
    let folder = try Self.folder("flickr30k")
    func message(_ list: String, _ split: String) throws -> String {
      let scratch = try TemporaryFolder()
      for (from, to) in [
        ("results_20130124.token", "results_20130124.token"), (list, "\(split)_images.txt"),
      ] {
        try scratch.write(to, Golden.bytes(URL(fileURLWithPath: "\(folder)/\(from)")))
      }
      let error = #expect(throws: (any Error).self) {
        try self.split("flickr30k-retrieval/\(split)", under: scratch.path)
      }
      return error.map { "\($0)" } ?? ""
    }
    #expect(
      try message("entities_split/test.txt", "test").contains(
        "expected the 1000 images of Karpathy's test split of Flickr30K, found 1000 images, 25 of "
          + "them in common: this is the Flickr30K Entities test split"))
    #expect(
      try message("entities_split/val.txt", "val").contains(
        "expected the 1014 images of Karpathy's val split of Flickr30K, found 1000 images, 32 of "
          + "them in common: this is the Flickr30K Entities val split"))
    #expect(
      try message("karpathy/val_images.txt", "test").contains("this is Karpathy's val split"))
    // The right list goes on to the captions, of which the slice has 150.
    #expect(
      try message("karpathy/test_images.txt", "test").contains(
        "expected captions of 1000 images, found none of 850 of them"))
  }

  /// The complete list of 1k-A, and the slices of the other files.
  @Test func msrvtt() throws {
    let folder = try Self.folder("msrvtt")
    let set = try split("msrvtt-retrieval/test", under: folder)
    let references = try references(set)
    #expect(set.problems.isEmpty)
    #expect(references.images.count == 1000 && references.texts.count == 1000)
    #expect(Set(references.texts).count == 995)
    #expect(references.imageOfText == Array(0..<1000))
    let list = try self.references(
      MSRVTTRetrieval.references(in: ["\(folder)/reference_lists/msrvtt_test.jsonl"], label: "x"))
    #expect(list.images == Array(references.images.prefix(60)))
    #expect(list.texts == Array(references.texts.prefix(60)))
    let info = try self.references(
      MSRVTTRetrieval.references(in: ["\(folder)/test_videodatainfo.json"], label: "x"))
    #expect(info.images == list.images && info.texts == list.texts)
    let error = #expect(throws: (any Error).self) {
      try MSRVTTRetrieval.references(
        in: ["\(folder)/MSRVTT_train.9k.csv", "\(folder)/test_videodatainfo.json"], label: "x")
    }
    #expect(error.map { "\($0)" }?.contains("train_val_videodatainfo.json the others") == true)
  }

  /// The 5,000 images of the published lists are known; any other set is not.
  @Test func publishedCOCOImages() throws {
    let text = try String(
      contentsOfFile: try Self.folder("coco/karpathy/karpathy_test_images.txt"), encoding: .utf8)
    func set(_ lines: [Substring]) throws -> ReferenceSet {
      let scratch = try TemporaryFolder()
      let records = lines.map { line in
        "{\"image\": \"\(line.prefix { $0 != " " })\", \"caption\": [\"a\"]}"
      }
      try scratch.write("coco_test.json", "[\(records.joined(separator: ",\n"))]")
      return try split("coco-retrieval/test", under: scratch.path)
    }
    let lines = text.split(separator: "\n")
    #expect(try set(lines).problems.isEmpty)
    #expect(
      try set(lines.dropLast() + ["val2014/COCO_val2014_000000000001.jpg 1"]).problems.map(\.code)
        == ["other_images"])
    let val = try String(
      contentsOfFile: try Self.folder("coco/karpathy/karpathy_val_images.txt"), encoding: .utf8)
    let error = #expect(throws: (any Error).self) { try set(val.split(separator: "\n")) }
    #expect(error.map { "\($0)" }?.contains("this is Karpathy's val split of COCO") == true)
  }
}
