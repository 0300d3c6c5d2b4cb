import Tensors

/// A tensor as it lies in a checkpoint's file.
package struct StoredTensor: Sendable {
  /// Its name, without a prefix that all weights of the file may have.
  package let name: String
  /// What it is stored as.
  package let element: ElementType
  /// `[…]`; a scalar has no dimensions.
  package var shape: [Int] { layout.shape }
  /// How many elements.
  package var count: Int { layout.count }
  /// Whether the elements follow each other in the file in row-major order.
  package var isContiguous: Bool { layout.isContiguous }
  /// The bytes of the file from its first element to its last; other tensors may use some of them.
  package var bytes: Range<Int> {
    start + layout.extent.lowerBound * element.byteCount..<start
      + layout.extent.upperBound * element.byteCount
  }

  let layout: TensorLayout
  /// Where its storage begins in the file.
  let start: Int

  /// Whether two names stand for one tensor: the same elements of the file in the same order.
  package func isSame(as other: StoredTensor) -> Bool {
    element == other.element && layout == other.layout && start == other.start
  }
}

extension StoredTensor {
  /// How many elements are handled at a time where they have to be gathered or converted.
  static let chunk = 1 << 14

  /// Lends elements, counted in row-major order, in pieces as they are stored: out of the file
  /// where they lie there side by side, gathered otherwise.
  ///
  /// - Parameter file: the bytes of the whole file.
  func forEachPiece(
    of elements: Range<Int>, in file: UnsafeRawBufferPointer,
    _ body: (UnsafeRawBufferPointer) throws -> Void
  ) rethrows {
    let size = element.byteCount
    if layout.isContiguous {
      guard !elements.isEmpty else { return }
      precondition(elements.lowerBound >= 0 && elements.upperBound <= count, "beyond the tensor")
      let first = bytes.lowerBound + elements.lowerBound * size
      try body(UnsafeRawBufferPointer(rebasing: file[first..<first + elements.count * size]))
      return
    }
    try withUnsafeTemporaryAllocation(byteCount: Self.chunk * size, alignment: 16) { gathered in
      var next = elements.lowerBound
      while next < elements.upperBound {
        let part = next..<min(next + Self.chunk, elements.upperBound)
        gather(part, from: file, into: gathered)
        try body(UnsafeRawBufferPointer(rebasing: gathered[..<(part.count * size)]))
        next = part.upperBound
      }
    }
  }

  private func gather(
    _ elements: Range<Int>, from file: UnsafeRawBufferPointer,
    into memory: UnsafeMutableRawBufferPointer
  ) {
    switch element.byteCount {
    case 8: gather(elements, from: file, into: memory, as: UInt64.self)
    case 4: gather(elements, from: file, into: memory, as: UInt32.self)
    case 2: gather(elements, from: file, into: memory, as: UInt16.self)
    default: gather(elements, from: file, into: memory, as: UInt8.self)
    }
  }

  private func gather<Bits: FixedWidthInteger & BitwiseCopyable>(
    _ elements: Range<Int>, from file: UnsafeRawBufferPointer,
    into memory: UnsafeMutableRawBufferPointer, as type: Bits.Type
  ) {
    var written = 0
    layout.forEachRun(in: elements) { place, count, stride in
      for index in 0..<count {
        // Another program may have written the file: nothing says that it is aligned.
        let bits = file.loadUnaligned(
          fromByteOffset: start + (place + index * stride) * element.byteCount, as: type)
        memory.storeBytes(of: bits, toByteOffset: written, as: type)
        written += element.byteCount
      }
    }
  }
}
