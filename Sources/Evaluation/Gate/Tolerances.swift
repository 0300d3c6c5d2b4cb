import Metrics
import Records

/// By how much a metric may become worse, on its own scale.
package enum Tolerance: Sendable, Equatable {
  case atMost(Double)
  /// The metric is shown and not judged.
  case notJudged
}

/// Tolerances of metrics by name.
package struct Tolerances: Sendable, Equatable {
  /// What holds for metrics without their own; nil where nothing is said.
  package var fallback: Tolerance?
  /// The metrics' own. A part of a metric (`accuracy/other`) without its own has that of the whole.
  package var named: [String: Tolerance]

  /// Puts tolerances together; without any they say nothing.
  package init(fallback: Tolerance? = nil, named: [String: Tolerance] = [:]) {
    self.fallback = fallback
    self.named = named
  }

  /// Tolerances as they are written on the command line: `METRIC=VALUE`, `*` for all metrics, `none`
  /// for a metric that is not to be judged.
  ///
  /// - Returns: Nil where one cannot be read or is negative.
  package init?(arguments: [String]) {
    self.init()
    for argument in arguments {
      guard let equals = argument.lastIndex(of: "="), equals > argument.startIndex else {
        return nil
      }
      let text = argument[argument.index(after: equals)...]
      let tolerance: Tolerance
      if text == "none" {
        tolerance = .notJudged
      } else if let value = Double(text), value.isFinite, value >= 0 {
        tolerance = .atMost(value)
      } else {
        return nil
      }
      let name = String(argument[..<equals])
      if name == "*" { fallback = tolerance } else { named[name] = tolerance }
    }
  }

  /// What these say of a metric; nil where they say nothing.
  package func tolerance(of metric: String) -> Tolerance? {
    named[metric] ?? named[MetricRegistry.whole(ofScore: metric)] ?? fallback
  }

  /// These where they say something, the others elsewhere.
  package func overriding(_ others: Tolerances) -> Tolerances {
    // One for all metrics leaves nothing of the others.
    guard fallback == nil else { return self }
    return Tolerances(
      fallback: others.fallback, named: others.named.merging(named) { _, own in own })
  }
}

extension Tolerances {
  /// `{"default": 0, "CIDEr": 0.01, "accuracy/other": null}`.
  var json: JSONValue {
    var object = JSONObject(named.map { ($0.key, $0.value.json) })
    if let fallback { object["default"] = fallback.json }
    return .object(object)
  }

  /// Reads what `json` wrote.
  ///
  /// - Returns: The tolerances, or the name whose value is none.
  static func read(_ object: JSONObject) -> (tolerances: Tolerances, wrong: String?) {
    var tolerances = Tolerances()
    for member in object.members {
      guard let tolerance = Tolerance(json: member.value) else { return (tolerances, member.key) }
      if member.key == "default" {
        tolerances.fallback = tolerance
      } else {
        tolerances.named[member.key] = tolerance
      }
    }
    return (tolerances, nil)
  }
}

extension Tolerance {
  fileprivate var json: JSONValue {
    switch self {
    case .atMost(let value): .double(value)
    case .notJudged: .null
    }
  }

  fileprivate init?(json: JSONValue) {
    switch json {
    case .null: self = .notJudged
    default:
      guard let value = json.double, value >= 0 else { return nil }
      self = .atMost(value)
    }
  }
}
