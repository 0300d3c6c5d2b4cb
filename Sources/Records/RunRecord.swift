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
    package let name: String
    package let value: Double
    /// Before the official scorer's rounding; equal to `value` where it rounds none.
    package let unrounded: Double
    /// Lower and upper end of the 95 % interval; nil where the set is too small for one.
    package let interval: (low: Double, high: Double)?
    package let count: Int
    package let signature: String

    package init(
      name: String, value: Double, unrounded: Double, interval: (low: Double, high: Double)?,
      count: Int, signature: String
    ) {
      self.unrounded = unrounded
      self.name = name
      self.value = value
      self.interval = interval
      self.count = count
      self.signature = signature
    }
  }

  package var status: Status
  package var benchmark: String
  package var split: String
  package var task: String
  package var model: String
  /// Hexadecimal digits from the content of everything that went in: the same files, the same id.
  package var id: String
  package var count: Int
  package var expected: Int
  package var metrics: [Metric]
  /// The reference set, as in signatures: `karpathy-test@1a2b3c4d`. Runs compare only within one.
  package var references: String
  /// Numbers of parts of the set: `{kind: {name: {"count": n, metric: value}}}`.
  package var groups: JSONValue
  package var problems: [Problem]
  /// How predictions were made and intervals computed.
  package var `protocol`: JSONValue
  package var provenance: JSONValue

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
  package var json: JSONValue {
    [
      "code": .string(code), "count": .int(count), "examples": .array(examples.map { .string($0) }),
      "message": .string(message),
    ]
  }

  package init?(json: JSONValue) {
    guard let code = json["code"]?.string, let message = json["message"]?.string,
      let count = json["count"]?.int
    else { return nil }
    self.init(
      code: code, message: message, count: count,
      examples: json["examples"]?.array?.compactMap(\.string) ?? [])
  }
}
