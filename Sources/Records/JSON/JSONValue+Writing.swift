extension JSONValue {
  /// The value on one line, members sorted by name.
  ///
  /// - Throws: `RecordError.unwritableNumber` for a number that JSON cannot hold.
  package func text() throws -> String {
    var writer = JSONWriter()
    try write(to: &writer)
    return String(decoding: writer.bytes, as: UTF8.self)
  }

  /// The value with a line for each member, members sorted by name.
  ///
  /// - Throws: as `text()`.
  package func prettyText() throws -> String {
    var text = ""
    try appendPretty(to: &text, indentation: "")
    return text
  }

  private func write(to writer: inout JSONWriter) throws {
    switch self {
    case .null: writer.null()
    case .bool(let flag): writer.value(flag)
    case .int(let number): writer.value(number)
    case .double(let number): try writer.value(number)
    case .string(let text): writer.value(text)
    case .array(let elements):
      writer.beginArray()
      for element in elements { try element.write(to: &writer) }
      writer.endArray()
    case .object(let object):
      writer.beginObject()
      for member in object.sorted {
        writer.key(member.key)
        try member.value.write(to: &writer)
      }
      writer.endObject()
    }
  }

  private func appendPretty(to text: inout String, indentation: String) throws {
    let inner = indentation + "  "
    switch self {
    case .object(let object) where !object.members.isEmpty:
      text += "{"
      for (index, member) in object.sorted.enumerated() {
        text += index == 0 ? "\n" : ",\n"
        text += "\(inner)\(try JSONValue.string(member.key).text()): "
        try member.value.appendPretty(to: &text, indentation: inner)
      }
      text += "\n\(indentation)}"
    case .array(let elements) where elements.contains(where: \.hasParts):
      text += "["
      for (index, element) in elements.enumerated() {
        text += index == 0 ? "\n\(inner)" : ",\n\(inner)"
        try element.appendPretty(to: &text, indentation: inner)
      }
      text += "\n\(indentation)]"
    default:
      // Lists of plain values stay on their line.
      text += try self.text()
    }
  }

  private var hasParts: Bool {
    switch self {
    case .array, .object: true
    default: false
    }
  }
}
