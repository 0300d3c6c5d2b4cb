/// What can be wrong with the compiled data of METEOR. `name` is the file's.
public enum METEORDataError: Error, Hashable, Sendable {
  /// It is another kind of file.
  case wrongKind(name: String)
  /// It was made by another version of this program.
  case wrongVersion(name: String, expected: Int, found: Int)
  /// It has not the size that it states.
  case wrongSize(name: String, expected: Int, found: Int)
  /// Bytes are not those that were written; `offset` is where the damaged part begins.
  case damaged(name: String, what: String, offset: Int)

  /// What makes the file anew.
  public static let remedy = "make it anew with '\(METEOR.command)'"
}

extension METEORDataError: CustomStringConvertible {
  /// One line: what, where, how to mend it.
  public var description: String {
    switch self {
    case .wrongKind(let name):
      "\(name): expected compiled METEOR data, found something else: \(Self.remedy)"
    case .wrongVersion(let name, let expected, let found):
      "\(name): expected compiled METEOR data of version \(expected), found version \(found): "
        + Self.remedy
    case .wrongSize(let name, let expected, let found):
      "\(name): expected \(expected) bytes, found \(found): the file is cut off or was added to: "
        + Self.remedy
    case .damaged(let name, let what, let offset):
      "\(name): damaged at byte \(offset) (\(what)): \(Self.remedy)"
    }
  }
}
