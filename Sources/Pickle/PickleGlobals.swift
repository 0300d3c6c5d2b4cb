/// Which names a pickle may mention of things to import.
///
/// Nothing is imported or called in any case: a name that is allowed becomes an opaque value, and
/// "calling" it one that keeps its arguments.
package struct PickleGlobals: Sendable {
  /// What becomes of a name that is not in the list.
  package enum Unlisted: Sendable {
    /// The file is refused.
    case refused
    /// The name becomes an opaque value as well.
    case opaque
  }

  /// No name, no object and no persistent id: lists of plain values.
  package static let none = PickleGlobals([])

  let names: Set<String>
  let unlisted: Unlisted

  /// - Parameter names: Full names, such as `collections.OrderedDict`. An empty list allows no
  ///   persistent ids either, unless other names become opaque values.
  package init(_ names: Set<String>, unlisted: Unlisted = .refused) {
    self.names = names
    self.unlisted = unlisted
  }

  var allowsObjects: Bool { !names.isEmpty || unlisted == .opaque }

  func allows(_ name: String) -> Bool { unlisted == .opaque || names.contains(name) }
}

/// How much reading a pickle may take.
package struct PickleLimits: Sendable {
  /// How deep lists, tuples and dictionaries may nest.
  package var nesting = 128
  /// How many values may wait on the machine's stack; a tuple of more elements cannot be read.
  package var stack = 1 << 20
  /// How many bytes the values may take in memory; places of values have 31 bits, so that more than
  /// 32 GiB cannot be used.
  package var memory = 2 << 30 {
    didSet { memory = min(memory, 32 << 30) }
  }

  /// Limits that every published file keeps.
  package init() {}
}
