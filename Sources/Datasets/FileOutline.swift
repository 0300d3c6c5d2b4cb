import Records

/// What a JSON file looks like from outside: its top level, and the first names found there. A data
/// set's files are told apart by them when users name files without saying what they are.
struct FileOutline {
  /// Whether the top level is a list (JSON Lines show their first object).
  let isList: Bool
  /// The member names of the top object, or of the list's first record, up to the one asked for.
  let members: [String]

  /// Reads names until one of the wanted ones came.
  ///
  /// - Throws: `RecordError` if the file cannot be opened, `JSONError` for what is read of it,
  ///   `DatasetError.empty`, `.wrongKind` where there is no object at all.
  init(of path: String, until wanted: Set<String>) throws {
    let file = try MappedFile.forKind(of: path)
    var reader = try JSONReader(file)
    if reader.atEnd() { throw DatasetError.empty(path: path, what: "record") }
    let kind = try reader.peek()
    var names: [String] = []
    do {
      if kind == .array {
        try reader.readArray { reader in
          try Self.readNames(&reader, into: &names, until: wanted)
          throw Enough()
        }
      } else {
        try Self.readNames(&reader, into: &names, until: wanted)
      }
    } catch is Enough {}
    isList = kind == .array
    members = names
  }

  /// Whether a name was among the members.
  func has(_ name: String) -> Bool { members.contains(name) }

  /// The members for an error message.
  var description: String {
    let names = members.prefix(5).joined(separator: ", ")
    return members.isEmpty
      ? "no members" : "\(isList ? "a list of objects" : "an object") with \(names)"
  }

  private struct Enough: Error {}

  private static func readNames(
    _ reader: inout JSONReader, into names: inout [String], until wanted: Set<String>
  ) throws {
    try reader.readObject { key, reader in
      names.append(key.string)
      if wanted.contains(key.string) { throw Enough() }
      try reader.skip()
    }
  }
}

extension MappedFile {
  /// Opens a file to find out what it is, before it is opened again to be read.
  ///
  /// - Throws: `RecordError` if it cannot be opened, and for a pipe.
  static func forKind(of path: String) throws -> MappedFile {
    let file = try MappedFile(path)
    guard file.canBeReadAgain else {
      throw RecordError.unreadable(
        path: path,
        reason: "its kind must be known before it is read, and a pipe gives its content "
          + "once: write it to a file")
    }
    return file
  }
}
