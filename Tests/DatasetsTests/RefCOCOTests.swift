import Datasets
import Foundation
import Metrics
import Pickle
import Records
import TestSupport
import Testing

/// The RefCOCO adapter over small files in each of the forms that users have.
@Suite struct RefCOCOTests {
  static func boxes(_ set: ReferenceSet) throws -> BoxReferences {
    guard case .boxes(let boxes) = set.content else { throw CocoaError(.fileReadCorruptFile) }
    return boxes
  }

  static func request(
    _ name: String, under folder: String
  ) throws -> (folder: DataFolder, split: BenchmarkSplit) {
    let (card, split) = try BenchmarkName(name).resolve()
    return (DataFolder(path: folder, folders: card.folders), try #require(split))
  }

  static func read(_ name: String, under folder: String) throws -> ReferenceSet {
    let (folder, split) = try request(name, under: folder)
    return try RefCOCO.references(under: folder, split: split)
  }

  @Test func splits() throws {
    let scratch = try TemporaryFolder()
    try SmallRefCOCO().write(to: scratch)
    let set = try Self.read("refcoco/testA", under: scratch.path)
    let boxes = try Self.boxes(set)
    #expect(boxes.ids == [5, 3, 7])
    #expect(boxes.refIDs == [10, 10, 12])
    #expect(boxes.images == [1, 1, 1])
    #expect(boxes.boxes[1] == PixelBox(x: 10.5, y: 20.75, width: 200.25, height: 300.5))
    #expect(boxes.boxes[2] == PixelBox(x: 400, y: 100, width: 99.99, height: 150))
    #expect(boxes.imageSizes == Array(repeating: PixelSize(width: 640, height: 427), count: 3))
    #expect(set.label == "unc-testA" && set.problems.isEmpty)
    #expect(set.files.map(\.role) == ["refs", "instances"])
    #expect(try Self.boxes(Self.read("refcoco/testB", under: scratch.path)).ids == [8, 9, 11])
    #expect(try Self.boxes(Self.read("refcoco/val", under: scratch.path)).ids == [0])
  }

  @Test func expressions() throws {
    let scratch = try TemporaryFolder()
    try SmallRefCOCO().write(to: scratch)
    let (folder, split) = try Self.request("refcoco/testA", under: scratch.path)
    let found = try RefCOCO.expressions(under: folder, split: split).expressions
    #expect(found.map(\.phrase) == ["man on left", "left guy", "caf\u{e9} owner"])
    #expect(found[0].imageName == "COCO_train2014_000000000001.jpg")
    #expect(
      try RefCOCO.media(under: folder, split: split).map(\.path)
        == ["train2014/COCO_train2014_000000000001.jpg"])
  }

  /// The official reader counts `testAB` to both test splits.
  @Test func splitsThatAreTwo() throws {
    let scratch = try TemporaryFolder()
    var small = SmallRefCOCO()
    small.refs[1] = small.refs[1].changing("split", to: "testAB")
    try small.write(to: scratch)
    #expect(try Self.boxes(Self.read("refcoco/testA", under: scratch.path)).ids == [5, 3, 0, 7])
    #expect(try Self.boxes(Self.read("refcoco/testB", under: scratch.path)).ids == [0, 8, 9, 11])
    #expect(throws: DatasetError.self) { try Self.read("refcoco/val", under: scratch.path) }
  }

  /// Google's division of RefCOCOg beside UMD's: each of the two `val` splits reads its own file.
  @Test func bothDivisionsOfRefCOCOg() throws {
    let scratch = try TemporaryFolder()
    var small = SmallRefCOCO()
    small.refs = small.refs.map { $0.changing("split", to: "val") }
    try small.write(to: scratch, "refcocog", refs: "refs(google).p")
    small.refs.removeLast()
    try small.write(to: scratch, "refcocog", refs: "refs(umd).p")
    let google = try Self.read("refcocog/val-g", under: scratch.path)
    let umd = try Self.read("refcocog/val", under: scratch.path)
    #expect(google.label == "google-val" && umd.label == "umd-val")
    #expect(google.count > umd.count)
  }

