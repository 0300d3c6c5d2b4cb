import Records

/// PNG files, as Pillow opens them and converts them to RGB.
///
/// libavcodec decodes what is whole and plain: rows in order, of 8 or 16 bits. Pictures of fewer
/// bits, interlaced, cut off or broken are decoded row by row in the steps of Pillow, whose result
/// on a damaged file depends on them.
///
/// Source: Pillow 9.5 with `ImageFile.LOAD_TRUNCATED_IMAGES = True`,
/// `Image.open(…).convert("RGB")`.
/// Quirks kept: those of `PNGChunkReader`, `PNGRowReader` and `PNGPixels`; of an animation the first
/// picture counts. Of the places where an orientation can stand, only the chunk eXIf is looked at.
enum PNGDecoder {
  /// Decodes a file.
  ///
  /// - Throws: `MediaError`.
  static func decode(_ file: MappedFile, _ options: ImageDecoder.Options) throws -> DecodedImage {
    try file.withBytes { bytes in
      var chunks = PNGChunkReader(bytes, file: file.path)
      let first = try chunks.openData()
      let (header, region) = try layout(chunks.facts, file: file.path, options)
      let hasPalette = chunks.facts.palette != nil
      let image = try image(header, region, first, &chunks)
      try chunks.finish()
      // Pillow stumbles over the index when it looks its colour up, and only then.
      if header.color.kind == .palette, !hasPalette, chunks.facts.hasOneTransparentIndex {
        throw MediaError.damaged(file: file.path, reason: "it has no palette")
      }
      return try options.finish(
        image, .png, remarks: chunks.remarks,
        orientation: chunks.facts.exif.map { ImageOrientation(exif: $0) } ?? .upright)
    }
  }

  /// Checks what the header says before anything is allocated for it.
  ///
  /// - Returns: The whole picture's layout, and the part of it that the data fill.
  /// - Throws: `MediaError`.
  private static func layout(
    _ facts: PNGFacts, file: String, _ options: ImageDecoder.Options
  ) throws -> (PNGHeader, PNGRegion) {
    guard let color = facts.color else {
      throw MediaError.damaged(file: file, reason: "the header says no kind of pixels")
    }
    let (width, height) = (facts.width, facts.height)
    try options.check(width: width, height: height, of: file)
    if color.kind == .palette, let palette = facts.palette, palette.count / 3 > 256 {
      throw MediaError.damaged(file: file, reason: "the palette has more than 256 colours")
    }
    let whole = PNGRegion(x: 0, y: 0, width: width, height: height)
    var region = facts.region ?? whole
    // Pillow's way of saying "all of it".
    if region.x == 0, region.width == 0 { region = whole }
    guard region.width > 0, region.height > 0, region.x + region.width <= width,
      region.y + region.height <= height
    else {
      throw MediaError.damaged(file: file, reason: "the first frame lies outside of the picture")
    }
    // Pillow forgets the place where the data are interlaced.
    if facts.isInterlaced { (region.x, region.y) = (0, 0) }
    return (
      PNGHeader(width: width, height: height, color: color, isInterlaced: facts.isInterlaced),
      region
    )
  }

  private static func image(
    _ picture: PNGHeader, _ region: PNGRegion, _ first: Range<Int>, _ chunks: inout PNGChunkReader
  ) throws -> RGBImage {
    let pixels = PNGPixels(picture.color, palette: chunks.facts.palette ?? [])
    var data = picture
    (data.width, data.height) = (region.width, region.height)
    let stride = 3 * picture.width
    let fillsAll = region.width == picture.width && region.height == picture.height
    let pieces = isPlain(data) ? wholePieces(first, chunks, data) : nil
    return try RGBImage(width: picture.width, height: picture.height) { output in
      let start = output + region.y * stride + 3 * region.x
      if !fillsAll { fill(output, count: picture.width * picture.height, pixels.blank) }
      if let pieces,
        PNGFrame.decode(
          data, pieces, of: chunks.bytes,
          { pixels.write($1, count: data.width, to: start + $0 * stride, step: 1) })
      {
        return
      }
      if fillsAll { fill(output, count: picture.width * picture.height, pixels.blank) }
      let reader = PNGRowReader(data, pixels: pixels, output: start, stride: stride)
      switch try reader.read(first, &chunks) {
      case .whole: break
      case .early(let rows, let total, broken: true):
        chunks.remark(
          .damaged(
            file: chunks.file, reason: "the picture's data are broken after row \(rows) of \(total)"
          ))
      case .early(let rows, let total, broken: false):
        chunks.remark(
          .truncated(
            file: chunks.file, reason: "the picture's data end after row \(rows) of \(total)"))
      }
    }
  }

  private static func isPlain(_ header: PNGHeader) -> Bool {
    !header.isInterlaced && header.color.depth >= 8
      && PNGFrame.takes(width: header.width, height: header.height)
  }

  /// All pieces of the data if nothing is odd about them; nil where they must be read one by one.
  private static func wholePieces(
    _ first: Range<Int>, _ chunks: PNGChunkReader, _ header: PNGHeader
  ) -> [Range<Int>]? {
    var ahead = chunks
    var pieces = [first]
    // Data cannot be longer than this unless more is packed than the picture has.
    let limit = header.unpackedBytes + header.unpackedBytes / 8 + 65_536
    var count = first.count
    while count <= limit {
      guard let piece = try? ahead.nextData() else { break }
      pieces.append(piece)
      count += piece.count
    }
    let isCut = pieces.last?.upperBound == chunks.bytes.count
    let isOne = ahead.facts.sequence == chunks.facts.sequence
    return count <= limit && !isCut && isOne ? pieces : nil
  }

  private static func fill(
    _ output: UnsafeMutablePointer<UInt8>, count: Int, _ pixel: (UInt8, UInt8, UInt8)
  ) {
    for place in 0..<count {
      (output[3 * place], output[3 * place + 1], output[3 * place + 2]) = pixel
    }
  }
}
