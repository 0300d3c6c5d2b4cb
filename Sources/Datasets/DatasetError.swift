import Records
import Text

/// What can be wrong with a benchmark's files or with predictions for it.
public enum DatasetError: Error, Sendable, CustomStringConvertible {
  /// No benchmark has the name.
  case unknownBenchmark(name: String, known: [String])
  /// The benchmark has no such split.
  case unknownSplit(benchmark: String, name: String, known: [String])
  /// A split is needed and none was named.
  case splitNeeded(benchmark: String, known: [String])
  /// A card of `benchmarks/` cannot be read: our mistake.
  case badCard(path: String, reason: String)
  /// None of the files that would serve was found.
  case missingFiles(what: String, names: [String], lookedIn: [String], remedy: String)
  /// A file is not of the kind that belongs here.
  case wrongKind(path: String, expected: String, found: String, remedy: String)
  /// A record of a file lacks something or holds the wrong thing.
  case badRecord(path: String, line: Int, column: Int, reason: String, remedy: String)
  /// A record of a binary file lacks something or holds the wrong thing; the record is counted from
  /// 0, the offset is that of its first byte.
  case badValue(path: String, record: Int, offset: Int, reason: String, remedy: String)
  /// An id occurs twice in a file.
  case duplicateID(path: String, line: Int, id: String, firstRecord: Int, secondRecord: Int)
  /// Predictions name samples that the reference set does not hold.
  case unknownIDs(path: String, what: String, first: [String], count: Int, remedy: String)
  /// The set is incomplete and nobody allowed that.
  case missingIDs(
    path: String, what: String, first: [String], count: Int, expected: Int, remedy: String)
  /// An array of a binary file, or the file's header, is not what it should be.
  case badTensor(path: String, member: String, reason: String, remedy: String)
  /// A file holds no record at all.
  case empty(path: String, what: String)

  /// What is wrong, where, and how to mend it, on one line.
  public var description: String {
    switch self {
    case .unknownBenchmark(let name, let known):
      return "unknown benchmark '\(name)'\(NearestNames.hint(for: name, among: known)) "
        + "`mplug-eval list benchmarks` shows all"
    case .unknownSplit(let benchmark, let name, let known):
      return
        "benchmark '\(benchmark)' has no split '\(name)'; it has \(known.joined(separator: ", "))"
    case .splitNeeded(let benchmark, let known):
      return "name a split: " + known.map { "\(benchmark)/\($0)" }.joined(separator: ", ")
        + " (or give the whole reference set with --annotations)"
    case .badCard(let path, let reason):
      return "benchmarks/\(path): \(reason)"
    case .missingFiles(let what, let names, let lookedIn, let remedy):
      return "\(what) not found: looked for \(names.joined(separator: " or ")) in "
        + "\(lookedIn.joined(separator: ", ")); \(remedy)"
    case .wrongKind(let path, let expected, let found, let remedy):
      return "\(path): expected \(expected), found \(found); \(remedy)"
    case .badRecord(let path, let line, let column, let reason, let remedy):
      return "\(path):\(line):\(column): \(reason); \(remedy)"
    case .badValue(let path, let record, let offset, let reason, let remedy):
      return "\(path): record \(record) (at byte \(offset)): \(reason); \(remedy)"
    case .duplicateID(let path, let line, let id, let first, let second):
      return "\(path):\(line): \(id) occurs twice, in records \(first) and \(second) "
        + "(counted from 0); keep one of them"
    case .unknownIDs(let path, let what, let first, let count, let remedy):
      return "\(path): \(count) \(what) not in the reference set (first: "
        + "\(first.joined(separator: ", "))); \(remedy)"
    case .missingIDs(let path, let what, let first, let count, let expected, let remedy):
      return "\(path): \(count) of \(expected) \(what) have no prediction (first: "
        + "\(first.joined(separator: ", "))); \(remedy)"
    case .badTensor(let path, let member, let reason, let remedy):
      return "\(path): \(member): \(reason); \(remedy)"
    case .empty(let path, let what):
      return "\(path): holds no \(what); give a file with at least one"
    }
  }
}
