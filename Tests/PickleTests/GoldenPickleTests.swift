import Foundation
import Pickle
import Records
import TestSupport
import Testing

/// The reference files of the golden folder, in every protocol, against what Python read.
@Suite(.enabled(if: Golden.folder != nil))
struct GoldenPickleTests {
  static let folder = (Golden.folder?.path ?? "") + "/datasets/refcoco/"

  static let files: [(String, String)] = [
    ("refcoco/refs(unc).p", "refcoco"), ("refcoco+/refs(unc).p", "refcoco+"),
    ("refcocog/refs(umd).p", "refcocog"), ("variants/refcoco.refs(unc).protocol2.p", "refcoco"),
    ("variants/refcoco.refs(unc).py3_protocol2.p", "refcoco"),
    ("variants/refcoco.refs(unc).py3_protocol4.p", "refcoco"),
    ("variants/refcoco+.refs(unc).protocol2.p", "refcoco+"),
    ("variants/refcoco+.refs(unc).py3_protocol2.p", "refcoco+"),
    ("variants/refcoco+.refs(unc).py3_protocol4.p", "refcoco+"),
    ("variants/refcocog.refs(umd).protocol2.p", "refcocog"),
    ("variants/refcocog.refs(umd).py3_protocol2.p", "refcocog"),
    ("variants/refcocog.refs(umd).py3_protocol4.p", "refcocog"),
  ]

  @Test(arguments: files)
  func referenceFiles(file: String, name: String) throws {
    let expected = try JSONFile.read(Self.folder + name + "/expected_samples.json")
    let value = try PickleReader.value(of: MappedFile(Self.folder + file))
    #expect(value.json == expected["refs"])
  }

  /// The negative twin: another digit in the file is another value.
  @Test func aChangedFileIsAnotherValue() throws {
    let path = Self.folder + "refcoco/refs(unc).p"
    var bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    let place = try #require(bytes.firstRange(of: Array("I1719310".utf8))).lowerBound
    bytes[place + 1] = UInt8(ascii: "2")
    let value = try PickleReader.value(of: MappedFile(bytes: bytes, name: path))
    let expected = try JSONFile.read(Self.folder + "refcoco/expected_samples.json")
    #expect(value.json != expected["refs"])
  }

  static let hostile: [(String, PickleError)] = [
    (
      "hostile_reduce_protocol0.p",
      .refused(file: "", opcode: "GLOBAL", offset: 31, name: "posix.getcwd")
    ),
    (
      "hostile_reduce_protocol2.p",
      .refused(file: "", opcode: "GLOBAL", offset: 32, name: "posix.getcwd")
    ),
    (
      "truncated_protocol2.p",
      .cutOff(file: "", opcode: "BINUNICODE", offset: 384, needed: 33, left: 11)
    ),
    (
      "huge_memo_index_protocol2.p",
      .malformed(
        file: "", opcode: "LONG_BINPUT", offset: 3,
        reason: "memo slot 2147483647 in a file of 9 bytes")
    ),
    (
      "deep_nesting_protocol0.p",
      .malformed(
        file: "", opcode: "STOP", offset: 40_001,
        reason: "20000 values and 1 open MARKs are left, not 1 value")
    ),
  ]

  @Test func hostileFiles() throws {
    for (name, expected) in Self.hostile {
      let bytes = [UInt8](
        try Data(contentsOf: URL(fileURLWithPath: Self.folder + "variants/" + name)))
      #expect(throws: expected, "\(name)") {
        try PickleReader.value(of: MappedFile(bytes: bytes, name: ""))
      }
    }
  }

  @Test func torchLists() throws {
    let lists = [
      ("unc/unc_testA.pth", 5657), ("unc/unc_testB.slice.pth", 150),
      ("unc+/unc+_val.slice.pth", 150), ("gref_umd/gref_umd_val.slice.pth", 152),
    ]
    for (name, count) in lists {
      let file = try TorchFile(MappedFile(Self.folder + "reference_lists/" + name))
      let rows = try #require(file.value.elements)
      #expect(rows.count == count)
      #expect(rows.allSatisfy { $0.kind == .tuple && $0.elements?.count == 5 })
      #expect(rows.allSatisfy { $0.elements?[0].string?.hasPrefix("COCO_train2014_") == true })
    }
  }

  /// A damaged reference file is read or refused, and never more than that.
  @Test func randomChangesNeverCrash() throws {
    var random = TestRandom(seed: 4)
    var refused = 0
    for (name, _) in Self.files where name.contains("refcocog") {
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: Self.folder + name)))
      for _ in 0..<40 {
        do {
          _ = try PickleReader.value(of: MappedFile(bytes: random.damage(bytes), name: name)).json
        } catch is PickleError {
          refused += 1
        }
      }
    }
    #expect(refused > 20)
  }
}
