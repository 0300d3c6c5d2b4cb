extension JSONWriter {
  /// In which order the members of a tree's objects are written.
  package enum MemberOrder: Sendable {
    /// By the UTF-8 of their names, so that equal trees give equal bytes.
    case sorted
    /// As they stand in the tree.
    case kept
  }

  /// Writes a tree.
  ///
  /// - Throws: `RecordError.unwritableNumber`.
  package mutating func value(_ value: JSONValue, order: MemberOrder = .sorted) throws {
    switch value {
    case .null: null()
    case .bool(let value): bool(value)
    case .int(let value): int(value)
    case .double(let value): try double(value)
    case .string(let value): string(value)
    case .array(let elements):
      beginArray()
      for element in elements { try self.value(element, order: order) }
      endArray()
    case .object(let object):
      beginObject()
      for member in order == .sorted ? object.sorted : object.members {
        key(member.key)
        try self.value(member.value, order: order)
      }
      endObject()
    }
  }
}

extension JSONValue {
  /// The document, with sorted members; a pretty one ends with a line's end.
  ///
  /// - Throws: `RecordError.unwritableNumber`.
  package func serialized(
    _ style: JSONWriter.Style = .compact, order: JSONWriter.MemberOrder = .sorted
  ) throws -> [UInt8] {
    var writer = JSONWriter(style: style)
    try writer.value(self, order: order)
    if style == .pretty { writer.newline() }
    return writer.bytes
  }
}
