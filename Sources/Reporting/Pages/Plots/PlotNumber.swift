import Foundation

/// Numbers in drawings: two digits behind the point are finer than a screen.
enum PlotNumber {
  /// A coordinate, without zeros that say nothing.
  static func text(_ value: Double) -> String {
    var number = String(format: "%.2f", value.isFinite ? value : 0)
    while number.hasSuffix("0") { number.removeLast() }
    if number.hasSuffix(".") { number.removeLast() }
    return number == "-0" || number.isEmpty ? "0" : number
  }

  /// The smallest number with one digit, or 1.5 or 2.5, times a power of ten that is not below a
  /// positive number.
  static func niceCeiling(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 1 }
    let power = pow(10, floor(log10(value)))
    let leading = value / power
    let step =
      [1, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9, 10].first { leading <= $0 * (1 + 1e-12) } ?? 10
    return step * power
  }
}
