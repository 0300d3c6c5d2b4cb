/// Decodes a PNG's data row by row, as far as they go: what Pillow shows of a file that is cut off
/// or broken.
///
/// Source: Pillow 9.5, ZipDecode.c, and ImageFile.load, which feeds it with blocks of 64 KB.
/// Quirks kept: a row counts only when zlib gave it whole and without an error in the same step; the
/// rest stays blank; a row of an unknown filter ends the picture.
struct PNGRowReader {
  /// Where the data stopped.
  enum End: Equatable {
    /// With the last row.
    case whole
    /// Before it; `broken` says whether by an error in the data, not by their end.
    case early(rows: Int, of: Int, broken: Bool)
  }

  private let header: PNGHeader
  private let pixels: PNGPixels
  /// `[rows, stride / 3, 3]`.
  private let output: UnsafeMutablePointer<UInt8>
  private let stride: Int

  /// - Parameters:
  ///   - output: the pixels of the picture, of which those that the data give are written.
  ///   - stride: bytes from one row to the next.
  init(
    _ header: PNGHeader, pixels: PNGPixels, output: UnsafeMutablePointer<UInt8>, stride: Int
  ) {
    self.header = header
    self.pixels = pixels
    self.output = output
    self.stride = stride
  }

  /// Writes the rows that there are.
  ///
  /// - Parameters:
  ///   - first: the first piece of the data.
  ///   - chunks: gives the others.
  /// - Throws: what `chunks` throws.
  func read(_ first: Range<Int>, _ chunks: inout PNGChunkReader) throws -> End {
    let inflater = PNGInflater()
    let rowBytes = header.color.rowBytes(header.width)
    var current = [UInt8](repeating: 0, count: 1 + rowBytes)
    var previous = current
    let passes = header.passes
    let total = passes.reduce(0) { $0 + $1.rows }
    var (pass, row, filled, done) = (0, 0, 0, 0)

    var piece: Range<Int>? = first
    while let data = piece {
      var place = data.lowerBound
      while place < data.upperBound {
        let block = place..<min(place + 65_536, data.upperBound)
        place = block.upperBound
        inflater.feed(UnsafeBufferPointer(rebasing: chunks.bytes[block]))
        while inflater.hasInput {
          let size = 1 + header.color.rowBytes(passes[pass].columns)
          guard let status = inflater.fill(&current, upTo: size, filled: &filled) else {
            return .early(rows: done, of: total, broken: true)
          }
          if filled < size { break }
          guard PNGFilter.undo(&current, previous, size: size, step: header.color.filterStep)
          else { return .early(rows: done, of: total, broken: true) }
          write(current, passes[pass], row)
          (filled, done, row) = (0, done + 1, row + 1)
          if row == passes[pass].rows {
            if done == total { return .whole }
            (pass, row) = (pass + 1, 0)
            for place in previous.indices { previous[place] = 0 }
          } else {
            swap(&current, &previous)
          }
          if status == .ended { return .early(rows: done, of: total, broken: false) }
        }
      }
      piece = try chunks.nextData()
    }
    return .early(rows: done, of: total, broken: false)
  }

  private func write(_ row: [UInt8], _ pass: PNGPass, _ index: Int) {
    row.withUnsafeBufferPointer { row in
      guard let start = row.baseAddress else { return }
      pixels.write(
        start + 1, count: pass.columns,
        to: output + (pass.y + index * pass.yStep) * stride + 3 * pass.x, step: pass.xStep)
    }
  }
}
