import ArgumentParser
import Datasets
import Metrics
import Models
import Records
import Reporting

/// `list`: what the binary knows.
struct ListCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "Lists benchmarks, models, metrics, data sets or the status of each benchmark.")

  /// What can be listed.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case benchmarks, models, metrics, datasets
    /// What is scored and run of each benchmark, and the paper's values.
    case status
  }

  @Argument(help: "benchmarks, models, metrics, datasets or status; without it the first four.")
  var kind: Kind?

  /// The formats that can be asked for.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, json, markdown
  }

  @Option(name: .long, help: "text, json or markdown.")
  var format = Format.text

  @OptionGroup var logging: LogOptions

  func run() throws {
    let kinds = kind.map { [$0] } ?? [.benchmarks, .models, .metrics, .datasets]
    switch format {
    case .text:
      try Terminal.output(TableFormat.text.render(kinds.map { try table($0) }))
    case .markdown:
      // One table alone stands under a heading of the document that it goes into.
      try Terminal.output(
        TableFormat.markdown.render(kinds.map { try table($0, titled: kind == nil) }))
    case .json:
      let object = JSONObject(try kinds.map { ($0.rawValue, .array(try records($0))) })
      try Terminal.output(JSONValue.object(object).line())
    }
  }

  private func table(_ kind: Kind, titled: Bool = true) throws -> Table {
    switch kind {
    case .benchmarks:
      Table(
        title: titled ? "Benchmarks" : "",
        columns: ["benchmark", "task", "splits", "metrics", "files read"].map { Table.Column($0) },
        rows: try BenchmarkRegistry.all().map { card in
          [
            card.name, card.task.rawValue, card.splits.map(\.summary).joined(separator: "; "),
            card.allMetrics.joined(separator: ", "),
            card.reads?.joined(separator: "; ") ?? "-",
          ].map { Table.Cell($0) }
        },
        notes: [
          "Official counts; the answers of a split marked (server) are known to the server alone."
        ])
    case .status: try BenchmarkStatus.table(titled: titled)
    case .metrics:
      Table(
        title: titled ? "Metrics" : "",
        columns: ["metric", "title", "task", "scale", "official scorer"].map { Table.Column($0) },
        rows: MetricRegistry.all.map { $0.card }.map { card in
          [card.name, card.title, card.task, card.scale, card.source].map { Table.Cell($0) }
        })
    case .datasets:
      Table(
        title: titled ? "Data sets" : "", columns: ["data set", "task"].map { Table.Column($0) },
        rows: DatasetRegistry.all.map { [Table.Cell($0.name), Table.Cell($0.task.rawValue)] })
    case .models:
      Table(
        title: titled ? "Models" : "",
        columns: ["model", "title", "made of", "tasks, with resolution and frames"].map {
          Table.Column($0)
        },
        rows: try ModelRegistry.cards().map { card in
          [
            card.name, card.title, card.summary,
            card.protocols.map(\.summary).joined(separator: ", "),
          ].map { Table.Cell($0) }
        },
        notes: [
          "A task needs a checkpoint that was tuned for it. Other sizes: `--model FILE.yaml`.",
          "`score` takes the prediction file of any model.",
        ])
    }
  }

  private func records(_ kind: Kind) throws -> [JSONValue] {
    switch kind {
    case .status:
      try BenchmarkStatus.all().map { status in
        .object(JSONObject([("name", .string(status.card.name))] + status.members))
      }
    case .benchmarks:
      try benchmarkRecords()
    case .metrics:
      MetricRegistry.all.map { $0.card }.map { card in
        [
          "name": .string(card.name), "title": .string(card.title), "task": .string(card.task),
          "produces": .strings(card.produces), "scale": .string(card.scale),
          "source": .string(card.source), "summary": .string(card.summary),
        ]
      }
    case .datasets:
      DatasetRegistry.all.map { ["name": .string($0.name), "task": .string($0.task.rawValue)] }
    case .models:
      try ModelRegistry.cards().map(record)
    }
  }

  private func benchmarkRecords() throws -> [JSONValue] {
    let statuses = try BenchmarkStatus.all()
    return try BenchmarkRegistry.all().map { card in
      var object = JSONObject(statuses.first { $0.card.name == card.name }?.members ?? [])
      for (name, value) in members(of: card) { object[name] = value }
      return .object(object)
    }
  }

  private func members(of card: BenchmarkCard) -> [(String, JSONValue)] {
    [
      ("name", .string(card.name)), ("title", .string(card.title)),
      ("task", .string(card.task.rawValue)), ("embedded", .bool(card.embedded ?? false)),
      ("metrics", .strings(card.allMetrics)), ("primary", .string(card.primary)),
      ("reads", .strings(card.reads ?? [])),
      ("homepage", card.homepage.map { .string($0) } ?? .null),
      ("splits", .array(card.splits.map(record))),
    ]
  }

  private func record(_ split: BenchmarkSplit) -> JSONValue {
    [
      "name": .string(split.name), "answers": .string(split.answers.rawValue),
      "samples": .int(split.samples), "images": split.images.map { .int($0) } ?? .null,
      "texts": split.texts.map { .int($0) } ?? .null,
      "files": .object(JSONObject(split.files.map { ($0.key, .strings($0.value)) })),
      "submission": .string(split.submission),
    ]
  }

  private func record(_ card: ModelCard) -> JSONValue {
    [
      "name": .string(card.name), "title": .string(card.title),
      "summary": .string(card.summary), "note": card.note.map { .string($0) } ?? .null,
      "embedded": .bool(card.isEmbedded),
      "checkpoints": .array(
        card.published.map {
          [
            "name": .string($0.name), "tuned_on": .string($0.tunedOn),
            "published_at": .string($0.address),
          ]
        }),
      "tasks": .array(
        card.protocols.map {
          [
            "name": .string($0.task.rawValue), "resolution": .int($0.resolution),
            "frames": $0.frames.map { .int($0) } ?? .null,
            "protocol": .string($0.signature),
          ]
        }),
    ]
  }
}

extension TaskProtocol {
  /// `vqa 384`, `video-qa 480 x 16`
  fileprivate var summary: String {
    "\(task.rawValue) \(resolution)" + (frames.map { " x \($0)" } ?? "")
  }
}

extension BenchmarkSplit {
  /// Name and official count: `test-dev 107,394 (server)`.
  fileprivate var summary: String {
    var digits = "\(samples)"
    for place in stride(from: digits.count - 3, to: 0, by: -3) {
      digits.insert(",", at: digits.index(digits.startIndex, offsetBy: place))
    }
    return "\(name) \(digits)" + (answers == .hidden ? " (server)" : "")
  }
}
