/// What can go wrong with the licensed data that users hold.
public enum ResourceError: Error, Equatable, Sendable {
  /// The path leads to nothing from which METEOR's data could be read.
  case notMETEOR(path: String, missing: String, looked: [String])
  /// All is there but the paraphrase table.
  case noParaphrases(path: String, looked: [String])
  /// A line of a file is not what belongs there.
  case badLine(file: String, line: Int, expected: String, found: String)
  /// A file ends early or holds more than can be.
  case badFile(file: String, reason: String, remedy: String)
  /// Neither a cache folder nor a home is named.
  case noCacheFolder
}

extension ResourceError: CustomStringConvertible {
  /// One line: what, where, how to mend it.
  public var description: String {
    switch self {
    case .notMETEOR(let path, let missing, let looked):
      "\(path): no METEOR data: \(missing) not found; looked for \(Self.list(looked)): name a "
        + "folder of pycocoevalcap, its wheel, or meteor-1.5.jar ('make setup-meteor' fetches them)"
    case .noParaphrases(let path, let looked):
      "\(path): holds METEOR but not its paraphrase table; looked for \(Self.list(looked)): the "
        + "pycocoevalcap wheel has it, or its folder meteor with data/paraphrase-en.gz in it"
    case .badLine(let file, let line, let expected, let found):
      "\(file):\(line): expected \(expected), found \(found): get the file anew"
    case .badFile(let file, let reason, let remedy):
      "\(file): \(reason): \(remedy)"
    case .noCacheFolder:
      "no cache folder: set MPLUG_EVAL_CACHE to a folder, or HOME"
    }
  }

  private static func list(_ names: [String]) -> String { names.joined(separator: ", ") }
}
