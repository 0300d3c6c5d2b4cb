import Records

/// What a model needs held against what a file has: nothing is loaded without it.
///
/// The original loads without looking: what is missing stays random. Here what is missing or has
/// another shape is an error, and every other tensor of the file is accounted for.
package struct KeyAudit: Sendable, Equatable {
  /// A tensor that the model needs and the file has in another shape.
  package struct Misshaped: Sendable, Equatable {
    /// What the model needs.
    package let expected: ExpectedTensor
    /// The shape in the file.
    package let found: [Int]
  }

  /// Tensors that are left alone for one reason.
  package struct Ignored: Sendable, Equatable {
    /// Why, as a heading: what they are.
    package let reason: String
    /// Their names, in the order of the file.
    package let names: [String]
  }

  /// The file.
  package let file: String
  /// How many tensors fit.
  package let fitting: Int
  /// What the file lacks.
  package let missing: [ExpectedTensor]
  /// What it has in another shape.
  package let misshaped: [Misshaped]
  /// Names that belong to no known part, in the order of the file.
  package let unknown: [String]
  /// What is left alone, the largest group first.
  package let ignored: [Ignored]
  /// Pairs of names that stand for one tensor and hold different numbers: the first is what counts.
  package let tiedDiffering: [[String]]

  /// Whether the model can be loaded: nothing is missing or mis-shaped.
  package var isLoadable: Bool { missing.isEmpty && misshaped.isEmpty }

  /// Compares.
  ///
  /// - Parameters:
  ///   - found: the names of the file, as the model calls them, with their shapes.
  ///   - ignored: why a tensor that the model does not need is left alone; nil for an unknown one.
  package init(
    file: String = "", expected: [ExpectedTensor], found: [ExpectedTensor],
    tiedDiffering: [[String]] = [], ignored: (String) -> String?
  ) {
    self.file = file
    self.tiedDiffering = tiedDiffering
    let shapes = Dictionary(found.map { ($0.name, $0.shape) }) { first, _ in first }
    let wanted = Set(expected.map(\.name))
    missing = expected.filter { shapes[$0.name] == nil }
    misshaped = expected.compactMap { tensor in
      shapes[tensor.name].flatMap {
        $0 == tensor.shape ? nil : Misshaped(expected: tensor, found: $0)
      }
    }
    fitting = expected.count - missing.count - misshaped.count
    var unknown: [String] = []
    var groups: [String: [String]] = [:]
    for tensor in found where !wanted.contains(tensor.name) {
      if let reason = ignored(tensor.name) {
        groups[reason, default: []].append(tensor.name)
      } else {
        unknown.append(tensor.name)
      }
    }
    self.unknown = unknown
    self.ignored = groups.map { Ignored(reason: $0.key, names: $0.value) }
      .sorted { ($1.names.count, $0.reason) < ($0.names.count, $1.reason) }
  }

  /// Names of a file that may be suggested: how many, and how long each, in bytes.
  private static let mostCandidates = 2000
  private static let longestCandidate = 256

  /// Says no to a file that the model cannot be loaded from.
  ///
  /// - Parameters:
  ///   - seeming: what the file seems to be instead, for the end of a sentence.
  ///   - nearest: a known name near to a missing one, out of the unknown ones.
  /// - Throws: `CheckpointError.notLoadable`.
  package func requireLoadable(
    seeming: String? = nil,
    nearest: (_ name: String, _ unknown: [String]) -> String? = { _, _ in nil }
  ) throws {
    guard !isLoadable else { return }
    // A search for near names takes time for each of them, by the square of its length.
    let candidates = unknown.lazy.filter { $0.utf8.count <= Self.longestCandidate }
      .prefix(Self.mostCandidates)
    let near = Array(candidates)
    var parts: [String] = []
    if !missing.isEmpty {
      let names = missing.prefix(3).map { tensor in
        tensor.name + (nearest(tensor.name, near).map { " (it has \($0))" } ?? "")
      }
      parts.append(
        "lacks \(missing.count) of \(fitting + missing.count + misshaped.count) tensors ("
          + names.joined(separator: ", ") + (missing.count > 3 ? ", …" : "") + ")")
    }
    if !misshaped.isEmpty {
      let names = misshaped.prefix(3).map {
        "\($0.expected.name) \($0.found), expected \($0.expected.shape)"
      }
      parts.append(
        "has \(misshaped.count) of another shape (" + names.joined(separator: "; ")
          + (misshaped.count > 3 ? "; …" : "") + ")")
    }
    throw CheckpointError.notLoadable(
      file: file, reason: parts.joined(separator: " and ") + (seeming.map { ": \($0)" } ?? ""),
      remedy: "`mplug-eval convert FILE --inspect` prints the table of all its tensors")
  }
}
