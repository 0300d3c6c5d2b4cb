import Metrics
import Records

/// An array in a file, whose header has been checked against the file's size.
struct ArrayEntry {
  /// `i2t`, `t2i`, …; nil where the file has one array without a name.
  let name: String?
  let element: ScoreMatrix.Element
  /// Always two numbers, both above 0.
  let shape: [Int]
  /// Whether the first index varies fastest.
  let isFortranOrder: Bool
  /// Where the numbers lie in the file.
  let bytes: Range<Int>

  /// Checks a header's claims.
  ///
  /// - Parameter bytes: Where the numbers lie according to the header; its end is nil where they
  ///   should fill the file.
  /// - Throws: `DatasetError.badTensor`.
  init(
    _ name: String?, element: ScoreMatrix.Element, shape: [Int], isFortranOrder: Bool = false,
    start: Int, end: Int? = nil, in file: MappedFile
  ) throws {
    func error(_ reason: String, _ remedy: String) -> DatasetError {
      .badTensor(path: file.path, member: name ?? "header", reason: reason, remedy: remedy)
    }
    guard shape.count == 2 else {
      throw error(
        "expected two dimensions, found the shape \(shape)", "save one score for each pair")
    }
    // Indices of 32 bits, and no overflow below.
    guard shape.allSatisfy({ (1...Int(Int32.max)).contains($0) }) else {
      throw error("the shape \(shape) is that of no score matrix", "save one score for each pair")
    }
    let (count, overflows) = (shape[0] * shape[1]).multipliedReportingOverflow(by: element.size)
    let found = (end ?? file.count) - start
    guard !overflows, count == found else {
      let wanted = overflows ? "more than a file can hold" : "\(count)"
      throw error(
        "expected \(wanted) bytes for the shape \(shape) of \(element.rawValue), found \(found)",
        count > found || overflows
          ? "the file is truncated: save it again" : "the file is damaged: save it again")
    }
    self.name = name
    self.element = element
    self.shape = shape
    self.isFortranOrder = isFortranOrder
    self.bytes = start..<start + count
  }

  /// The matrix over the mapped numbers.
  ///
  /// - Parameter layout: What the first index is: images or texts.
  func matrix(_ layout: ScoreMatrix.Layout, in file: MappedFile) -> ScoreMatrix {
    let isByImages = layout == .imagesByTexts
    let offset = bytes.lowerBound
    return ScoreMatrix(
      // In Fortran order the memory holds the transpose.
      isByImages == isFortranOrder ? .textsByImages : .imagesByTexts,
      images: shape[isByImages ? 0 : 1], texts: shape[isByImages ? 1 : 0], element: element,
      bytes: UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(file.bytes)[bytes]),
      owner: file,
      discard: { file.release($0.lowerBound + offset..<$0.upperBound + offset) })
  }
}
