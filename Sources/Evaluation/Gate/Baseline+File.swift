import Foundation
import Metrics
import Records
import Text

extension Baseline {
  /// Reads a file.
  ///
  /// - Throws: `RecordError.missingFile`, `JSONError`, `EvaluationError.badBaseline` that says which
  ///   member is wrong.
  package init(_ path: String) throws {
    let file: MappedFile
    do {
      file = try MappedFile(path)
    } catch RecordError.missingFile {
      throw RecordError.missingFile(
        path: path, remedy: "check the path, or make the file with --update")
    }
    try self.init(path: path, json: try JSONValue(file))
  }

  private init(path: String, json: JSONValue) throws {
    func wrong(_ reason: String, _ remedy: String) -> EvaluationError {
      EvaluationError.badBaseline(path: path, reason: reason, remedy: remedy)
    }
    guard let object = json.object, json["schema"]?.string == Self.schema else {
      throw wrong(
        "is no baseline of schema \(Self.schema) (found \(json["schema"]?.string ?? "none"))",
        "make one with `mplug-eval check RESULTS_DIR --baseline FILE --update`")
    }
    // A mistyped member must not loosen a gate.
    let known = ["comment", "policy", "runs", "schema", "tolerances"]
    for member in object.members where !known.contains(member.key) {
      throw wrong(
        "has an unknown member '\(member.key)'", "known are \(known.joined(separator: ", "))")
    }
    if let comment = json["comment"], comment.string == nil {
      throw wrong("comment is no text", "write a string")
    }
    var minimum = Self.defaultMinimum
    var isExact = false
    for member in try Self.object(json, "policy", path)?.members ?? [] {
      switch (member.key, member.value) {
      case ("minimum_samples", .int(let number)) where number >= 0: minimum = number
      case ("exact", .bool(let value)): isExact = value
      default:
        throw wrong(
          "policy.\(member.key) is wrong",
          "the policy is {\"exact\": true or false, \"minimum_samples\": a whole number}")
      }
    }
    let (tolerances, name) = Tolerances.read(
      try Self.object(json, "tolerances", path) ?? JSONObject())
    if let name {
      throw wrong(
        "tolerances.\(name) is no tolerance", "write a number that is not negative, or null")
    }
    guard let runs = json["runs"]?.array else {
      throw wrong("has no list of runs", "make it anew with --update")
    }
    var entries: [Entry] = []
    var keys: Set<GateKey> = []
    for (index, run) in runs.enumerated() {
      let entry = try Entry(json: run) { what in
        wrong("runs[\(index)]\(what)", "correct it, or make the file anew with --update")
      }
      guard keys.insert(entry.key).inserted else {
        throw wrong("has \(entry.key) over \(entry.references) twice", "remove one of the two")
      }
      entries.append(entry)
    }
    self.init(
      path: path, comment: json["comment"]?.string, minimumSamples: minimum,
      tolerances: tolerances, entries: entries)
    self.isExact = isExact
    try refuseUnknownTolerances()
  }

  private static func object(
    _ json: JSONValue, _ name: String, _ path: String
  ) throws -> JSONObject? {
    guard let value = json[name] else { return nil }
    guard let object = value.object else {
      throw EvaluationError.badBaseline(
        path: path, reason: "\(name) is no object", remedy: "write {} or leave it out")
    }
    return object
  }

  private func refuseUnknownTolerances() throws {
    let known = scoreNames + MetricRegistry.all.flatMap { [$0.card.name] + $0.card.produces }
    for name in tolerances.named.keys.sorted() where !known.contains(name) {
      throw EvaluationError.badBaseline(
        path: path, reason: "tolerances has '\(name)', which is no metric",
        remedy: NearestNames.of(name, among: known).first.map { "did you mean \($0)?" }
          ?? "remove it")
    }
  }

  /// Writes the file; one of that name is replaced whole or not at all.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package func write() throws {
    var policy = JSONObject([("minimum_samples", .int(minimumSamples))])
    if isExact { policy["exact"] = true }
    var object = JSONObject([
      ("policy", .object(policy)),
      ("runs", .array(entries.map(\.json))),
      ("schema", .string(Self.schema)),
      ("tolerances", tolerances.json),
    ])
    if let comment { object["comment"] = .string(comment) }
    try AtomicFile.write(try JSONValue.object(object).serialized(.pretty), to: path)
  }

  /// Where a path that an entry names leads.
  func resolve(_ relative: String) -> String {
    relative.hasPrefix("/")
      ? relative : URL(fileURLWithPath: path).deletingLastPathComponent().path + "/" + relative
  }
}

extension Baseline.Entry {
  /// The numbers of a run.
  ///
  /// - Throws: `EvaluationError.badRun` for a partial one.
  init(_ found: RunFolders.Found, baseline: String) throws {
    let record = found.record
    guard record.status == .complete, record.count == record.expected else {
      throw EvaluationError.badRun(
        path: found.path,
        reason: "is partial, \(record.count) of \(record.expected) samples, and no baseline",
        remedy: "score the whole set, or remove the folder")
    }
    self.init(
      benchmark: record.benchmark, split: record.split, model: record.model,
      references: record.references, id: record.id, count: record.count,
      metrics: record.metrics, run: Self.path(of: found.path, from: baseline),
      predictions: record.predictions)
  }

  /// The way from the baseline's folder to a run below it that has its samples; nil for a run
  /// elsewhere, which a clone of the repository would not have.
  private static func path(of run: String, from baseline: String) -> String? {
    guard FileManager.default.fileExists(atPath: run + "/samples.jsonl") else { return nil }
    func parts(_ path: String) -> [String] {
      URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().pathComponents
    }
    let folder = parts(
      URL(fileURLWithPath: baseline).standardizedFileURL.deletingLastPathComponent().path)
    let all = parts(run)
    guard all.count > folder.count, all.starts(with: folder) else { return nil }
    return all[folder.count...].joined(separator: "/")
  }

  fileprivate var json: JSONValue {
    var object = JSONObject([
      ("benchmark", .string(benchmark)), ("split", .string(split)), ("model", .string(model)),
      ("references", .string(references)), ("id", .string(id)), ("count", .int(count)),
      ("metrics", .object(JSONObject(metrics.map { ($0.name, $0.json) }))),
    ])
    if let run { object["run"] = .string(run) }
    if let predictions { object["predictions"] = .string(predictions) }
    return .object(object)
  }

  fileprivate init(json: JSONValue, _ wrong: (_ what: String) -> EvaluationError) throws {
    func text(_ name: String) throws -> String {
      guard let value = json[name]?.string else { throw wrong(" has no \"\(name)\"") }
      return value
    }
    guard let count = json["count"]?.int else { throw wrong(" has no \"count\"") }
    guard let members = json["metrics"]?.object?.members, !members.isEmpty else {
      throw wrong(" has no \"metrics\"")
    }
    if let run = json["run"], run.string == nil { throw wrong(".run is no path") }
    let metrics = try members.map { member in
      guard let metric = RunRecord.Metric(name: member.key, json: member.value) else {
        throw wrong(
          ".metrics.\(member.key) lacks a value, a count or a signature, or one is of another kind")
      }
      return metric
    }
    self.init(
      benchmark: try text("benchmark"), split: try text("split"), model: try text("model"),
      references: try text("references"), id: try text("id"), count: count, metrics: metrics,
      run: json["run"]?.string, predictions: json["predictions"]?.string)
  }
}
