import CPixels

/// The passes over one picture, along the rows and then along the columns.
///
/// The second pass follows the first at a short distance, so that the rows between them stay few
/// and in the cache. Where tables or rows would need more memory than allowed, the result is made
/// in strips of columns, and its rows in bands.
struct ResamplePasses {
  /// The grids of a row's samples and of a column's.
  let columns, rows: ResampleGrid
  let body: Resampler.Body
  let axes: ResampleAxes
  /// In bytes, for tables and for rows between the passes each; one column is made in any case.
  let memoryLimit: Int
  /// `[rows.inputs, columns.inputs, 3]`.
  let input: UnsafePointer<UInt8>
  /// `[rows.outputs, columns.outputs, 3]`.
  let output: UnsafeMutablePointer<UInt8>

  /// Rows that the first pass makes at a time.
  private static let batch = 8

  private var inputStride: Int { 3 * columns.inputs }
  private var outputStride: Int { 3 * columns.outputs }

  /// Makes the whole result.
  func run() {
    if columns.inputs == columns.outputs {
      makeRows(bytes: outputStride, to: output) { _ in
      } row: {
        input + $0 * inputStride
      }
      return
    }
    let isOnlyPass = rows.inputs == rows.outputs
    let columnCost = max(
      ResampleAxis.bytesPerTap * columns.taps, isOnlyPass ? 0 : 3 * keptRows)
    for strip in parts(of: columns.outputs, size: memoryLimit / columnCost) {
      let axis = axes.axis(columns, outputs: strip, isHorizontal: true)
      let place = output + 3 * strip.lowerBound
      if isOnlyPass {
        widen(axis, rows: 0..<rows.inputs, to: place, stride: outputStride)
      } else {
        makeStrip(axis, to: place)
      }
    }
  }

  /// Rows between the passes: those of an output row, and what the first pass is ahead.
  private var keptRows: Int {
    let batches = (min(rows.taps + Self.batch, rows.inputs) + Self.batch - 1) / Self.batch
    return batches * Self.batch
  }

  /// Both passes for some columns of the result.
  private func makeStrip(_ axis: ResampleAxis, to place: UnsafeMutablePointer<UInt8>) {
    let bytes = 3 * axis.outputs.count
    let kept = keptRows
    withUnsafeTemporaryAllocation(byteCount: kept * bytes, alignment: 64) { memory in
      guard let between = memory.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
      var made = 0
      makeRows(bytes: bytes, to: place) { end in
        while made < end {
          let next = made..<min(made + Self.batch, rows.inputs)
          widen(axis, rows: next, to: between + made % kept * bytes, stride: bytes)
          made = next.upperBound
        }
      } row: {
        UnsafePointer(between + $0 % kept * bytes)
      }
    }
  }

  /// The first pass over some rows of the picture.
  private func widen(
    _ axis: ResampleAxis, rows: Range<Int>, to place: UnsafeMutablePointer<UInt8>, stride: Int
  ) {
    axis.withAxis { axis in
      withUnsafePointer(to: axis) {
        cpixels_horizontal(
          body.code, $0, input + rows.lowerBound * inputStride, inputStride, columns.inputs,
          place, stride, rows.count)
      }
    }
  }

  /// The second pass.
  ///
  /// - Parameters:
  ///   - bytes: Of a row.
  ///   - prepare: Is told before which row all must be there.
  ///   - row: Where a row begins that is there.
  private func makeRows(
    bytes: Int, to place: UnsafeMutablePointer<UInt8>,
    prepare: (Int) -> Void, row: (Int) -> UnsafePointer<UInt8>
  ) {
    let taps = rows.taps
    withUnsafeTemporaryAllocation(of: UnsafePointer<UInt8>?.self, capacity: taps) { inputs in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: taps) { scratch in
        let size = memoryLimit / (ResampleAxis.bytesPerTap * taps)
        for band in parts(of: rows.outputs, size: size) {
          axes.axis(rows, outputs: band, isHorizontal: false).withAxis { axis in
            for (index, output) in band.enumerated() {
              let (first, count) = (Int(axis.first[index]), Int(axis.count[index]))
              prepare(first + count)
              // Weights after the last input are 0: any row will do.
              for tap in 0..<taps { inputs[tap] = row(first + min(tap, count - 1)) }
              cpixels_vertical(
                body.code, axis.weights + index * taps, inputs.baseAddress, count, bytes,
                place + output * outputStride, scratch.baseAddress)
            }
          }
        }
      }
    }
  }

  /// Ranges of a size that cover some numbers from 0 on; of size 1 where it is less.
  private func parts(of count: Int, size: Int) -> [Range<Int>] {
    stride(from: 0, to: count, by: max(1, size)).map { $0..<min(count, $0 + max(1, size)) }
  }
}
