import Records

extension ImageOrientation {
  /// Reads what the EXIF data of a PNG say, its chunk `eXIf`.
  ///
  /// Not kept: Pillow looks in texts that ImageMagick and Adobe's programs write, too.
  init(png file: MappedFile) {
    self = file.withBytes { bytes in
      var found: Range<Int>?
      var place = 8
      while let length = bytes.bigEndian32(at: place), length <= bytes.count - place - 8 {
        let content = place + 8
        if bytes[place + 4..<content].elementsEqual("eXIf".utf8) {
          found = content..<content + length
        }
        // The checksum comes last.
        place = content + length + 4
      }
      return found.map { ImageOrientation(exif: bytes[$0]) } ?? .upright
    }
  }
}
