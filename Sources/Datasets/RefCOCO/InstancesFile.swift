import Metrics
import Records

/// The COCO detection file of a RefCOCO set, `instances.json`: of its sixty megabytes only the boxes
/// and the sizes that are wanted are kept.
struct InstancesFile {
  /// The box of each wanted annotation, and the image on which it lies.
  private(set) var boxes: [Int: (image: Int, box: PixelBox)] = [:]
  /// Name and size of each wanted image.
  private(set) var images: [Int: (name: String, size: PixelSize)] = [:]

  /// Reads the annotations and the images with some ids.
  ///
  /// - Throws: `RecordError`, `JSONError`, `DatasetError` with the record that is wrong.
  static func read(
    _ path: String, annotations: Set<Int>, images: Set<Int>
  ) throws -> (InstancesFile, SourceFile) {
    try SourceFile.read(path, role: "instances") { file in
      var content = InstancesFile()
      var reader = try JSONReader(file)
      var seen: Set<String> = []
      try reader.readObject { key, reader in
        switch key {
        case "annotations", "images":
          let name = key.string
          guard seen.insert(name).inserted else {
            throw DatasetError.wrongKind(
              path: path, expected: "each member once", found: "\"\(name)\" twice",
              remedy: "keep one of them")
          }
          var index = 0
          try reader.readArray { reader in
            if name == "images" {
              try content.readImage(&reader, index, wanted: images)
            } else {
              try content.readAnnotation(&reader, index, wanted: annotations)
            }
            index += 1
          }
        default: try reader.skip()
        }
      }
      try reader.finish()
      for name in ["annotations", "images"] where !seen.contains(name) {
        throw DatasetError.wrongKind(
          path: path, expected: "a COCO detection file", found: "an object without \"\(name)\"",
          remedy: "give instances.json of the data set")
      }
      return content
    }
  }

  private mutating func readImage(
    _ reader: inout JSONReader, _ index: Int, wanted: Set<Int>
  ) throws {
    let start = reader.offset
    var id: Int?
    var name: String?
    var (width, height): (Int?, Int?)
    try reader.readObject { key, reader in
      switch key {
      case "id":
        try reader.refuseSecond(id, key, in: index)
        id = try reader.readInt()
      case "file_name":
        try reader.refuseSecond(name, key, in: index)
        name = try reader.readString()
      case "width":
        try reader.refuseSecond(width, key, in: index)
        width = try reader.readInt()
      case "height":
        try reader.refuseSecond(height, key, in: index)
        height = try reader.readInt()
      default: try reader.skip()
      }
    }
    guard let id, let name, let width, let height else {
      throw reader.badRecord(
        index, "an image lacks \"id\", \"file_name\", \"width\" or \"height\"",
        remedy: "give instances.json as published", at: start)
    }
    guard width > 0, height > 0, width <= 1 << 20, height <= 1 << 20 else {
      throw reader.badRecord(
        index, "image \(id) has \(width) x \(height) pixels",
        remedy: "give instances.json as published", at: start)
    }
    guard wanted.contains(id) else { return }
    let size = PixelSize(width: width, height: height)
    guard images.updateValue((name, size), forKey: id) == nil else {
      throw reader.badRecord(index, "image \(id) comes twice", remedy: "keep one", at: start)
    }
  }

  private mutating func readAnnotation(
    _ reader: inout JSONReader, _ index: Int, wanted: Set<Int>
  ) throws {
    let start = reader.offset
    var id: Int?
    var image: Int?
    var box: PixelBox?
    try reader.readObject { key, reader in
      switch key {
      case "id":
        try reader.refuseSecond(id, key, in: index)
        id = try reader.readInt()
      case "image_id":
        try reader.refuseSecond(image, key, in: index)
        image = try reader.readInt()
      case "bbox":
        try reader.refuseSecond(box, key, in: index)
        box = try reader.readPixelBox(record: index)
      default: try reader.skip()
      }
    }
    guard let id, let image, let box else {
      throw reader.badRecord(
        index, "an annotation lacks \"id\", \"image_id\" or \"bbox\"",
        remedy: "give instances.json as published", at: start)
    }
    guard wanted.contains(id) else { return }
    guard boxes.updateValue((image, box), forKey: id) == nil else {
      throw reader.badRecord(index, "annotation \(id) comes twice", remedy: "keep one", at: start)
    }
  }
}
