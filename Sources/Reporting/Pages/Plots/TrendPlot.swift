import Foundation
import Records

/// A metric over time, a line a model. The drawing has no text: ends of the axes and names stand
/// beside it, so that they are as large as other text on any screen.
struct TrendPlot {
  /// One run.
  struct Point: Equatable {
    /// The line on which it lies.
    let model: String
    /// When it ended, in seconds.
    let time: Double
    /// The same as the record has it.
    let finished: String
    /// How high it lies.
    let value: Double
    /// The value for readers.
    let text: String
  }

  /// How many models have a colour of their own; the others share one.
  static let colours = 6

  private let points: [Point]
  private let models: [String]
  private let title: String

  /// Nil where there are fewer than two runs.
  init?(points: [Point], title: String) {
    guard points.count > 1 else { return nil }
    self.points = points.sorted { ($0.time, $0.model) < ($1.time, $1.model) }
    models = points.map(\.model).uniqued().sorted()
    self.title = title
  }

  var html: HTML {
    let (first, last) = (points.first?.finished ?? "", points.last?.finished ?? "")
    let names = models.prefix(Self.colours).enumerated().map { place, model -> HTML in
      "<li>\(swatch("s\(place)"))\(model)</li>\n"
    }
    let rest = models.count - Self.colours
    let others: HTML =
      rest > 0 ? "<li>\(swatch("rest"))\(rest) more</li>\n" : .none
    // Where no model has two runs there is no course, and nobody needs the drawing at once.
    let isCourse = points.count > models.count
    return """
      <details class="trend"\(isCourse ? " open" : HTML.none)><summary>Over time</summary>
      <figure>
      <div class="plane"><div class="ends"><span>\(number(top))</span><span>\(number(bottom))</span>\
      </div><svg viewBox="0 0 100 60" preserveAspectRatio="none" role="img" \
      aria-label="\(title): \(points.count) runs, \(number(lowest)) to \(number(highest))">\
      <path class="axis" d="M0 0H100M0 60H100"/>\(models.map(line))</svg></div>
      <div class="ticks"><span>\(PageTime.text(first))</span><span>\(PageTime.text(last))</span></div>
      <ul class="names">
      \(names)\(others)</ul>
      <figcaption>\(title)</figcaption>
      </figure>
      </details>

      """
  }

  private var lowest: Double { points.map(\.value).min() ?? 0 }
  private var highest: Double { points.map(\.value).max() ?? 1 }
  private var margin: Double { max((highest - lowest) * 0.1, highest.magnitude * 0.005, 0.005) }
  private var bottom: Double { lowest - margin }
  private var top: Double { highest + margin }

  private func number(_ value: Double) -> String { String(format: "%.2f", value) }

  private func swatch(_ kind: String) -> HTML {
    """
    <svg class="swatch" viewBox="0 0 10 10" aria-hidden="true">\
    <circle class="\(kind)" cx="5" cy="5" r="4"/></svg>
    """
  }

  private func line(_ model: String) -> HTML {
    let place = models.firstIndex(of: model) ?? 0
    let kind = place < Self.colours ? "s\(place)" : "rest"
    let own = points.filter { $0.model == model }
    let places = own.map { (x: x($0), y: y($0)) }
    let way = places.enumerated().map { index, place in
      "\(index == 0 ? "M" : "L")\(PlotNumber.text(place.x)) \(PlotNumber.text(place.y))"
    }.joined()
    // A line without length and with round ends is a dot that no stretching distorts.
    let dots = zip(own, places).map { point, place -> HTML in
      """
      <path class="dot \(kind)" d="M\(PlotNumber.text(place.x)) \(PlotNumber.text(place.y))h0">\
      <title>\(model): \(point.text), \(PageTime.text(point.finished))</title></path>
      """
    }
    return "<path class=\"line \(kind)\" d=\"\(way)\"/>\(dots)"
  }

  private func x(_ point: Point) -> Double {
    guard let first = points.first?.time, let last = points.last?.time, last > first else {
      return 50
    }
    return 2 + 96 * (point.time - first) / (last - first)
  }

  private func y(_ point: Point) -> Double { 60 * (top - point.value) / (top - bottom) }
}
