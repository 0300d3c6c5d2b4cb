import Records

/// Reads Python pickles without running them.
package enum PickleReader {
  /// The value of a file that holds one pickle.
  ///
  /// - Throws: `PickleError`.
  package static func value(
    of file: MappedFile, globals: PickleGlobals = .none, limits: PickleLimits = PickleLimits()
  ) throws -> PickleValue {
    if let foreign = ForeignContent(file) {
      throw PickleError.wrongKind(
        file: file.path, expected: "a Python pickle", found: "something else",
        remedy: foreign.explanation)
    }
    guard file.count > 0 else {
      throw PickleError.wrongKind(
        file: file.path, expected: "a Python pickle", found: "an empty file",
        remedy: "get it anew")
    }
    let (value, end) = try self.value(in: file, at: 0, globals: globals, limits: limits)
    guard file.bytes[end...].allSatisfy({ $0 <= 0x20 }) else {
      throw PickleError.malformed(
        file: file.path, opcode: "STOP", offset: end - 1,
        reason: "\(file.count - end) bytes follow the end of the pickle")
    }
    return value
  }

  /// The value of a pickle that begins at a byte of a file, and the byte behind it.
  ///
  /// - Throws: `PickleError`.
  package static func value(
    in file: MappedFile, at offset: Int, globals: PickleGlobals = .none,
    limits: PickleLimits = PickleLimits()
  ) throws -> (value: PickleValue, end: Int) {
    try withExtendedLifetime(file) {
      var machine = PickleMachine(file, at: offset, globals: globals, limits: limits)
      let item = try machine.run()
      let tree = try PickleTree(machine.heap, root: item, file: file, limits: limits)
      return (PickleValue(tree: tree, item: item), machine.position)
    }
  }
}
