/// Where the elements of a tensor lie among those of its storage.
///
/// Every number was checked when the layout was made: no element lies outside the storage.
struct TensorLayout: Sendable, Equatable {
  /// `[…]`, all dimensions.
  let shape: [Int]
  /// How many elements.
  let count: Int
  /// Which elements of the storage lie between the first and the last of the tensor, both included;
  /// empty where the tensor is.
  let extent: Range<Int>
  /// Dimensions that are walked: those of one element left out, neighbours that lie behind each
  /// other joined. A contiguous tensor has one of stride 1.
  private let walked: [(size: Int, stride: Int)]

  /// Whether the elements follow each other in row-major order.
  var isContiguous: Bool { walked.isEmpty || walked.count == 1 && walked[0].stride == 1 }

  static func == (first: TensorLayout, second: TensorLayout) -> Bool {
    first.shape == second.shape && first.extent == second.extent
      && first.walked.elementsEqual(second.walked) { $0 == $1 }
  }

  /// Dimensions beyond this number are no writer's.
  private static let dimensionLimit = 64
  /// How many elements a tensor may have that repeats some of its storage: what it would take in
  /// another file is not bounded by the size of this one.
  static let repetitionLimit = 1 << 26

  /// Why a layout is impossible.
  struct Defect: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
  }

  /// Checks the numbers of a file.
  ///
  /// - Parameters:
  ///   - offset: which element of the storage is the first.
  ///   - strides: how many elements of the storage lie between neighbours, per dimension.
  ///   - available: how many elements the storage has.
  /// - Throws: `Defect`.
  init(shape: [Int], strides: [Int], offset: Int, available: Int) throws {
    guard shape.count == strides.count else {
      throw Defect("\(shape.count) dimensions and \(strides.count) strides")
    }
    guard shape.count <= Self.dimensionLimit else {
      throw Defect("\(shape.count) dimensions, more than \(Self.dimensionLimit)")
    }
    guard offset >= 0 else { throw Defect("begins at element \(offset) of its storage") }
    guard shape.allSatisfy({ $0 >= 0 }) else { throw Defect("the shape \(shape)") }
    guard strides.allSatisfy({ $0 >= 0 }) else { throw Defect("negative strides \(strides)") }
    self.shape = shape
    guard !shape.contains(0) else {
      (count, extent, walked) = (0, 0..<0, [])
      return
    }
    guard let count = Self.product(shape),
      let last = Self.sum(offset, zip(shape, strides).map { ($0 - 1, $1) }), last < Int.max
    else { throw Defect("the shape \(shape) with the strides \(strides), beyond 63 bits") }
    guard last < available else {
      throw Defect(
        "the shape \(shape) with the strides \(strides) from element \(offset) on reaches element "
          + "\(last) of a storage of \(available)")
    }
    guard count <= max(available, Self.repetitionLimit) else {
      throw Defect("the shape \(shape), \(count) elements, over a storage of \(available)")
    }
    self.count = count
    extent = offset..<last + 1
    var walked: [(size: Int, stride: Int)] = []
    for (size, stride) in zip(shape, strides) where size > 1 {
      // The product is at most the last element's place, which did not overflow; but for the size,
      // of which one less was taken.
      if let outer = walked.last,
        stride.multipliedReportingOverflow(by: size) == (outer.stride, false)
      {
        walked[walked.count - 1] = (outer.size * size, stride)
      } else {
        walked.append((size, stride))
      }
    }
    self.walked = walked
  }

  private static func product(_ numbers: [Int]) -> Int? {
    var product = 1
    for number in numbers {
      let (next, overflows) = product.multipliedReportingOverflow(by: number)
      if overflows { return nil }
      product = next
    }
    return product
  }

  private static func sum(_ start: Int, _ products: [(Int, Int)]) -> Int? {
    var sum = start
    for (first, second) in products {
      let (product, overflows) = first.multipliedReportingOverflow(by: second)
      let (next, isTooLarge) = sum.addingReportingOverflow(product)
      if overflows || isTooLarge { return nil }
      sum = next
    }
    return sum
  }

  /// Lends elements, counted in row-major order, as runs of equal stride: the place of the first in
  /// the storage, how many, and the stride.
  func forEachRun(
    in elements: Range<Int>, _ body: (_ place: Int, _ count: Int, _ stride: Int) throws -> Void
  ) rethrows {
    precondition(elements.lowerBound >= 0 && elements.upperBound <= count, "beyond the tensor")
    guard let inner = walked.last else {
      if !elements.isEmpty { try body(extent.lowerBound, 1, 1) }
      return
    }
    var next = elements.lowerBound
    while next < elements.upperBound {
      let column = next % inner.size
      let length = min(inner.size - column, elements.upperBound - next)
      var row = next / inner.size
      var place = extent.lowerBound + column * inner.stride
      for dimension in walked.dropLast().reversed() {
        place += row % dimension.size * dimension.stride
        row /= dimension.size
      }
      try body(place, length, inner.stride)
      next += length
    }
  }
}
