import Datasets
import Metrics
import Records

extension RunPage {
  /// The metrics with intervals, then their signatures.
  var metricsSection: HTML {
    guard !record.metrics.isEmpty else { return .none }
    let rows = metrics.map(row)
    let signatures = metrics.map(\.signature).uniqued().map { signature -> HTML in
      let names = metrics.filter { $0.signature == signature }.map(\.name)
      return "<dt>\(names.joined(separator: ", "))</dt><dd><code>\(signature)</code></dd>\n"
    }
    return """
      <section id="metrics">
      <h2>Metrics</h2>
      <div class="scroll" tabindex="0" role="region" aria-label="Metrics">
      <table class="bars">
      <thead><tr><th scope="col">metric</th><th scope="col" class="number">value</th>\
      <th scope="col" class="number">95&nbsp;% interval</th>\
      <th scope="col" class="plot"><span class="hidden">drawn</span></th>\
      <th scope="col" class="number">samples</th></tr></thead>
      <tbody>
      \(rows)</tbody>
      </table>
      </div>
      <p class="note">Values on the official scorer's own scale; intervals are drawn over it from 0.</p>
      <details><summary>Signatures</summary><dl class="signatures">
      \(signatures)</dl></details>
      </section>

      """
  }

  private func row(_ metric: RunRecord.Metric) -> HTML {
    let number = number(of: metric.name)
    let axis = axis(of: metric)
    let drawn = IntervalPlot.svg(
      value: axis.place(metric.value),
      interval: metric.interval.map { (axis.place($0.low), axis.place($0.high)) })
    let interval = metric.interval.map { number.interval($0.low, $0.high) } ?? "-"
    let isPrimary = metric.name == primary?.name
    return """
      <tr\(isPrimary ? " class=\"primary\"" : HTML.none)><th scope="row">\(metric.name)</th>\
      <td class="number">\(number.text(metric.value))</td><td class="number soft">\(interval)</td>\
      <td class="plot">\(drawn)</td><td class="number">\(metric.count)</td></tr>

      """
  }

  /// Metrics whose values are of one kind share an axis, so that their drawings compare.
  private func axis(of metric: RunRecord.Metric) -> ScoreAxis {
    let ends = [metric.value, metric.interval?.high ?? metric.value]
    return ScoreAxis(of: card?.metricCard(ofScore: metric.name), values: ends)
  }

  /// Metrics that samples have a score of, with the values of all samples.
  var distributions: [(metric: RunRecord.Metric, distribution: Distribution)] {
    let values = Dictionary(
      scores.map { ($0.name, $0.values) }, uniquingKeysWith: { first, _ in first })
    // Parts of a set, such as accuracy/yes-no, are in the whole's distribution.
    let whole = metrics.filter { !$0.name.contains("/") }
    return whole.compactMap { metric in
      let here = values[metric.name] ?? []
      let axis = ScoreAxis(of: card?.metricCard(ofScore: metric.name), values: here)
      return Distribution(here, top: axis.top).map { (metric, $0) }
    }
  }

  /// How the scores of samples are spread: of the primary metric at once, of others on demand.
  var distributionSection: HTML {
    let all = distributions
    let first = all.first { $0.metric.name == primary?.name } ?? all.first
    guard let first else { return .none }
    func plot(_ one: (metric: RunRecord.Metric, distribution: Distribution)) -> HTML {
      DistributionPlot(
        distribution: one.distribution, number: number(of: one.metric.name), title: one.metric.name
      ).html
    }
    let others = all.filter { $0.metric.name != first.metric.name }.map { one -> HTML in
      "<details><summary>\(one.metric.name)</summary>\n\(plot(one))</details>\n"
    }
    return """
      <section id="scores">
      <h2>Scores of the samples</h2>
      \(plot(first))\(others)</section>

      """
  }
}
