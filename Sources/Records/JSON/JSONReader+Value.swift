extension JSONValue {
  /// The one value of a file, as a tree.
  ///
  /// - Throws: `JSONError`.
  package init(_ file: MappedFile) throws {
    var reader = try JSONReader(file)
    self = try reader.readValue()
    try reader.finish()
  }
}

extension JSONReader {
  /// Reads any value as a tree. An integer beyond 64 bits becomes a double.
  ///
  /// - Throws: `JSONError`, also for two members of one name.
  package mutating func readValue() throws -> JSONValue {
    switch try peek() {
    case .null:
      try readNull()
      return .null
    case .bool: return .bool(try readBool())
    case .string: return .string(try readString())
    case .number: return try readNumber()
    case .array:
      var elements: [JSONValue] = []
      try readArray { elements.append(try $0.readValue()) }
      return .array(elements)
    case .object: return .object(try readMembers())
    }
  }

  private mutating func readNumber() throws -> JSONValue {
    let start = cursor
    guard let number = try scanNumber() else { throw unexpected("a number") }
    if let integer = number.integer { return .int(integer) }
    return .double(try double(number, from: start))
  }

  private mutating func readMembers() throws -> JSONObject {
    var members: [JSONObject.Member] = []
    // Bytes, because two strings that are canonically equivalent are two names. Most objects have
    // few members, and then looking through them is faster than a set.
    var names: Set<[UInt8]> = []
    try readObject { key, reader in
      let name = key.string
      let isRepeated: Bool
      if members.count < 16 {
        isRepeated = members.contains { $0.key.utf8.elementsEqual(name.utf8) }
      } else {
        if names.isEmpty { names = Set(members.map { Array($0.key.utf8) }) }
        isRepeated = !names.insert(Array(name.utf8)).inserted
      }
      guard !isRepeated else {
        throw reader.error("the member \"\(name)\" stands twice in an object")
      }
      members.append(JSONObject.Member(key: name, value: try reader.readValue()))
    }
    return JSONObject(distinct: members)
  }
}
