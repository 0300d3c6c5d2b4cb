import Metrics
import Pickle
import Records

/// A list of the TransVG code, `unc_testA.pth`, as the reference project reads it: a `torch.save` of
/// tuples `(file name, annotation file, [x, y, width, height], phrase, attributes)`.
///
/// It has neither `sent_id` nor `ref_id`: an expression's id is its place in the list, from 0 on.
enum TransVGList {
  /// The longest published list of a split has 2 MB; what a zip archive unpacks to is bounded by this.
  private static var limits: PickleLimits {
    var limits = PickleLimits()
    limits.memory = 256 << 20
    return limits
  }

  /// Reads the expressions in the order of the list.
  ///
  /// - Parameter first: The id of the first expression.
  /// - Throws: `RecordError`, `PickleError`, `ArchiveError`, `DatasetError` with the record that is
  ///   wrong.
  static func read(
    _ path: String, from first: Int = 0
  ) throws -> ([RefCOCOExpression], SourceFile) {
    try SourceFile.read(path, role: "list") { file in
      let value = try TorchFile(file, limits: limits).value
      guard value.kind == .list, let records = value.elements else {
        throw DatasetError.wrongKind(
          path: path, expected: "a list of tuples", found: value.kind.rawValue,
          remedy: "give a list such as unc_testA.pth")
      }
      if records.isEmpty { throw DatasetError.empty(path: path, what: "expression") }
      return try records.enumerated().map { index, value in
        let record = PickleRecord(
          path: path, index: index, value: value,
          remedy: "records are (file name, annotation, [x, y, width, height], phrase, attributes)")
        return try read(record, id: first + index)
      }
    }
  }

  private static func read(_ record: PickleRecord, id: Int) throws -> RefCOCOExpression {
    guard let fields = record.value.elements, fields.count >= 4, let name = fields[0].string,
      let numbers = fields[2].elements, let phrase = fields[3].string
    else {
      throw record.error("expected a tuple of name, annotation, box and phrase, found another form")
    }
    guard name.hasPrefix("COCO_") else {
      throw record.error(
        "the image '\(name)' is none of COCO: lists of ReferIt have boxes of another form")
    }
    let box = numbers.compactMap(\.double)
    guard box.count == 4, numbers.count == 4, box.allSatisfy(\.isFinite) else {
      throw record.error("the box must be four finite numbers")
    }
    guard box[2] >= 0, box[3] >= 0 else {
      throw record.error("the box has the size \(box[2]) x \(box[3])")
    }
    return RefCOCOExpression(
      id: .int(id), refID: nil, split: nil, image: image(name), imageName: name, imageSize: nil,
      phrase: phrase, box: PixelBox(x: box[0], y: box[1], width: box[2], height: box[3]))
  }

  /// The number in `COCO_train2014_000000000839.jpg`, or else the name.
  private static func image(_ name: String) -> SampleID {
    let match = name.wholeMatch(of: /COCO_[a-z0-9]+_(\d{12})\.jpg/)
    return match.flatMap { Int($0.1) }.map { .int($0) } ?? .string(name)
  }
}
