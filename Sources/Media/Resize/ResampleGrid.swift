/// Where the samples of one size lie on those of another, along one axis.
///
/// Source: `precompute_coeffs` of Pillow 9.5.
struct ResampleGrid: Hashable {
  let inputs: Int
  let outputs: Int
  let filter: ResizeFilter

  /// Inputs an output is wide.
  ///
  /// Pillow takes the size through a `float`, which matters beyond 2^24.
  var scale: Double { Double(Float(inputs)) / Double(outputs) }

  /// Inputs that the filter's unit is wide: reducing smooths, enlarging does not.
  var filterScale: Double { max(scale, 1) }

  /// The most inputs that an output can have, as a multiple of 4.
  var taps: Int {
    let most = Int((filter.support * filterScale).rounded(.up)) * 2 + 1
    return (min(most, inputs) + 3) / 4 * 4
  }

  /// The middle of an output, in inputs.
  func center(of output: Int) -> Double { (Double(output) + 0.5) * scale }

  /// The inputs of an output; none only where a size beyond 2^24 was rounded up.
  func inputs(of output: Int) -> Range<Int> {
    let (center, support) = (center(of: output), filter.support * filterScale)
    let end = min(inputs, Int(center + support + 0.5))
    return min(end, max(0, Int(center - support + 0.5)))..<end
  }
}
