import Records

extension ImageDecoder {
  /// How many bytes a picture has as RGB by what its header says: for whoever decodes several at a
  /// time. 0 where `decode` would take no memory for it.
  package func announcedBytes(_ file: MappedFile) -> Int {
    let size: (width: Int, height: Int)?
    switch file.withBytes({ ImageFormat.of($0.prefix(ImageFormat.startLength)) }) {
    case .jpeg: size = (try? JPEGHeader(file)).map { ($0.width, $0.height) }
    case .png: size = Self.announcedPNGSize(file)
    default: size = nil
    }
    guard let size, size.width > 0, size.height > 0, size.width <= options.pixelLimit / size.height
    else { return 0 }
    return 3 * size.width * size.height
  }

  /// The numbers of the chunk IHDR, which begins behind the signature.
  private static func announcedPNGSize(_ file: MappedFile) -> (width: Int, height: Int)? {
    file.withBytes { bytes in
      guard bytes.count >= 24 else { return nil }
      func number(at place: Int) -> Int {
        bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
      }
      return (number(at: 16), number(at: 20))
    }
  }
}
