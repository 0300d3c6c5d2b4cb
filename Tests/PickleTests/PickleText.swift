import Pickle
import Records

extension PickleValue {
  /// The value as Python shows it, near enough: objects as `name(arguments){members}[state]`.
  var text: String {
    switch kind {
    case .none: "None"
    case .bool: bool == true ? "True" : "False"
    case .int: int.map { "\($0)" } ?? "?"
    case .wideInt: "?"
    case .float: double.map { "\($0)" } ?? "?"
    case .string: "'\(string ?? "?")'"
    case .bytes: "b\(bytes ?? [])"
    case .list: "[" + list(elements) + "]"
    case .tuple: "(" + list(elements) + ")"
    case .dict: "{" + members + "}"
    case .global: "<\(globalName ?? "?")>"
    case .object:
      "\(constructor ?? "?")(" + list(arguments) + "){" + members + "}["
        + list(appended) + "]" + (state.map { "<" + $0.text + ">" } ?? "")
    case .persistent: "@" + (persistentID?.text ?? "?")
    }
  }

  private func list(_ elements: PickleElements?) -> String {
    elements?.map(\.text).joined(separator: ", ") ?? ""
  }

  private var members: String {
    pairs?.map { "\($0.key.text): \($0.value.text)" }.joined(separator: ", ") ?? "?"
  }

  /// The value as JSON; nil for what JSON does not have.
  var json: JSONValue? {
    switch kind {
    case .none: return .null
    case .bool: return bool.map { .bool($0) }
    case .int: return int.map { .int($0) }
    case .float: return double.map { .double($0) }
    case .string: return string.map { .string($0) }
    case .list, .tuple:
      let values = elements?.map(\.json) ?? []
      return values.contains { $0 == nil } ? nil : .array(values.compactMap { $0 })
    case .dict:
      var members = JSONObject()
      guard let pairs else { return nil }
      for pair in pairs {
        guard let key = pair.key.string, let value = pair.value.json else { return nil }
        members[key] = value
      }
      return .object(members)
    case .wideInt, .bytes, .global, .object, .persistent: return nil
    }
  }
}
