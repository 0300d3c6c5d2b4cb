import Foundation
import Records

/// A RefCOCO data set of a few objects in the official layout, made here.
package struct SmallRefCOCO {
  /// The records of `refs(unc).p`.
  package var refs: [JSONValue]
  /// The document `instances.json`.
  package var instances: JSONValue

  /// Three images; refs 10 to 13 with seven expressions in val, testA, testB and train.
  package init() {
    func ref(
      _ id: Int, annotation: Int, image: Int, _ split: String, _ sentences: [(Int, String)]
    ) -> JSONValue {
      [
        "sent_ids": .array(sentences.map { .int($0.0) }), "ref_id": .int(id),
        "file_name": .string("COCO_train2014_00000000000\(image)_\(id).jpg"),
        "ann_id": .int(annotation), "image_id": .int(image), "split": .string(split),
        "category_id": 1,
        "sentences": .array(
          sentences.map { id, text in
            [
              "tokens": .array(text.split(separator: " ").map { .string(String($0)) }),
              "raw": .string(text.uppercased()), "sent_id": .int(id), "sent": .string(text),
            ]
          }),
      ]
    }
    func image(_ id: Int, _ width: Int, _ height: Int) -> JSONValue {
      [
        "id": .int(id), "file_name": .string("COCO_train2014_00000000000\(id).jpg"),
        "width": .int(width), "height": .int(height), "license": 1,
      ]
    }
    func annotation(_ id: Int, _ image: Int, _ box: [Double]) -> JSONValue {
      [
        "segmentation": [[1.5, 2, 3, 4]], "area": 12.5, "iscrowd": 0, "image_id": .int(image),
        "bbox": .array(box.map { .double($0) }), "category_id": 1, "id": .int(id),
      ]
    }
    refs = [
      ref(10, annotation: 100, image: 1, "testA", [(5, "man on left"), (3, "left guy")]),
      ref(11, annotation: 101, image: 2, "val", [(0, "red car")]),
      ref(12, annotation: 102, image: 1, "testA", [(7, "caf\u{e9} owner")]),
      ref(13, annotation: 103, image: 3, "testB", [(8, "dog"), (9, "the dog"), (11, "big dog")]),
      ref(14, annotation: 104, image: 4, "train", [(20, "sky")]),
    ]
    instances = [
      "info": ["year": 2014],
      "images": [image(1, 640, 427), image(2, 480, 640), image(3, 500, 500), image(4, 64, 48)],
      "annotations": [
        annotation(103, 3, [0, 0, 500, 250.5]), annotation(101, 2, [20.25, 30, 100, 50]),
        annotation(999, 2, [1, 1, 1, 1]), annotation(100, 1, [10.5, 20.75, 200.25, 300.5]),
        annotation(102, 1, [400, 100, 99.99, 150]), annotation(104, 4, [0, 0, 8, 8]),
      ],
    ]
  }

  /// Writes both files into a folder of a scratch folder.
  package func write(
    to scratch: TemporaryFolder, _ folder: String = "refcoco", refs name: String = "refs(unc).p"
  ) throws {
    try scratch.write("\(folder)/\(name)", Data(Pickled.bytes(.array(refs))))
    try scratch.write("\(folder)/instances.json", instances.text())
  }

  /// The split testA, or any rows of it, as a list of the TransVG code.
  package static let list: JSONValue = [
    [
      "COCO_train2014_000000000001.jpg", "100.pth", [10.5, 20.75, 200.25, 300.5], "man on left", [],
    ],
    ["COCO_train2014_000000000001.jpg", "100.pth", [10.5, 20.75, 200.25, 300.5], "left guy", []],
    ["COCO_train2014_000000000002.jpg", "101.pth", [20.25, 30.0, 100.0, 50.0], "red car", []],
  ]
}

extension JSONValue {
  /// The object with a member changed, or removed for nil.
  package func changing(_ key: String, to value: JSONValue?) -> JSONValue {
    guard case .object(var object) = self else { return self }
    object[key] = value
    return .object(object)
  }

  /// The array with an element changed.
  package func changing(_ index: Int, to value: JSONValue) -> JSONValue {
    guard case .array(var array) = self, array.indices.contains(index) else { return self }
    array[index] = value
    return .array(array)
  }
}
