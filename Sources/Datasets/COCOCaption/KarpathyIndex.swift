import Records

/// Which images Karpathy's file has in which split, and in which folder it says they lie.
struct KarpathyIndex {
  /// One image of the file.
  struct Image {
    let id: Int
    let split: String
    let folder: String?
  }

  /// The images that have an id and a split, in the order of the file.
  let images: [Image]

  /// Reads ids, splits and folders alone.
  ///
  /// - Throws: `RecordError`, `JSONError`.
  init(of path: String) throws {
    var reader = try JSONReader(try MappedFile(path, sequential: true))
    var images: [Image] = []
    try reader.readObject { key, reader in
      guard case "images" = key else { return try reader.skip() }
      try reader.readArray { reader in
        var id: Int?
        var split: String?
        var folder: String?
        try reader.readObject { key, reader in
          switch key {
          case "cocoid": id = try reader.readInt()
          case "split": split = try reader.readString()
          case "filepath": folder = try reader.readString()
          default: try reader.skip()
          }
        }
        if let id, let split { images.append(Image(id: id, split: split, folder: folder)) }
      }
    }
    try reader.finish()
    self.images = images
  }
}
