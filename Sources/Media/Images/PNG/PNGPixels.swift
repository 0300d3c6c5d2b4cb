/// Raw PNG pixels as red, green, blue.
///
/// Source: Pillow 9.5, `Image.open(…).convert("RGB")` (PngImagePlugin.py, Unpack.c, Convert.c).
/// Quirks kept: alpha and transparent colours are dropped, not blended; gamma and profiles are not
/// applied; 16-bit gray is clipped to 255, not scaled, while 16-bit colour keeps the high byte; an
/// index beyond the palette is a gray of its own value.
struct PNGPixels {
  private let color: PNGColor
  /// Three bytes for each value that a pixel of at most 8 bits can have; empty for other kinds.
  private let table: [UInt8]

  /// - Parameter palette: Red, green, blue of each index; as many as there are, at most 256.
  init(_ color: PNGColor, palette: [UInt8]) {
    self.color = color
    switch (color.kind, color.depth) {
    case (.palette, _):
      let entries = palette.prefix(palette.count / 3 * 3)
      table =
        entries + (entries.count / 3..<256).flatMap { [UInt8](repeating: UInt8($0), count: 3) }
    case (.gray, 1...4):
      let scale = 255 / ((1 << color.depth) - 1)
      table = (0..<1 << color.depth).flatMap { [UInt8](repeating: UInt8($0 * scale), count: 3) }
    default: table = []
    }
  }

  /// The colour of a pixel that no data fill: all its bits are 0.
  var blank: (UInt8, UInt8, UInt8) {
    color.kind == .palette ? (table[0], table[1], table[2]) : (0, 0, 0)
  }

  /// Writes a row.
  ///
  /// - Parameters:
  ///   - row: `color.rowBytes(count)` bytes, packed as PNG packs them.
  ///   - output: `[count, 3]`, with `step` pixels from one to the next.
  func write(
    _ row: UnsafePointer<UInt8>, count: Int, to output: UnsafeMutablePointer<UInt8>, step: Int
  ) {
    let stride = 3 * step
    switch (color.kind, color.depth) {
    case (.rgb, 8) where step == 1: output.update(from: row, count: 3 * count)
    case (.rgb, 8): copy(row, count, 3, (0, 1, 2), output, stride)
    case (.rgba, 8): copy(row, count, 4, (0, 1, 2), output, stride)
    case (.grayAlpha, 8): copy(row, count, 2, (0, 0, 0), output, stride)
    case (.rgb, _): copy(row, count, 6, (0, 2, 4), output, stride)
    case (.rgba, _): copy(row, count, 8, (0, 2, 4), output, stride)
    case (.grayAlpha, _): copy(row, count, 4, (0, 0, 0), output, stride)
    case (.gray, 8): copy(row, count, 1, (0, 0, 0), output, stride)
    case (.gray, 16):
      for place in 0..<count {
        let value = row[2 * place] == 0 ? row[2 * place + 1] : 255
        let pixel = output + place * stride
        (pixel[0], pixel[1], pixel[2]) = (value, value, value)
      }
    case (.palette, 8):
      table.withUnsafeBufferPointer { table in
        for place in 0..<count {
          let entry = 3 * Int(row[place])
          let pixel = output + place * stride
          (pixel[0], pixel[1], pixel[2]) = (table[entry], table[entry + 1], table[entry + 2])
        }
      }
    case (.gray, _), (.palette, _):
      let (depth, mask) = (color.depth, 1 << color.depth - 1)
      table.withUnsafeBufferPointer { table in
        for place in 0..<count {
          let bit = place * depth
          let entry = 3 * (Int(row[bit >> 3]) >> (8 - depth - bit & 7) & mask)
          let pixel = output + place * stride
          (pixel[0], pixel[1], pixel[2]) = (table[entry], table[entry + 1], table[entry + 2])
        }
      }
    }
  }

  /// Takes three bytes of each pixel of `size` bytes.
  @inline(__always)
  private func copy(
    _ row: UnsafePointer<UInt8>, _ count: Int, _ size: Int, _ taken: (Int, Int, Int),
    _ output: UnsafeMutablePointer<UInt8>, _ stride: Int
  ) {
    for place in 0..<count {
      let (source, pixel) = (row + place * size, output + place * stride)
      (pixel[0], pixel[1], pixel[2]) = (source[taken.0], source[taken.1], source[taken.2])
    }
  }
}
