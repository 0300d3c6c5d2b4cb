import Datasets
import Records

/// The numbers of one run for a person.
package enum ScoreText {
  /// A table of the metrics, then the signatures; groups are in the JSON.
  package static func render(_ record: RunRecord, of card: BenchmarkCard) -> String {
    let title = "\(record.model) on \(record.benchmark)/\(record.split), \(samples(of: record))"
    guard !record.metrics.isEmpty else {
      return title + "\nNo score: only the official server knows the answers.\n"
    }
    let table = Table(
      title: title,
      columns: [
        Table.Column("metric"), Table.Column("value", isNumeric: true),
        Table.Column("95% CI", isNumeric: true), Table.Column("n", isNumeric: true),
      ],
      rows: record.metrics.map { metric in
        let number = ScoreNumber(of: card.metricCard(ofScore: metric.name))
        return [
          Table.Cell(metric.name), Table.Cell(number.text(metric.value)),
          Table.Cell(metric.interval.map { number.interval($0.low, $0.high) } ?? "-"),
          Table.Cell("\(metric.count)"),
        ]
      },
      notes: [""] + distinctSignatures(of: record))
    return TableFormat.text.render([table])
  }

  /// In order; the parts of a metric, such as those of answer types, share theirs.
  private static func distinctSignatures(of record: RunRecord) -> [String] {
    record.metrics.map(\.signature).uniqued()
  }

  private static func samples(of record: RunRecord) -> String {
    record.count == record.expected
      ? "n=\(record.count)" : "PARTIAL n=\(record.count)/\(record.expected)"
  }
}
