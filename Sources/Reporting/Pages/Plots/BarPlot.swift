/// A bar as wide as its share, for the cell of a table. It has no text: that stands beside it.
enum BarPlot {
  /// - Parameters:
  ///   - share: 0 to 1.
  ///   - kind: A class of the style sheet that gives the colour; nil for the usual one.
  static func svg(share: Double, kind: String? = nil) -> HTML {
    let width = PlotNumber.text(100 * min(1, max(0, share)))
    return """
      <svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">\
      <rect class="track" width="100" height="10"/>\
      <rect class="fill \(kind ?? "")" width="\(width)" height="10"/></svg>
      """
  }
}
