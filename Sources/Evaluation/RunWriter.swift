import Datasets
import Foundation
import Metrics
import Records

/// Writes run folders: `<root>/<model>/<benchmark>-<split>/<id>/`.
public struct RunWriter: Sendable {
  /// Who made the run and how, for the record.
  public struct Context: Sendable {
    /// The model's name; the first folder under the root.
    public var model: String
    /// The command line, program first.
    public var command: [String]
    /// When the command began.
    public var started: Date
    /// The running program.
    public var program: URL
    /// What was run, where the predictions were made here; nil for a file of another program.
    package var plan: RunPlan?

    /// Puts a context together.
    public init(model: String, command: [String], started: Date, program: URL) {
      self.model = model
      self.command = command
      self.started = started
      self.program = program
    }
  }

  private let context: Context

  /// A writer for one run.
  public init(_ context: Context) { self.context = context }

  /// The record of a report, as `score --format json` prints it; `write` adds the provenance.
  package func record(of report: ScoreReport, bootstrap: JSONValue) -> RunRecord {
    var record = RunRecord(
      references: report.references,
      status: report.metrics.isEmpty ? .submission : report.isComplete ? .complete : .partial,
      benchmark: report.card.name, split: report.split, task: report.card.task.rawValue,
      model: context.model, id: context.plan?.id ?? identity(of: report), count: report.count,
      expected: report.expected,
      metrics: report.metrics.map { metric in
        RunRecord.Metric(
          name: metric.name, value: metric.value, unrounded: metric.unrounded,
          interval: metric.interval.map { ($0.lower, $0.upper) }, count: metric.count,
          signature: metric.signature.description)
      },
      groups: Self.json(of: report.groups),
      problems: report.problems,
      protocol: `protocol`(of: report, bootstrap: bootstrap),
      provenance: [:])
    record.predictions = report.samples.predictionsDigest
    return record
  }

  /// How predictions were made and intervals computed.
  private func `protocol`(of report: ScoreReport, bootstrap: JSONValue) -> JSONValue {
    var object = JSONObject([
      ("intervals", bootstrap), ("predictions", context.plan == nil ? "file" : "model"),
    ])
    if let cleaning = report.cleaning { object["cleaning"] = .string(cleaning.rawValue) }
    for member in context.plan?.protocol.members ?? [] { object[member.key] = member.value }
    return .object(object)
  }

  /// Writes a run folder; one with the same id, which has the same content, is replaced.
  ///
  /// - Returns: The folder's path.
  /// - Throws: `RecordError.writeFailed`; nothing half-written remains.
  package func write(_ report: ScoreReport, _ record: RunRecord, under root: String) throws
    -> String
  {
    let path = Self.path(of: record, under: root)
    try Self.makeFolder(above: path)
    let folder = try AtomicFolder(path)
    try write(report, record, to: folder)
    try folder.commit()
    return path
  }

  /// Where a run has its folder.
  package static func path(of record: RunRecord, under root: String) -> String {
    [
      root, folderName(record.model), folderName("\(record.benchmark)-\(record.split)"), record.id,
    ].joined(separator: "/")
  }

  /// Writes the files of a run into a folder that is not committed yet.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package func write(_ report: ScoreReport, _ record: RunRecord, to folder: AtomicFolder) throws {
    var record = record
    record.provenance = provenance(of: report)
    try AtomicFile.write(try record.json.serialized(.pretty), to: folder.file("run.json"))
    try SampleLines.write(report.samples, to: folder.file("samples.jsonl"))
    let dataset = try DatasetRegistry.dataset(for: report.card)
    if report.isComplete, let submission = dataset.submission {
      try submission.write(
        ids: report.samples.ids, predictions: report.samples.predictions,
        to: folder.file(submission.fileName))
    }
  }

  /// `{kind: {name: {"count": n, metric: value, …}}}`.
  private static func json(of groups: [ScoreGroup]) -> JSONValue {
    var kinds: [String: [String: JSONObject]] = [:]
    for group in groups {
      var entry = kinds[group.kind]?[group.name] ?? JSONObject()
      entry["count"] = .int(group.count)
      entry[group.metric] = .double(group.value)
      kinds[group.kind, default: [:]][group.name] = entry
    }
    return .objects(kinds)
  }

  /// Makes the folders in which a folder is to lie.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package static func makeFolder(above path: String) throws {
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw RecordError.writeFailed(
        path: folder.path, reason: systemReason(error))
    }
  }

  /// Digits from all that determines the numbers: the same inputs give the same id on any machine.
  private func identity(of report: ScoreReport) -> String {
    var parts = [RunRecord.schema, report.card.name, report.split, context.model]
    parts += report.files.map { "\($0.role):\($0.sha256)" }
    parts += report.metrics.map(\.signature.description)
    // A submission without scores has no signature that would tell.
    if let cleaning = report.cleaning { parts.append("clean:\(cleaning.rawValue)") }
    return String(SHA256.hexDigest(of: Array(parts.joined(separator: "\n").utf8)).prefix(12))
  }

  /// The files that went in, each once for what it was used for.
  private func files(of report: ScoreReport) -> [JSONValue] {
    let scored = report.files.map(\.json)
    return scored + (context.plan?.files ?? []).filter { !scored.contains($0) }
  }

  private func provenance(of report: ScoreReport) -> JSONValue {
    let finished = Date()
    let machine = Machine.current()
    let revision = ToolVersion(program: context.program).revision
    return [
      "command": .strings(context.command),
      "files": .array(files(of: report)),
      "finished": .string(Self.time(finished)),
      "host": [
        "features": .strings(machine.features),
        "libc": .string(machine.libc),
        "processor": .string(machine.processor),
        "processors": .int(machine.processors),
        "system": .string(machine.system),
      ],
      "seconds": .double(finished.timeIntervalSince(context.started)),
      "started": .string(Self.time(context.started)),
      "tool": [
        "compiler": .string(ToolVersion.compiler),
        "dirty": revision.map { .bool($0.isDirty) } ?? .null,
        "name": "mplug-eval",
        "revision": revision.map { .string($0.commit) } ?? .null,
        "version": .string(ToolVersion.current),
      ],
    ]
  }

  /// With parts of a second: of two runs made in one second the newer must be known.
  private static func time(_ date: Date) -> String {
    date.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
  }

  /// A name that is one folder on any file system.
  static func folderName(_ name: String) -> String {
    let kept = name.unicodeScalars.map { scalar -> Character in
      let isKept =
        ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) || ("0"..."9").contains(scalar)
        || "-_.+@".unicodeScalars.contains(scalar)
      return isKept ? Character(scalar) : "_"
    }
    // File systems hold 255 bytes a name, and a hidden name beside it needs some.
    let text = String(kept.prefix(200))
    return text.isEmpty || text.hasPrefix(".") ? "_" + text : text
  }
}

extension SourceFile {
  /// The file as records list it.
  package var json: JSONValue {
    [
      "role": .string(role), "path": .string(path), "bytes": .int(bytes), "sha256": .string(sha256),
    ]
  }
}
