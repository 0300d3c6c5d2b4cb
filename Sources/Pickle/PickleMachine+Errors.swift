import Records

extension PickleMachine {
  /// The name of the opcode that is carried out.
  private var opcodeName: String { PickleOpcode.name(code) }

  func malformed(_ reason: String) -> PickleError {
    .malformed(file: file.path, opcode: opcodeName, offset: start, reason: reason)
  }

  func refused(_ name: String? = nil) -> PickleError {
    .refused(file: file.path, opcode: opcodeName, offset: start, name: name)
  }

  func beyond(_ what: String, _ limit: Int) -> PickleError {
    .beyondLimit(file: file.path, opcode: opcodeName, offset: start, what: what, limit: limit)
  }

  func cutOff(_ needed: Int) -> PickleError {
    .cutOff(
      file: file.path, opcode: opcodeName, offset: start, needed: needed,
      left: bytes.count - position)
  }

  /// The error for a byte that is no opcode, or one that is never carried out.
  mutating func unread() -> PickleError {
    let inst: UInt8 = 0x69
    if code == inst, let module = try? readLine(), let name = try? readLine() {
      return refused("\(Self.text(bytes[module])).\(Self.text(bytes[name]))")
    }
    guard opcodeName.hasPrefix("0x") else { return refused() }
    guard start > 0 else {
      return .wrongKind(
        file: file.path, expected: "a Python pickle", found: "the first byte \(opcodeName)",
        remedy: "name another file")
    }
    return malformed("there is no such opcode")
  }

  /// Some bytes for a message.
  static func text(_ bytes: some Collection<UInt8>) -> String {
    var text = ""
    for byte in bytes.prefix(80) {
      if byte > 0x20 && byte < 0x7F {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        text += byte == 0x20 ? " " : byte == 0x0D ? "\\r" : "\\x" + String(byte, radix: 16)
      }
    }
    return text + (bytes.count > 80 ? "…" : "")
  }
}
