/// What can be wrong with a pickle, and at which opcode of it.
package enum PickleError: Error, Equatable, Sendable {
  /// The file is no pickle, or not one of the kind that is read here.
  case wrongKind(file: String, expected: String, found: String, remedy: String)
  /// The opcode would import or call something, or builds what no published file holds. `name` is
  /// the full name of what would be imported, where it names one.
  case refused(file: String, opcode: String, offset: Int, name: String?)
  /// The bytes at the opcode contradict the format.
  case malformed(file: String, opcode: String, offset: Int, reason: String)
  /// The file ends within the opcode.
  case cutOff(file: String, opcode: String, offset: Int, needed: Int, left: Int)
  /// Reading on would take more than is allowed.
  case beyondLimit(file: String, opcode: String, offset: Int, what: String, limit: Int)
  /// A container holds itself; the offset is that of the opcode that made it.
  case cycle(file: String, offset: Int)
}

extension PickleError: CustomStringConvertible {
  /// One line: what, where, how to mend it.
  package var description: String {
    let remedy = "the published file is not like this, get it anew"
    switch self {
    case .wrongKind(let file, let expected, let found, let remedy):
      return "\(file): expected \(expected), found \(found): \(remedy)"
    case .refused(let file, let opcode, let offset, let name):
      let what = name.map { "names '\($0)', and nothing is imported or called here" }
      return "\(file): opcode \(opcode) at byte \(offset) "
        + (what ?? "builds more than plain values") + ": \(remedy)"
    case .malformed(let file, let opcode, let offset, let reason):
      return "\(file): opcode \(opcode) at byte \(offset): \(reason): \(remedy)"
    case .cutOff(let file, let opcode, let offset, let needed, let left):
      return "\(file): opcode \(opcode) at byte \(offset) needs \(needed) bytes and \(left) are "
        + "left: the file is cut off, get it anew"
    case .beyondLimit(let file, let opcode, let offset, let what, let limit):
      return "\(file): opcode \(opcode) at byte \(offset): more than \(limit) \(what): \(remedy)"
    case .cycle(let file, let offset):
      return "\(file): what begins at byte \(offset) contains itself: \(remedy)"
    }
  }
}
