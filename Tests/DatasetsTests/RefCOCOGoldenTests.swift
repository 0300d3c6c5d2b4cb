import Datasets
import Foundation
import Metrics
import Pickle
import Records
import TestSupport
import Testing

/// The golden slices: what a loader must give of every file.
@Suite(.enabled(if: Golden.folder != nil))
struct RefCOCOGoldenTests {
  static let folder = (Golden.folder?.path ?? "") + "/datasets/refcoco"

  /// An expression as the golden file has it, without the target.
  private static func json(_ expression: RefCOCOExpression) -> JSONValue {
    let box = expression.box
    let corners = box.truncated
    return [
      "split": .string(expression.split ?? "?"), "ref_id": .int(expression.refID ?? -1),
      "sent_id": expression.id.json, "image": .string(expression.imageName),
      "expression": .string(expression.phrase),
      "box_xywh": .array([box.x, box.y, box.width, box.height].map { .double($0) }),
      "box_xyxy_reference": .array(
        [corners.left, corners.top, corners.right, corners.bottom].map { .int(Int($0)) }),
      "image_size": .array(
        [expression.imageSize?.width, expression.imageSize?.height].map { .int($0 ?? 0) }),
    ]
  }

  /// The same of the golden file, whose box may have integers.
  private static func json(_ sample: JSONValue) -> JSONValue {
    let box = sample["box_xywh"]?.array?.compactMap(\.double) ?? []
    return sample.changing("target_cxcywh_336", to: nil)
      .changing("box_xywh", to: .array(box.map { .double($0) }))
  }

  static let splits = [
    "refcoco/val", "refcoco/testA", "refcoco/testB", "refcoco+/val", "refcoco+/testA",
    "refcoco+/testB", "refcocog/val", "refcocog/test",
  ]

  @Test(arguments: splits)
  func expectedSamples(_ name: String) throws {
    let (folder, split) = try RefCOCOTests.request(name, under: Self.folder)
    let found = try RefCOCO.expressions(under: folder, split: split).expressions
    let set = name.prefix { $0 != "/" }
    let all = try JSONFile.read("\(Self.folder)/\(set)/expected_samples.json")["samples"]?.array
    let expected = all?.filter { $0["split"]?.string == split.name } ?? []
    #expect(found.count == expected.count && !found.isEmpty)
    for (expression, sample) in zip(found, expected) {
      #expect(Self.json(expression) == Self.json(sample))
      let target = PaddedSquare(of: try #require(expression.imageSize)).truth(expression.box)
      let numbers = [target.centerX, target.centerY, target.width, target.height]
      for (number, wanted) in zip(numbers, sample["target_cxcywh_336"]?.array ?? []) {
        // The file has six digits of a computation in double precision; ours is in single, with up
        // to five roundings of numbers below 1.
        let bound = 0.5e-6 + 5 * Double(Float(1).ulp) / 2
        #expect(abs(Double(number) - (wanted.double ?? 9)) <= bound)
      }
    }
    // The negative twin: the target depends on the size of the image, and on whole numbers.
    let first = try #require(found.first)
    let size = try #require(first.imageSize)
    let square = PaddedSquare(of: size)
    let other = PaddedSquare(of: PixelSize(width: size.width * 2, height: size.height))
    #expect(other.truth(first.box) != square.truth(first.box))
    #expect(square.prediction(first.box) != square.truth(first.box))
  }

  @Test func everyProtocolGivesTheSame() throws {
    for (set, by, splits) in [
      ("refcoco", "unc", ["val", "testA", "testB"]), ("refcoco+", "unc", ["val", "testA"]),
      ("refcocog", "umd", ["val", "test"]),
    ] {
      for variant in ["protocol2", "py3_protocol2", "py3_protocol4"] {
        let scratch = try TemporaryFolder()
        for (from, to) in [
          ("variants/\(set).refs(\(by)).\(variant).p", "refs(\(by)).p"),
          ("\(set)/instances.json", "instances.json"),
        ] {
          let content = try Data(contentsOf: URL(fileURLWithPath: "\(Self.folder)/\(from)"))
          try scratch.write("\(set)/\(to)", content)
        }
        for split in splits {
          let (folder, wanted) = try RefCOCOTests.request("\(set)/\(split)", under: Self.folder)
          let (other, _) = try RefCOCOTests.request("\(set)/\(split)", under: scratch.path)
          let expected = try RefCOCO.expressions(under: folder, split: wanted).expressions
          let found = try RefCOCO.expressions(under: other, split: wanted).expressions
          #expect(found == expected && !found.isEmpty, "\(set) \(variant) \(split)")
        }
      }
    }
  }

  @Test func theWholeListOfTestA() throws {
    let lists = Self.folder + "/reference_lists"
    let set = try RefCOCOTests.read("refcoco/testA", under: lists)
    let boxes = try RefCOCOTests.boxes(set)
    let card = try BenchmarkRegistry.card(named: "refcoco")
    #expect(set.count == card.split(named: "testA")?.samples)
    #expect(Set(boxes.images).count == card.split(named: "testA")?.images)
    #expect(boxes.boxes[0] == PixelBox(x: 303.58, y: 69.03, width: 293.29, height: 425.79))
    #expect(boxes.images[0] == 839)
    let slices = ["unc/unc_val", "unc/unc_testB", "unc+/unc+_testA", "gref_umd/gref_umd_val"]
    for slice in slices {
      let path = "\(lists)/\(slice).slice.pth"
      #expect(try RefCOCO.references(in: [path], label: "custom").count >= 150)
    }
  }

  /// Every file that attacks the reader is refused by the adapter too.
  @Test func hostileFiles() throws {
    let variants = Self.folder + "/variants/"
    let instances = Self.folder + "/refcoco/instances.json"
    let expected = [
      "hostile_reduce_protocol0.p": "opcode GLOBAL at byte 31 names 'posix.getcwd'",
      "hostile_reduce_protocol2.p": "opcode GLOBAL at byte 32 names 'posix.getcwd'",
      "truncated_protocol2.p": "opcode BINUNICODE at byte 384",
      "not_a_list_protocol2.p": "expected a pickled list of refs, found a dictionary",
      "huge_memo_index_protocol2.p": "opcode LONG_BINPUT at byte 3",
      "deep_nesting_protocol0.p": "opcode STOP at byte 40001",
    ]
    for (name, words) in expected {
      let error = #expect(throws: (any Error).self) {
        try RefCOCO.references(in: [variants + name, instances], label: "custom")
      }
      #expect(error.map { "\($0)".contains(words) } == true, "\(name)")
    }
  }

  @Test func theGoogleSplitIsAnother() throws {
    let scratch = try TemporaryFolder()
    for name in ["refs(google).p", "instances.json"] {
      let content = try Data(
        contentsOf: URL(fileURLWithPath: "\(Self.folder)/refcocog/\(name)"))
      try scratch.write("refcocog/\(name)", content)
    }
    let error = #expect(throws: DatasetError.self) {
      try RefCOCOTests.read("refcocog/test", under: scratch.path)
    }
    #expect(error.map { "\($0)".contains("refs(google).p is there") } == true)
  }
}
