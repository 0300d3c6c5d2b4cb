import OrderedCollections
import Records

/// Flickr30K's official captions: lines `1000092795.jpg#0<TAB>Two young guys with shaggy hair …`.
enum TokenFile {
  /// Reads the captions of all images in the order of the file, or of those that are wanted in
  /// theirs; an image's captions come in the order of the file.
  ///
  /// - Throws: `RecordError` if it cannot be opened, `DatasetError` for another line, a caption that
  ///   stands twice, and wanted images without captions.
  static func read(
    _ path: String, keeping wanted: [SampleID]?
  ) throws -> (CaptionedImages, SourceFile) {
    try SourceFile.read(path, role: "annotations") { file in
      if let foreign = ForeignContent(file) {
        throw DatasetError.badRecord(
          path: path, line: 1, column: 1, reason: "no captions", remedy: foreign.explanation)
      }
      let captions = try read(file, keeping: wanted.map { Set($0) })
      let ids = wanted ?? Array(captions.keys)
      let bare = ids.filter { captions[$0] == nil }
      guard bare.isEmpty else {
        throw DatasetError.wrongKind(
          path: path, expected: "captions of \(ids.count) images",
          found: "none of \(bare.count) of them (first: \(bare[0]))",
          remedy: "the list of images and the captions are not of the same data")
      }
      return CaptionedImages(
        ids: ids, files: ids.map { "flickr30k-images/\($0).jpg" },
        captions: ids.map { captions[$0].map { Array($0.values) } ?? [] })
    }
  }

  /// The captions of each image by their numbers.
  private static func read(
    _ file: MappedFile, keeping wanted: Set<SampleID>?
  ) throws -> OrderedDictionary<SampleID, OrderedDictionary<Int, String>> {
    var captions: OrderedDictionary<SampleID, OrderedDictionary<Int, String>> = [:]
    let lines = file.bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() where !line.allSatisfy({ $0 <= 0x20 }) {
      func error(_ reason: String) -> DatasetError {
        .badRecord(
          path: file.path, line: index + 1, column: 1, reason: reason,
          remedy: "lines look like 1000092795.jpg#0<TAB>Two young guys …")
      }
      guard let tab = line.firstIndex(of: 0x09),
        let sharp = line[..<tab].lastIndex(of: UInt8(ascii: "#")),
        let number = Int(String(decoding: line[line.index(after: sharp)..<tab], as: UTF8.self)),
        let id = KarpathyImages.Naming.flickr30k.id(
          ofFile: String(decoding: line[..<sharp], as: UTF8.self))
      else { throw error("expected a file name, # and a number, a tab and a caption") }
      if let wanted, !wanted.contains(id) { continue }
      var text = line[line.index(after: tab)...]
      if text.last == 0x0D { text = text.dropLast() }
      guard let caption = String(validating: text, as: UTF8.self) else {
        throw error("the caption is not valid UTF-8")
      }
      guard captions[id, default: [:]].updateValue(caption, forKey: number) == nil else {
        throw error("caption \(number) of \(id) stands twice")
      }
    }
    if captions.isEmpty, wanted == nil {
      throw DatasetError.empty(path: file.path, what: "caption")
    }
    return captions
  }
}
