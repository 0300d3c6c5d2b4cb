import Records

extension JSONValue {
  /// The value in a form whose equality is Python's, where `1 == 1.0 == True`.
  var asPythonCompares: JSONValue {
    switch self {
    case .bool(let flag): .int(flag ? 1 : 0)
    case .double(let number): Int(exactly: number).map { .int($0) } ?? self
    case .array(let elements): .array(elements.map(\.asPythonCompares))
    case .object(let object):
      .object(JSONObject(object.members.map { ($0.key, $0.value.asPythonCompares) }))
    default: self
    }
  }
}
