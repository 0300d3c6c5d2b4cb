/// A run as `run.json` holds it, schema `mplug-eval/run/1`: what was scored, what came out, and
/// everything needed to believe it.
package struct RunRecord: Sendable {
  /// The schema's name.
  package static let schema = "mplug-eval/run/1"

  /// How far a run is.
  package enum Status: String, Sendable {
    /// Every sample of the split was scored.
    case complete
    /// Some samples were left out because the user allowed it.
    case partial
    /// Checked and written for the official server, which alone can score it.
    case submission
  }

  /// One number.
  package struct Metric: Sendable {
    /// The name, such as `CIDEr`.
    package let name: String
    /// The value on the official scorer's own scale.
    package let value: Double
    /// Before the official scorer's rounding; equal to `value` where it rounds none.
    package let unrounded: Double
    /// Lower and upper end of the 95 % interval; nil where the set is too small for one.
    package let interval: (low: Double, high: Double)?
    /// How many samples it stands on.
    package let count: Int
    /// Everything that can change it.
    package let signature: String

    /// Puts a number together.
    package init(
      name: String, value: Double, unrounded: Double, interval: (low: Double, high: Double)?,
      count: Int, signature: String
    ) {
      self.name = name
      self.value = value
      self.unrounded = unrounded
      self.interval = interval
      self.count = count
      self.signature = signature
    }
  }

  /// How far the run is.
  package var status: Status
  /// The benchmark's name.
  package var benchmark: String
  /// The split's name; `custom` for files that were given.
  package var split: String
  /// The benchmark's task, such as `vqa`.
  package var task: String
  /// The model's name.
  package var model: String
  /// Hexadecimal digits from the content of everything that went in: the same files, the same id.
  package var id: String
  /// How many samples were scored.
  package var count: Int
  /// How many samples a complete set has.
  package var expected: Int
  /// The numbers.
  package var metrics: [Metric]
  /// The reference set, as in signatures: `karpathy-test@1a2b3c4d`. Runs compare only within one.
  package var references: String
  /// Numbers of parts of the set: `{kind: {name: {"count": n, metric: value}}}`.
  package var groups: JSONValue
  /// What a reader of the numbers must know.
  package var problems: [Problem]
  /// SHA-256 of what the model said of each sample, without scores and other numbers of its own; nil
  /// in records of earlier versions.
  package var predictions: String?
  /// How predictions were made and intervals computed.
  package var `protocol`: JSONValue
  /// Who made it, when, on what machine, from which files.
  package var provenance: JSONValue

  /// Puts a record together.
  package init(
    references: String, status: Status, benchmark: String, split: String, task: String,
    model: String, id: String, count: Int, expected: Int, metrics: [Metric], groups: JSONValue,
    problems: [Problem], protocol: JSONValue, provenance: JSONValue
  ) {
    self.references = references
    self.status = status
    self.benchmark = benchmark
    self.split = split
    self.task = task
    self.model = model
    self.id = id
    self.count = count
    self.expected = expected
    self.metrics = metrics
    self.groups = groups
    self.problems = problems
    self.protocol = `protocol`
    self.provenance = provenance
  }

  /// When the run ended, in the form that sorts by time; empty where it is not recorded.
  package var finished: String { provenance["finished"]?.string ?? "" }

  /// What is to be said of the model's weights beside every number, such as `untrained`; nil for
  /// nothing.
  package var weightsNote: String? {
    `protocol`["weights"]?.string.flatMap { $0.isEmpty ? nil : $0 }
  }
}

extension RunRecord {
  /// The numbers as `score --format json` prints them.
  package var scores: JSONValue {
    [
      "benchmark": .string(benchmark),
      "count": .int(count),
      "expected": .int(expected),
      "groups": groups,
      "metrics": .object(JSONObject(metrics.map { ($0.name, $0.json) })),
      "problems": .array(problems.map(\.json)),
      "split": .string(split),
    ]
  }

  /// The content of `run.json`.
  package var json: JSONValue {
    guard case .object(var object) = scores else { return .null }
    object["references"] = .string(references)
    object["schema"] = .string(Self.schema)
    object["status"] = .string(status.rawValue)
    object["task"] = .string(task)
    object["model"] = .string(model)
    object["id"] = .string(id)
    if let predictions { object["predictions"] = .string(predictions) }
    object["protocol"] = `protocol`
    object["provenance"] = provenance
    return .object(object)
  }

  /// Reads what `json` wrote; nil where something is missing or of the wrong kind.
  package init?(json: JSONValue) {
    guard json["schema"]?.string == Self.schema,
      let status = json["status"]?.string.flatMap(Status.init),
      let benchmark = json["benchmark"]?.string, let split = json["split"]?.string,
      let task = json["task"]?.string, let model = json["model"]?.string,
      let references = json["references"]?.string,
      let id = json["id"]?.string, let count = json["count"]?.int, count >= 0,
      let expected = json["expected"]?.int, expected >= 0,
      let metrics = json["metrics"]?.object, let listed = (json["problems"] ?? []).array
    else { return nil }
    let problems = listed.compactMap(Problem.init(json:))
    guard problems.count == listed.count else { return nil }
    var read: [Metric] = []
    for member in metrics.members {
      guard let metric = Metric(name: member.key, json: member.value) else { return nil }
      read.append(metric)
    }
    self.init(
      references: references, status: status, benchmark: benchmark, split: split, task: task,
      model: model, id: id, count: count, expected: expected, metrics: read,
      groups: json["groups"] ?? [:],
      problems: problems, protocol: json["protocol"] ?? [:],
      provenance: json["provenance"] ?? [:])
    predictions = json["predictions"]?.string
  }
}

extension RunRecord.Metric {
  /// The metric without its name, which is the member's in `run.json`.
  package var json: JSONValue {
    [
      "ci95": interval.map { [.double($0.low), .double($0.high)] } ?? .null,
      "count": .int(count),
      "signature": .string(signature),
      "unrounded": .double(unrounded),
      "value": .double(value),
    ]
  }

  /// Reads what `json` wrote; nil where something is missing or of the wrong kind.
  package init?(name: String, json: JSONValue) {
    guard let value = json["value"]?.double, let count = json["count"]?.int, count >= 0,
      let unrounded = (json["unrounded"] ?? .double(value)).double,
      let signature = json["signature"]?.string
    else { return nil }
    var interval: (low: Double, high: Double)?
    if let ends = json["ci95"], ends != .null {
      guard ends.array?.count == 2, let low = ends[0]?.double, let high = ends[1]?.double,
        low <= high
      else { return nil }
      interval = (low, high)
    }
    self.init(
      name: name, value: value, unrounded: unrounded, interval: interval, count: count,
      signature: signature)
  }
}

extension Problem {
  /// The problem as `run.json` has it.
  package var json: JSONValue {
    [
      "code": .string(code), "count": .int(count), "examples": .strings(examples),
      "message": .string(message),
    ]
  }

  /// Reads what `json` wrote; nil where something is missing or of the wrong kind.
  package init?(json: JSONValue) {
    guard let code = json["code"]?.string, let message = json["message"]?.string,
      let count = json["count"]?.int
    else { return nil }
    self.init(
      code: code, message: message, count: count,
      examples: json["examples"]?.array?.compactMap(\.string) ?? [])
  }
}
