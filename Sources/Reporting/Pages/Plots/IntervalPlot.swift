/// A value with its interval on an axis from 0, for the cell of a table.
enum IntervalPlot {
  /// - Parameters:
  ///   - value: Where it stands, 0 to 1.
  ///   - interval: Where its ends stand; nil draws the value alone.
  ///   - isBest: Whether it is drawn as the best of its column.
  static func svg(
    value: Double, interval: (low: Double, high: Double)?, isBest: Bool = false
  ) -> HTML {
    func place(_ share: Double) -> String { PlotNumber.text(100 * share) }
    let band: HTML =
      interval.map { ends in
        let width = PlotNumber.text(100 * max(0, ends.high - ends.low))
        return """
          <rect class="band" x="\(place(ends.low))" y="2" width="\(width)" height="6"/>
          """
      } ?? .none
    return """
      <svg class="interval\(isBest ? " best" : "")" viewBox="0 0 100 10" \
      preserveAspectRatio="none" aria-hidden="true">\
      <path class="axis" d="M0 5H100"/>\(band)\
      <path class="value" d="M\(place(value)) 0V10"/></svg>
      """
  }
}
