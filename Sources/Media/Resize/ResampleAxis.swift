import CPixels

/// The inputs and the integer weights of some outputs along one axis: what a pass is made of.
///
/// Source: `precompute_coeffs` and `normalize_coeffs_8bpc` of Pillow 9.5.
final class ResampleAxis: Sendable {
  /// The outputs it is for.
  let outputs: Range<Int>
  /// How many bytes it holds.
  let byteCount: Int

  /// Nothing writes to what it points to after `init`.
  private nonisolated(unsafe) let memory: cpixels_axis

  /// Bytes for each weight, at most: itself and what is packed of it.
  static let bytesPerTap = 4 + 16

  /// Weights of this many inputs of an output are remembered until their sum is known; others are
  /// computed twice.
  private static let remembered = 1 << 16

  /// - Parameter isHorizontal: Whether a horizontal pass of `body` will use it.
  init(_ grid: ResampleGrid, outputs: Range<Int>, body: Resampler.Body, isHorizontal: Bool) {
    self.outputs = outputs
    let taps = grid.taps
    let first = UnsafeMutablePointer<Int32>.allocate(capacity: outputs.count)
    let count = UnsafeMutablePointer<Int32>.allocate(capacity: outputs.count)
    let weights = UnsafeMutablePointer<Int32>.allocate(capacity: outputs.count * taps)
    withUnsafeTemporaryAllocation(of: Double.self, capacity: min(taps, Self.remembered)) { known in
      for (index, output) in outputs.enumerated() {
        let inputs = grid.inputs(of: output)
        first[index] = Int32(inputs.lowerBound)
        count[index] = Int32(inputs.count)
        Self.weigh(output, inputs, grid, known, weights + index * taps)
        (weights + index * taps + inputs.count).initialize(
          repeating: 0, count: taps - inputs.count)
      }
    }
    var axis = cpixels_axis(
      outputs: outputs.count, taps: taps, first: first, count: count, weights: weights, packed: nil)
    let packedSize = isHorizontal ? cpixels_packed_size(body.code, &axis) : 0
    if packedSize > 0 {
      let packed = UnsafeMutableRawPointer.allocate(byteCount: packedSize, alignment: 64)
      cpixels_pack(body.code, &axis, packed)
      axis.packed = UnsafeRawPointer(packed)
    }
    memory = axis
    byteCount = outputs.count * (8 + 4 * taps) + packedSize
  }

  deinit {
    memory.first.deallocate()
    memory.count.deallocate()
    memory.weights.deallocate()
    memory.packed?.deallocate()
  }

  /// Lends the memory to a pass.
  func withAxis<Result>(_ body: (cpixels_axis) throws -> Result) rethrows -> Result {
    try withExtendedLifetime(self) { try body(memory) }
  }

  /// Writes the weights of one output.
  ///
  /// - Parameter known: Room for the weights of the first inputs.
  private static func weigh(
    _ output: Int, _ inputs: Range<Int>, _ grid: ResampleGrid,
    _ known: UnsafeMutableBufferPointer<Double>, _ weights: UnsafeMutablePointer<Int32>
  ) {
    let (center, filter, step) = (grid.center(of: output), grid.filter, 1 / grid.filterScale)
    var sum = 0.0
    for (index, input) in inputs.enumerated() {
      let weight = filter.weight((Double(input) - center + 0.5) * step)
      if index < known.count { known[index] = weight }
      sum += weight
    }
    for (index, input) in inputs.enumerated() {
      var weight =
        index < known.count
        ? known[index] : filter.weight((Double(input) - center + 0.5) * step)
      if sum != 0 { weight /= sum }
      weights[index] = Int32((weight < 0 ? -0.5 : 0.5) + weight * Double(1 << 22))
    }
  }
}
