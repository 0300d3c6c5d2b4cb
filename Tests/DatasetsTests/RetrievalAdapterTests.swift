import Datasets
import Foundation
import Metrics
import Records
import TestSupport
import Testing

@Suite struct RetrievalAdapterTests {
  private func retrieval(_ set: ReferenceSet) throws -> RetrievalReferences {
    guard case .retrieval(let references) = set.content else { throw CocoaError(.fileReadUnknown) }
    return references
  }

  private func read(
    _ dataset: any Dataset.Type, _ files: [(String, String)]
  ) throws -> RetrievalReferences {
    let scratch = try TemporaryFolder()
    let paths = try files.map { try scratch.write($0.0, $0.1) }
    let set = try dataset.references(in: paths, label: "custom")
    #expect(set.label == "custom" && set.problems.isEmpty)
    #expect(set.count == (try retrieval(set)).images.count)
    return try retrieval(set)
  }

  private func message(_ dataset: any Dataset.Type, _ files: [(String, String)]) throws -> String {
    "\(try #require(throws: (any Error).self) { try read(dataset, files) })"
  }

  /// Reads a split of a card from files under a folder.
  private func split(
    _ name: String, _ files: [(String, String)]
  ) throws -> ReferenceSet {
    let scratch = try TemporaryFolder()
    for file in files { try scratch.write(file.0, file.1) }
    let (card, split) = try BenchmarkName(name).resolve()
    return try DatasetRegistry.dataset(for: card).references(
      under: DataFolder(path: scratch.path, folders: card.folders), split: try #require(split))
  }

  private func splitMessage(_ name: String, _ files: [(String, String)]) throws -> String {
    "\(try #require(throws: (any Error).self) { try split(name, files) })"
  }

  static let karpathy = """
    {"images": [
     {"filepath": "val2014", "filename": "COCO_val2014_000000000007.jpg", "split": "test", "cocoid": 7,
      "sentences": [{"raw": "One. "}, {"raw": "Two"}, {"raw": "three"}]},
     {"filename": "COCO_val2014_000000000003.jpg", "split": "val", "cocoid": 3, "sentences": [{"raw": "v"}]},
     {"sentences": [{"raw": "é"}], "filepath": "val2014", "filename": "COCO_val2014_000000000005.jpg",
      "split": "test"}], "dataset": "coco"}
    """
  static let list = """
    [{"image": "val2014/COCO_val2014_000000000007.jpg", "caption": ["One. ", "Two", "three"]},
     {"image": "val2014/COCO_val2014_000000000005.jpg", "caption": ["é"]}]
    """
  static let flickr = """
    {"images": [{"filename": "1007129816.jpg", "split": "test", "sentences": [{"raw": "a"}, {"raw": "b"}]},
     {"filename": "0101.jpg", "split": "train", "sentences": [{"raw": "t"}]}], "dataset": "flickr30k"}
    """
  static let tokens = "10.jpg#0\ta man\r\n10.jpg#1\tA \"dog\".\n\n007.jpg#0\tx\ty\n10.jpg#2\tlast\n"
  static let csv = """
    key,vid_key,video_id,sentence
    ret0,msr9,video9,"a man, and a dog"
    ret1,msr7,video7,a cat
    """
  static let info = """
    {"info": {}, "sentences": [{"caption": "one", "video_id": "video7", "sen_id": 1},
      {"caption": "two", "video_id": "video9"}, {"caption": "three", "video_id": "video7"}],
     "videos": [{"video_id": "video7", "split": "test"}, {"video_id": "video9"}]}
    """

  @Test func cocoFromBothFiles() throws {
    for (name, content) in [("dataset_coco.json", Self.karpathy), ("coco_test.json", Self.list)] {
      let set = try split("coco-retrieval/test", [("coco/\(name)", content)])
      let references = try retrieval(set)
      #expect(references.side == .image)
      #expect(references.images == [7, 5])
      #expect(references.files[1] == "val2014/COCO_val2014_000000000005.jpg")
      #expect(references.texts == ["One. ", "Two", "three", "é"])
      #expect(references.imageOfText == [0, 0, 0, 1])
      #expect(references.textsOfImage == [[0, 1, 2], [3]])
      #expect(set.label == "karpathy-test" && set.problems.isEmpty)
    }
    #expect(
      try retrieval(split("coco-retrieval/val", [("dataset_coco.json", Self.karpathy)])).images == [
        3
      ])
    #expect(try read(COCORetrieval.self, [("x.json", Self.karpathy)]).images == [7, 3, 5])
    #expect(try read(COCORetrieval.self, [("x.json", Self.list)]).images == [7, 5])
  }

