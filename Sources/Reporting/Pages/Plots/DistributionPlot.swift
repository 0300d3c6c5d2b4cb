import Foundation

/// A distribution as a picture with its numbers: a table of bars where the values are few, else a
/// histogram with an axis below.
struct DistributionPlot {
  let distribution: Distribution
  /// How values are written.
  let number: ScoreNumber
  /// What is counted, such as `VQA accuracy`.
  let title: String

  var html: HTML { distribution.isDiscrete ? table : histogram }

  private func share(_ bin: Distribution.Bin) -> String {
    String(format: "%.1f %%", 100 * Double(bin.count) / Double(distribution.count))
  }

  private var table: HTML {
    let highest = Double(max(1, distribution.highest))
    let rows = distribution.bins.map { bin -> HTML in
      """
      <tr><th scope="row" class="number">\(number.text(bin.low))</th>\
      <td class="plot">\(BarPlot.svg(share: Double(bin.count) / highest))</td>\
      <td class="number">\(bin.count)</td><td class="number soft">\(share(bin))</td></tr>

      """
    }
    return """
      <table class="bars">
      <thead><tr><th scope="col" class="number">\(title)</th>\
      <th scope="col" class="plot"><span class="hidden">share</span></th>\
      <th scope="col" class="number">samples</th><th scope="col" class="number">share</th></tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>

      """
  }

  private var histogram: HTML {
    let bins = distribution.bins
    let highest = Double(max(1, distribution.highest))
    let width = 100 / Double(bins.count)
    let bars = bins.enumerated().map { place, bin -> HTML in
      let height = 60 * Double(bin.count) / highest
      let range = "\(number.text(bin.low)) to \(number.text(bin.high)): \(bin.count)"
      return """
        <rect class="fill" x="\(PlotNumber.text(Double(place) * width + 0.3))" \
        y="\(PlotNumber.text(60 - height))" width="\(PlotNumber.text(width - 0.6))" \
        height="\(PlotNumber.text(height))"><title>\(range)</title></rect>
        """
    }
    let (low, high) = (bins.first?.low ?? 0, bins.last?.high ?? 1)
    let mean = min(100, max(0, 100 * (distribution.mean - low) / (high - low)))
    let labels = [0, 0.25, 0.5, 0.75, 1].map { share -> HTML in
      "<span>\(String(format: "%.4g", low + share * (high - low)))</span>"
    }
    let summary =
      "Histogram of \(title) over \(distribution.count) samples from \(number.text(low)) to "
      + "\(number.text(high)); mean \(number.text(distribution.mean)), the highest bar has "
      + "\(distribution.highest)."
    return """
      <figure class="histogram">
      <svg viewBox="0 0 100 60" preserveAspectRatio="none" role="img" aria-label="\(summary)">\
      \(bars)<path class="axis" d="M0 60H100"/>\
      <path class="mean" d="M\(PlotNumber.text(mean)) 0V60"/></svg>
      <div class="ticks">\(labels)</div>
      <figcaption>\(title); the line is the mean, \(number.text(distribution.mean)); the highest \
      bar has \(distribution.highest) of \(distribution.count) samples.</figcaption>
      </figure>

      """
  }
}
