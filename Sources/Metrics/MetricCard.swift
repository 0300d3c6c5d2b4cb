/// What a metric is, for lists, help texts and tables.
public struct MetricCard: Sendable, Hashable {
  /// The name in the registry and in benchmark files, such as `CIDEr`; no other metric has it.
  public let name: String
  /// The names of the scores that it produces; a metric of many groups names the usual ones.
  /// Metrics of different benchmarks may produce scores of one name.
  public let produces: [String]
  /// The name that people read, such as `CIDEr-D`.
  public let title: String
  /// The task whose predictions it scores, such as `caption` or `vqa`.
  public let task: String
  /// The range of its values and what they are, such as `0 to 10`.
  public let scale: String
  /// What a value is multiplied by to be shown as the papers show it.
  public let displayFactor: Double
  /// Whether a greater value is a better one.
  public let higherIsBetter: Bool
  /// The official program with which the numbers agree.
  public let source: String
  /// One line on what it measures.
  public let summary: String

  /// Puts a card together.
  public init(
    name: String, produces: [String], title: String, task: String, scale: String,
    displayFactor: Double, higherIsBetter: Bool = true, source: String, summary: String
  ) {
    self.name = name
    self.produces = produces
    self.title = title
    self.task = task
    self.scale = scale
    self.displayFactor = displayFactor
    self.higherIsBetter = higherIsBetter
    self.source = source
    self.summary = summary
  }
}