  @Test func flickrFromAllFiles() throws {
    let set = try split("flickr30k-retrieval/test", [("dataset_flickr30k.json", Self.flickr)])
    let references = try retrieval(set)
    #expect(references.images == ["1007129816"])
    #expect(references.texts == ["a", "b"])
    let official = try split(
      "flickr30k-retrieval/test",
      [
        ("flickr30k/results_20130124.token", Self.tokens),
        ("flickr30k/test_images.txt", "007.jpg\n10\n"),
      ])
    #expect(try retrieval(official).images == ["007", "10"])
    #expect(try retrieval(official).texts == ["x\ty", "a man", "A \"dog\".", "last"])
    #expect(official.files.map(\.role) == ["annotations", "images"])
    #expect(try read(Flickr30KRetrieval.self, [("r.token", Self.tokens)]).images == ["10", "007"])
    #expect(
      try read(Flickr30KRetrieval.self, [("ids.txt", "007"), ("r.token", Self.tokens)]).texts == [
        "x\ty"
      ])
    let list = #"[{"image": "flickr30k-images/007.jpg", "caption": ["a", "b"]}]"#
    #expect(try read(Flickr30KRetrieval.self, [("l.json", list)]).images == ["007"])
  }

  @Test func msrvttFromAllFiles() throws {
    let set = try split("msrvtt-retrieval/test", [("MSRVTT/MSRVTT_JSFUSION_test.csv", Self.csv)])
    let references = try retrieval(set)
    #expect(references.side == .video)
    #expect(references.images == ["video9", "video7"])
    #expect(references.texts == ["a man, and a dog", "a cat"])
    #expect(references.textNames == ["ret0", "ret1"])
    #expect(references.files == ["video9.mp4", "video7.mp4"])
    let lines = """
      {"clip_name": "video9", "retrieval_key": "ret0", "caption": "a"}
      {"clip_name": "video7", "caption": "b"}
      """
    let listed = try split("msrvtt-retrieval/test", [("reference_lists/msrvtt_test.jsonl", lines)])
    #expect(try retrieval(listed).texts == ["a", "b"] && retrieval(listed).textNames == nil)
    // Captions of a list of ids come from the official file: all of them.
    let both = try read(
      MSRVTTRetrieval.self, [("list.csv", "video_id\nvideo9\nvideo7\n"), ("i.json", Self.info)])
    #expect(both.images == ["video9", "video7"])
    #expect(both.texts == ["two", "one", "three"])
    #expect(try read(MSRVTTRetrieval.self, [("i.json", Self.info)]).images == ["video7", "video9"])
    // The CSV's own captions count where it has some.
    let own = try read(MSRVTTRetrieval.self, [("list.csv", Self.csv), ("i.json", Self.info)])
    #expect(own.texts == ["a man, and a dog", "a cat"])
  }

  @Test func mediaFollowTheCards() throws {
    for (name, file, content, paths) in [
      (
        "coco-retrieval/test", "dataset_coco.json", Self.karpathy,
        ["val2014/COCO_val2014_000000000007.jpg", "val2014/COCO_val2014_000000000005.jpg"]
      ),
      ("flickr30k-retrieval/test", "dataset_flickr30k.json", Self.flickr, ["1007129816.jpg"]),
      (
        "msrvtt-retrieval/test", "MSRVTT_JSFUSION_test.csv", Self.csv, ["video9.mp4", "video7.mp4"]
      ),
    ] {
      let scratch = try TemporaryFolder()
      try scratch.write(file, content)
      let (card, split) = try BenchmarkName(name).resolve()
      let media = try DatasetRegistry.dataset(for: card).media(
        under: DataFolder(path: scratch.path, folders: card.folders), split: try #require(split))
      #expect(media.map(\.path) == paths)
      #expect(media.allSatisfy { $0.kind == (card.name.hasPrefix("msrvtt") ? .video : .image) })
    }
  }

  /// As many images as the split has, but others: a set of our own is not the published one.
  @Test func otherImagesAreSaid() throws {
    let rows = (0..<1000).map { "ret\($0),msr\($0),video\($0),s" }
    let set = try split(
      "msrvtt-retrieval/test",
      [
        (
          "MSRVTT_JSFUSION_test.csv",
          (["key,vid_key,video_id,sentence"] + rows).joined(separator: "\n")
        )
      ])
    #expect(set.problems.map(\.code) == ["other_images"])
  }

  @Test func wrongCOCOFiles() throws {
    for (files, says) in [
      ([("x.json", Self.flickr)], "that of the data set flickr30k"),
      ([("x.json", Self.list), ("y.json", Self.list)], "expected one file, found 2"),
      ([("x.token", Self.tokens)], "expected dataset_coco.json or a list such as coco_test.json"),
      (
        [("x.json", #"{"annotations": []}"#)], "expected retrieval references, found an object with"
      ),
      ([("x.json", String(Self.karpathy.dropLast(30)))], "truncated"),
      ([("x.json", #"[{"image": "a/COCO_val2014_7.jpg", "caption": "one"}]"#)], "a training list"),
      (
        [("x.json", #"[{"image": "COCO_val2014_7.jpg", "caption": []}]"#)],
        "\"caption\" is missing or"
      ),
      ([("x.json", #"[{"image": "COCO_val2014_7.jpg"}]"#)], "\"caption\" is missing"),
      (
        [("x.json", #"[{"image": "dog.jpg", "caption": ["a"]}]"#)],
        "\"dog.jpg\" is no image of coco"
      ),
      ([("x.json", #"[{"image": 7, "caption": ["a"]}]"#)], "expected a string"),
      ([("x.json", #"[{"image": "7.jpg", "caption": ["a", 2]}]"#)], "expected a string"),
      (
        [("x.json", #"[{"image":"7.jpg","caption":["a"]},{"image":"b/7.jpg","caption":["a"]}]"#)],
        "image 7 occurs twice, in records 0 and 1"
      ),
      ([("x.json", "")], "holds no record"), ([("x.json", "[]")], "holds no"),
      (
        [("x.json", Self.karpathy.replacing(#""raw": "One. ""#, with: #""x": 1"#))], "lacks \"raw\""
      ),
      (
        [("x.json", Self.karpathy.replacing(#"[{"raw": "é"}]"#, with: "[]"))],
        "has no \"sentences\""
      ),
      (
        [("x.json", Self.karpathy.replacing(#""cocoid": 3"#, with: #""cocoid": 7"#))],
        "occurs twice"
      ),
      ([("none.json.gz", "\u{1F}")], "none.json.gz"),
    ] as [([(String, String)], String)] {
      let found = try message(COCORetrieval.self, files)
      #expect(found.contains(says), "\(says): \(found)")
    }
    #expect(
      try splitMessage("coco-retrieval/test", [("captions_val2014.json", "{}")])
        .contains("captions_val2014.json alone has 40,504 images and is not the split"))
    #expect(
      try splitMessage(
        "coco-retrieval/val",
        [("dataset_coco.json", Self.karpathy.replacing("\"val\"", with: "\"x\""))]
      ).contains("expected images of the split val, found the splits test, x"))
  }

  @Test func wrongFlickrFiles() throws {
    for (files, says) in [
      ([("x.json", Self.karpathy)], "that of the data set coco"),
      (
        [("x.token", "10.jpg#0\ta\n10.jpg\tb\n")],
        "x.token:2:1: expected a file name, # and a number"
      ),
      ([("x.token", "10.jpg#0\ta\n10.jpg#zero\tb\n")], "x.token:2:1: expected a file name"),
      ([("x.token", "10.jpg#0\ta\n10.jpg#1 b\n")], "x.token:2:1: expected a file name"),
      ([("x.token", "10.jpg#0\ta\n10.jpg#0\tb\n")], "x.token:2:1: caption 0 of 10 stands twice"),
      ([("x.token", Self.tokens), ("l.txt", "10\n11\n")], "none of 1 of them (first: 11)"),
      (
        [("x.token", Self.tokens), ("l.txt", "10\n10.jpg\n")],
        "l.txt:2:1: 10 occurs twice, on lines 1"
      ),
      (
        [("x.token", Self.tokens), ("l.txt", "10 11\n")],
        "l.txt:1:1: expected an id and nothing else"
      ),
      ([("l.txt", "10\n11\n")], "or results_20130124.token, found another kind of file"),
      (
        [("x.json", #"{"images": [{"split": "test", "sentences": [{"raw": "a"}]}]}"#)],
        "lacks \"filename\""
      ),
    ] as [([(String, String)], String)] {
      let found = try message(Flickr30KRetrieval.self, files)
      #expect(found.contains(says), "\(says): \(found)")
    }
    #expect(
      try splitMessage("flickr30k-retrieval/test", [("results_20130124.token", Self.tokens)])
        .contains("has all 31,783 images: add dataset_flickr30k.json, or a list"))
    #expect(
      try splitMessage("flickr30k-retrieval/test", [("x", "")]).contains(
        "comes in caption_datasets"))
  }

  @Test func wrongMSRVTTFiles() throws {
    for (files, says) in [
      (
        [("x.csv", "key,video_id,sentence\nret0,video1\n")], "x.csv:2:1: expected 3 fields, found 2"
      ),
      ([("x.csv", "key,video_id,sentence\nret0,video1,a,b\n")], "enclose a sentence with a comma"),
      (
        [("x.csv", "video_id,sentence\nvideo1,a\nvideo1,b\n")],
        "x.csv:3:1: video1 occurs twice, on lines 2"
      ),
      ([("x.csv", "video_id,sentence\n,a\n")], "x.csv:2:1: the clip has no name"),
      (
        [("x.csv", "video_id,sentence\nvideo1,\"a\n")],
        "x.csv:2: a field that begins here has no closing"
      ),
      ([("x.csv", "video_id,sentence\n")], "holds no clip"),
      ([("x.csv", "video_id\nvideo1\n")], "expected a caption of each clip, found ids alone"),
      ([("x.jsonl", #"{"clip_name": "video1"}"#)], "\"caption\" is missing"),
      ([("x.jsonl", #"{"clip_name": 1, "caption": ""}"#)], "expected a string"),
      ([("x.json", #"{"videos": []}"#)], "found no \"sentences\""),
      ([("x.json", #"{"sentences": [], "videos": []}"#)], "holds no clip"),
      (
        [("x.json", #"{"sentences": [{"caption": "a"}], "videos": []}"#)], "\"video_id\" is missing"
      ),
      (
        [("x.json", #"{"sentences": [], "videos": [{"video_id": "v"}]}"#)],
        "none of 1 of them (first: v)"
      ),
      (
        [("x.json", #"{"sentences": [], "videos": [{"video_id": "v"}, {"video_id": "v"}]}"#)],
        "the clip v occurs twice"
      ),
      (
        [("x.json", Self.info), ("l.csv", "video_id\nvideo8\n")],
        "test_videodatainfo.json has video7010"
      ),
      ([("x.json", Self.list)], "found another kind of file"),
    ] as [([(String, String)], String)] {
      let found = try message(MSRVTTRetrieval.self, files)
      #expect(found.contains(says), "\(says): \(found)")
    }
  }

  /// The official files of other protocols are named.
  @Test(arguments: [(2990, "the full protocol"), (7010, "train_val"), (10000, "MSRVTT_data.json")])
  func otherProtocols(_ clips: Int, _ says: String) throws {
    let videos = (0..<clips).map { "{\"video_id\": \"video\($0)\"}" }.joined(separator: ",")
    let sentences = (0..<clips).map { "{\"video_id\": \"video\($0)\", \"caption\": \"a\"}" }
      .joined(separator: ",")
    let text = "{\"videos\": [\(videos)], \"sentences\": [\(sentences)]}"
    for found in [
      try message(MSRVTTRetrieval.self, [("x.json", text)]),
      try splitMessage("msrvtt-retrieval/test", [("test_videodatainfo.json", text)]),
    ] {
      #expect(found.contains("expected the 1,000 clips of the protocol 1k-A"), "\(found)")
      #expect(found.contains("found \(clips) clips: this is ") && found.contains(says), "\(found)")
    }
  }

  /// Rows of a matrix follow one file's order: two files must agree on it.
  @Test func auditsHoldFilesAgainstEachOther() throws {
    func audit(_ name: String, _ files: [(String, String)]) throws -> [Problem] {
      let scratch = try TemporaryFolder()
      for file in files { try scratch.write(file.0, file.1) }
      let (card, split) = try BenchmarkName(name).resolve()
      return try DatasetRegistry.dataset(for: card).audit(
        under: DataFolder(path: scratch.path, folders: card.folders), split: try #require(split))
    }
    let karpathy = ("dataset_coco.json", Self.karpathy)
    #expect(try audit("coco-retrieval/test", [karpathy]).isEmpty)
    #expect(try audit("coco-retrieval/test", [karpathy, ("coco_test.json", Self.list)]).isEmpty)
    for (list, says) in [
      (Self.list.replacing("00007.jpg", with: "00009.jpg"), "1 images in different places"),
      (Self.list.replacing(", \"three\"", with: ""), "different numbers of texts of 1 images"),
      ("[" + Self.list.split(separator: "\n")[1], "have 2 and 1 images"),
    ] {
      let problems = try audit("coco-retrieval/test", [karpathy, ("coco_test.json", list)])
      #expect(problems.map(\.code) == ["orders_differ"])
      #expect(problems.first?.message.contains(says) == true, "\(problems)")
    }
    let flickr = #"[{"image": "flickr30k-images/1007129816.jpg", "caption": ["a", "b"]}]"#
    #expect(
      try audit(
        "flickr30k-retrieval/test",
        [("dataset_flickr30k.json", Self.flickr), ("flickr30k_test.json", flickr)]
      ).isEmpty)
    let lines = """
      {"clip_name": "video7", "caption": "b"}
      {"clip_name": "video9", "caption": "a"}
      """
    let clips = try audit(
      "msrvtt-retrieval/test",
      [("MSRVTT_JSFUSION_test.csv", Self.csv), ("msrvtt_test.jsonl", lines)])
    #expect(clips.first?.message.contains("2 videos in different places") == true)
  }

  @Test func officialCounts() throws {
    for (name, counts) in [
      ("coco-retrieval", [[5000, 5000, 25010], [5000, 5000, 25010]]),
      ("flickr30k-retrieval", [[1000, 1000, 5000], [1014, 1014, 5070]]),
      ("msrvtt-retrieval", [[1000, 1000, 1000]]),
    ] {
      let card = try BenchmarkRegistry.card(named: name)
      #expect(card.splits.map { [$0.samples, $0.images ?? 0, $0.texts ?? 0] } == counts)
      #expect(card.splits[0].name == "test")
    }
  }
}