  @Test func dataFoldersTellTheFamilyApart() throws {
    let scratch = try TemporaryFolder()
    var plus = SmallRefCOCO()
    plus.refs = [plus.refs[0].changing("ref_id", to: 77)]
    try SmallRefCOCO().write(to: scratch, "refer/data/refcoco")
    try plus.write(to: scratch, "refer/data/refcoco+")
    for place in ["", "/refer", "/refer/data"] {
      let one = try Self.boxes(Self.read("refcoco/testA", under: scratch.path + place))
      let other = try Self.boxes(Self.read("refcoco+/testA", under: scratch.path + place))
      #expect(one.refIDs == [10, 10, 12] && other.refIDs == [77, 77], "\(place)")
    }
    let own = scratch.path + "/refer/data/refcoco"
    #expect(try Self.boxes(Self.read("refcoco/testA", under: own)).refIDs == [10, 10, 12])
    #expect(try Self.boxes(Self.read("refcoco+/testA", under: own + "+")).refIDs == [77, 77])
    // One is never taken for the other.
    let alone = try TemporaryFolder()
    try plus.write(to: alone, "refcoco+")
    #expect(throws: DatasetError.self) {
      try Self.read("refcoco/testA", under: alone.path + "/refcoco+")
    }
    // A folder of another name says nothing.
    let flat = try TemporaryFolder()
    try SmallRefCOCO().write(to: flat, "mine")
    #expect(try Self.read("refcoco/testA", under: flat.path + "/mine").count == 3)
  }

  @Test func listsOfTransVG() throws {
    let scratch = try TemporaryFolder()
    try scratch.write("unc/unc_testA.pth", Data(Pickled.legacyTorch(SmallRefCOCO.list)))
    let set = try Self.read("refcoco/testA", under: scratch.path)
    let boxes = try Self.boxes(set)
    #expect(boxes.ids == [0, 1, 2] && boxes.refIDs == nil && boxes.imageSizes == nil)
    #expect(boxes.images == [1, 1, 2])
    #expect(set.problems.map(\.code) == ["made_ids"])

    let zip = ZipBuilder(entries: [
      .init("unc_val/data.pkl", Pickled.bytes(SmallRefCOCO.list, tuples: true)),
      .init("unc_val/version", Array("3\n".utf8)),
    ])
    let other = try scratch.write("unc_val.pth", Data(zip.bytes()))
    #expect(try Self.boxes(Self.read("refcoco/val", under: scratch.path)).boxes == boxes.boxes)

    // Several lists count on, and instances.json brings the sizes.
    let instances = try scratch.write("instances.json", SmallRefCOCO().instances.text())
    let both = try Self.boxes(
      RefCOCO.references(
        in: [other, instances, scratch.path + "/unc/unc_testA.pth"], label: "custom"))
    #expect(both.ids == [0, 1, 2, 3, 4, 5])
    #expect(both.imageSizes?[2] == PixelSize(width: 480, height: 640))
  }

  @Test func refsComeBeforeLists() throws {
    let scratch = try TemporaryFolder()
    try SmallRefCOCO().write(to: scratch)
    try scratch.write("unc/unc_testA.pth", Data(Pickled.legacyTorch(SmallRefCOCO.list)))
    #expect(try Self.boxes(Self.read("refcoco/testA", under: scratch.path)).refIDs != nil)
  }

  @Test func filesThatAreGiven() throws {
    let scratch = try TemporaryFolder()
    try SmallRefCOCO().write(to: scratch)
    let refs = scratch.path + "/refcoco/refs(unc).p"
    let instances = scratch.path + "/refcoco/instances.json"
    for paths in [[refs, instances], [instances, refs]] {
      let set = try RefCOCO.references(in: paths, label: "custom")
      #expect(set.count == 8 && set.label == "custom")
    }
    for paths in [[], [refs], [instances], [refs, refs, instances], [refs, instances, instances]] {
      #expect(throws: DatasetError.self) { try RefCOCO.references(in: paths, label: "custom") }
    }
  }

  @Test func officialCounts() throws {
    let counts = try ["refcoco", "refcoco+", "refcocog"].map { name in
      try BenchmarkRegistry.card(named: name).splits.map { [$0.samples, $0.images ?? 0] }
    }
    #expect(
      counts == [
        [[10_834, 1500], [5657, 750], [5095, 750]], [[10_758, 1500], [5726, 750], [4889, 750]],
        [[4896, 1300], [9602, 2600], [9536, 4650]],
      ])
  }

  @Test func audit() throws {
    let scratch = try TemporaryFolder()
    var small = SmallRefCOCO()
    try small.write(to: scratch)
    let (folder, split) = try Self.request("refcoco/testA", under: scratch.path)
    #expect(try RefCOCO.audit(under: folder, split: split).isEmpty)
    small.refs[0] = small.refs[0].changing("sent_ids", to: [5, 4])
    small.refs[4] = small.refs[4].changing("image_id", to: 1)
    try small.write(to: scratch)
    let problems = try RefCOCO.audit(under: folder, split: split)
    #expect(problems.map(\.code) == ["sent_ids_differ", "images_in_two_splits"])
    #expect(problems.map(\.count) == [1, 1])
  }
}
