import Metrics
import Records

/// A prediction file with boxes: a JSON list of `{"sent_id": 1, "bbox": [x, y, width, height]}`, or
/// the same objects as JSON Lines. `ref_id` may stand in place of `sent_id` in all records.
public struct BoxPredictionFile: Sendable {
  /// Which ids a file names its boxes by.
  public enum IDKind: String, Sendable {
    /// The expression.
    case sentence = "sent_id"
    /// The object, where one expression refers to it.
    case reference = "ref_id"
  }

  /// What the ids are of.
  public let idKind: IDKind
  /// Each once, in the order of the file.
  public let ids: [SampleID]
  /// The box of each, in pixels of the image.
  public let boxes: [PixelBox]
  /// The file.
  public let file: SourceFile

  private static let example = "[{\"sent_id\": 1, \"bbox\": [10, 20, 100, 50]}, …]"

  /// Reads a file.
  ///
  /// - Throws: `RecordError`, `JSONError`, or `DatasetError` with the record that is wrong.
  public init(at path: String) throws {
    let (content, file) = try SourceFile.read(path, role: "predictions") { file in
      var kind: IDKind?
      var ids: [SampleID] = []
      var boxes: [PixelBox] = []
      let offsets = try RecordList.forEach(in: file, of: "box", example: Self.example) {
        reader, index in
        let start = reader.offset
        let record = try Self.readRecord(&reader, index: index)
        if let kind, kind != record.kind {
          throw reader.badRecord(
            index,
            "has \"\(record.kind.rawValue)\", and the records before it have "
              + "\"\(kind.rawValue)\"",
            remedy: "name all boxes by the same kind of id", at: start)
        }
        kind = record.kind
        ids.append(record.id)
        boxes.append(record.box)
      }
      let idKind = kind ?? .sentence
      try RecordList.refuseRepeated(ids, name: idKind.rawValue, offsets: offsets, in: file)
      return (kind: idKind, ids: ids, boxes: boxes)
    }
    idKind = content.kind
    ids = content.ids
    boxes = content.boxes
    self.file = file
  }

  private static func readRecord(
    _ reader: inout JSONReader, index: Int
  ) throws -> (kind: IDKind, id: SampleID, box: PixelBox) {
    let start = reader.offset
    var ids: [IDKind: SampleID] = [:]
    var box: PixelBox?
    try reader.readObject { key, reader in
      switch key {
      case "sent_id", "ref_id":
        let kind: IDKind = "sent_id" ~= key ? .sentence : .reference
        if ids[kind] != nil { throw reader.repeatedMember(kind.rawValue, in: index) }
        ids[kind] = try reader.readID("\"\(kind.rawValue)\"", .integer, index: index)
      case "bbox":
        if box != nil { throw reader.repeatedMember("bbox", in: index) }
        box = try reader.readPixelBox(record: index)
      case "images", "annotations", "sentences", "segmentation":
        throw reader.noPredictions("an annotation file", key.string, example: example)
      default: try reader.skip()
      }
    }
    guard let box, let kind = ids[.sentence] == nil ? ids.keys.first : .sentence,
      let id = ids[kind]
    else {
      throw reader.badRecord(
        index, "\"\(box == nil ? "bbox" : "sent_id")\" is missing",
        remedy: "each record has the form \(example)", at: start)
    }
    return (kind, id, box)
  }
}
