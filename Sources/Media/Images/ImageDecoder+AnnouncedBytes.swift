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
    guard let size,
      (try? options.check(width: size.width, height: size.height, of: file.path)) != nil
    else { return 0 }
    return 3 * size.width * size.height
  }

  /// The numbers of the chunk IHDR, which begins behind the signature.
  private static func announcedPNGSize(_ file: MappedFile) -> (width: Int, height: Int)? {
    file.withBytes { bytes in
      guard let width = bytes.bigEndian32(at: 16), let height = bytes.bigEndian32(at: 20) else {
        return nil
      }
      return (width, height)
    }
  }
}
