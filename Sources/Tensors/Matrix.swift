/// Float32 numbers in rows: `[rows, width]`, row-major, perhaps a part of a larger matrix.
///
/// What a function of this module returns has been written; nothing writes to it afterwards, so that
/// threads may share it.
package struct Matrix: Sendable {
  /// How many rows.
  package let rows: Int
  /// How many numbers a row has.
  package let width: Int
  /// How many numbers lie between the starts of two rows, at least the width.
  package let stride: Int

  let storage: MatrixStorage
  private nonisolated(unsafe) let start: UnsafeMutablePointer<Float>

  init(rows: Int, width: Int, storage: MatrixStorage) {
    self.rows = rows
    self.width = width
    stride = width
    self.storage = storage
    start = storage.start
  }

  /// A matrix that stays, of memory of its own, with numbers that somebody fills in: what keeps results
  /// by their size does not keep the batch that they were a part of.
  package init(
    rows: Int, width: Int, filledBy fill: (UnsafeMutablePointer<Float>) throws -> Void
  ) rethrows {
    let storage = MatrixStorage(kept: rows * width)
    self.init(rows: rows, width: width, storage: storage)
    try fill(storage.start)
  }

  private init(
    rows: Int, width: Int, stride: Int, storage: MatrixStorage, start: UnsafeMutablePointer<Float>
  ) {
    self.rows = rows
    self.width = width
    self.stride = stride
    self.storage = storage
    self.start = start
  }

  /// The first number, valid as long as a matrix over the same storage lives; only whoever made the
  /// matrix may write, before anybody else sees it.
  package var pointer: UnsafeMutablePointer<Float> { start }

  /// The first number of a row, as `pointer`.
  package func row(_ row: Int) -> UnsafeMutablePointer<Float> {
    precondition(row >= 0 && row < rows)
    return start + row * stride
  }

  /// Some rows of this matrix: the same numbers, no copy.
  package func rows(_ range: Range<Int>) -> Matrix {
    precondition(range.lowerBound >= 0 && range.upperBound <= rows)
    return Matrix(
      rows: range.count, width: width, stride: stride, storage: storage,
      start: start + range.lowerBound * stride)
  }

  /// Some columns of this matrix: the same numbers, no copy.
  package func columns(_ range: Range<Int>) -> Matrix {
    precondition(range.lowerBound >= 0 && range.upperBound <= width)
    return Matrix(
      rows: rows, width: range.count, stride: stride, storage: storage,
      start: start + range.lowerBound)
  }

  /// Lends the first number while the storage is sure to live.
  package func withPointer<Result>(
    _ body: (UnsafeMutablePointer<Float>) throws -> Result
  ) rethrows -> Result {
    try withExtendedLifetime(storage) { try body(start) }
  }

  /// Says that the numbers will not be read soon: those that lie in a file leave the memory, and come
  /// back when they are read.
  package func letGo() { storage.letGo() }

  /// A copy of all numbers, row by row.
  package var floats: [Float] {
    withPointer { pointer in
      var floats: [Float] = []
      floats.reserveCapacity(rows * width)
      for row in 0..<rows {
        floats.append(contentsOf: UnsafeBufferPointer(start: pointer + row * stride, count: width))
      }
      return floats
    }
  }
}
