import Datasets
import Foundation
import Pickle
import Records
import TestSupport
import Testing

/// What the RefCOCO adapter says of files that are wrong.
@Suite struct RefCOCOErrorTests {
  /// The error of reading `refcoco/testA` after a change of the small data set.
  private func error(
    _ change: (inout SmallRefCOCO) -> Void
  ) throws -> String {
    let scratch = try TemporaryFolder()
    var small = SmallRefCOCO()
    change(&small)
    try small.write(to: scratch)
    let error = #expect(throws: (any Error).self) {
      try RefCOCOTests.read("refcoco/testA", under: scratch.path)
    }
    let text = error.map { "\($0)" } ?? ""
    #expect(!text.contains("\n"))
    return text
  }

  private func wrongRef(_ key: String, _ value: JSONValue?) throws -> String {
    try error { $0.refs[2] = $0.refs[2].changing(key, to: value) }
  }

  @Test func records() throws {
    let cases: [(String, JSONValue?, String)] = [
      ("ref_id", nil, "record 2 (at byte"), ("ref_id", nil, "\"ref_id\" is missing"),
      ("ref_id", "12", "\"ref_id\" must be an integer, found a string"),
      ("ref_id", 10, "ref_id 10 is that of record 0 too"),
      ("ann_id", 1.5, "\"ann_id\" must be an integer, found a float"),
      ("image_id", .null, "\"image_id\" must be an integer, found None"),
      ("split", 3, "\"split\" must be a string, found an integer"),
      ("sentences", "x", "\"sentences\" must be a list, found a string"),
      ("sentences", [], "\"sentences\" is empty"),
      ("sentences", ["x"], "expected a dictionary, found a string"),
      ("sentences", [["sent_id": 30]], "\"sent\" is missing"),
      ("sentences", [["sent": "x"]], "\"sent_id\" is missing"),
      ("sentences", [["sent": "x", "sent_id": 3]], "sent_id 3 is one of record 0 too"),
    ]
    for (key, value, words) in cases {
      let text = try wrongRef(key, value)
      #expect(text.contains(words), "\(words): \(text)")
    }
    #expect(try error { $0.refs[1] = 7 }.contains("expected a dictionary, found an integer"))
    #expect(try error { $0.refs = [] }.contains("holds no ref"))
    #expect(
      try error { $0.refs = [$0.refs[1], $0.refs[4]] }
        .contains("expected refs of the split testA, found train (1 refs), val (1 refs)"))
  }

  @Test func instances() throws {
    func annotation(_ key: String, _ value: JSONValue?) throws -> String {
      try error { small in
        let all = small.instances["annotations"] ?? []
        let one = (all[3] ?? .null).changing(key, to: value)
        small.instances = small.instances.changing("annotations", to: all.changing(3, to: one))
      }
    }
    let cases: [(String, JSONValue?, String)] = [
      ("bbox", nil, "record 3: an annotation lacks"),
      ("bbox", [1, 2, 3], "has 3 numbers, not four"),
      ("bbox", [1, 2, 3, 4, 5], "has more than four numbers"),
      ("bbox", [1, 2, -3, 4], "has the size -3.0 x 4.0"), ("bbox", "1 2 3 4", "must be a list"),
      ("bbox", [1, 2, "3", 4], "must hold finite numbers, found a string"),
      ("id", 5000, "expected annotation 100 of the refs, found none; 1 of 2 refs lack theirs"),
      ("id", 102, "annotation 102 comes twice"),
      ("image_id", 3, "expected annotation 100 on image 1, as ref 10 has it, found another image"),
    ]
    for (key, value, words) in cases {
      let text = try annotation(key, value)
      #expect(text.contains(words), "\(words): \(text)")
    }
    #expect(
      try error { $0.instances = $0.instances.changing("images", to: []) }
        .contains("expected image 1 of the refs, found none"))
    #expect(
      try error { $0.instances = $0.instances.changing("annotations", to: nil) }
        .contains("an object without \"annotations\""))
    #expect(
      try error {
        $0.instances = $0.instances.changing(
          "images", to: [["id": 1, "width": 0, "height": 3, "file_name": "a"]])
      }.contains("image 1 has 0 x 3 pixels"))
  }

  @Test func missingFiles() throws {
    let scratch = try TemporaryFolder()
    func text(_ name: String) -> String {
      let error = #expect(throws: DatasetError.self) {
        try RefCOCOTests.read(name, under: scratch.path)
      }
      return error.map { "\($0)" } ?? ""
    }
    #expect(text("refcoco/testA").contains("refcoco/refs(unc).p or unc/unc_testA.pth"))
    try scratch.write("refcoco/refs(unc).p", Data(Pickled.bytes(.array(SmallRefCOCO().refs))))
    #expect(text("refcoco/testA").contains("put instances.json of the same archive beside them"))

    let google = try TemporaryFolder()
    var small = SmallRefCOCO()
    small.refs = small.refs.map { $0.changing("split", to: "val") }
    try small.write(to: google, refs: "refs(google).p")
    let error = #expect(throws: DatasetError.self) {
      try RefCOCOTests.read("refcoco/testB", under: google.path)
    }
    for words in ["refs(google).p is there", "val (5 refs)", "refs(unc).p has train, val, testA"] {
      #expect(error.map { "\($0)".contains(words) } == true)
    }
  }

  @Test func everyTruncationIsRefused() throws {
    let scratch = try TemporaryFolder()
    let small = SmallRefCOCO()
    try small.write(to: scratch)
    let refs = Pickled.bytes(.array(small.refs))
    for count in stride(from: 0, to: refs.count, by: 7) {
      try scratch.write("refcoco/refs(unc).p", Data(refs.prefix(count)))
      #expect(throws: PickleError.self) {
        try RefCOCOTests.read("refcoco/testA", under: scratch.path)
      }
    }
    try scratch.write("refcoco/refs(unc).p", Data(refs))
    let instances = Array(try small.instances.text().utf8.dropLast())
    for count in stride(from: 0, to: instances.count, by: 7) {
      try scratch.write("refcoco/instances.json", Data(instances.prefix(count)))
      #expect(throws: JSONError.self) {
        try RefCOCOTests.read("refcoco/testA", under: scratch.path)
      }
    }
  }

  @Test func lists() throws {
    let row = SmallRefCOCO.list[0] ?? .null
    let cases: [(JSONValue, String)] = [
      ([], "holds no expression"),
      (.array([row.changing(2, to: [1, 2, 3])]), "the box must be four finite numbers"),
      (.array([row.changing(2, to: [1, 2, -3, 4])]), "the box has the size -3.0 x 4.0"),
      (.array([row.changing(2, to: [1, 2, 3, .double(.nan)])]), "four finite numbers"),
      (.array([row, row.changing(0, to: 7)]), "record 1 (at byte"),
      (.array([row.changing(0, to: "1025.jpg")]), "lists of ReferIt have boxes of another form"),
      ([["COCO_a.jpg", "1.pth", [1, 2, 3, 4]]], "expected a tuple of name, annotation, box"),
    ]
    let scratch = try TemporaryFolder()
    for (list, words) in cases {
      let path = try scratch.write("list.pth", Data(Pickled.legacyTorch(list)))
      let error = #expect(throws: DatasetError.self) {
        try RefCOCO.references(in: [path], label: "custom")
      }
      #expect(error.map { "\($0)".contains(words) } == true, "\(words)")
    }
  }
}
