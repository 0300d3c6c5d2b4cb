import Pickle
import Records
import Testing

/// Reads a pickle whose bytes are given as Latin-1 characters.
func unpickle(
  _ text: String, globals: PickleGlobals = .none, limits: PickleLimits = PickleLimits()
) throws -> PickleValue {
  let bytes = text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
  return try PickleReader.value(
    of: MappedFile(bytes: bytes, name: "test.p"), globals: globals, limits: limits)
}

@Suite struct OpcodeTests {
  /// Pickles, and what CPython 3.11 makes of each (`encoding="utf-8"`, else `"latin-1"`).
  static let values: [(String, String)] = [
    ("N.", "None"),
    ("I01\n.", "True"),
    ("I00\n.", "False"),
    ("I-12\n.", "-12"),
    ("I9223372036854775807\n.", "9223372036854775807"),
    ("L-9223372036854775808L\n.", "-9223372036854775808"),
    ("L5\n.", "5"),
    ("F1.5\n.", "1.5"),
    ("F1e+20\n.", "1e+20"),
    ("Fnan\n.", "nan"),
    ("K\u{ff}.", "255"),
    ("M\u{ff}\u{ff}.", "65535"),
    ("J\u{fe}\u{ff}\u{ff}\u{ff}.", "-2"),
    ("\u{8a}\u{0}.", "0"),
    ("\u{8a}\u{1}\u{ff}.", "-1"),
    ("\u{8a}\u{2}\u{ff}\u{0}.", "255"),
    ("\u{8a}\u{8}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{80}.", "-9223372036854775808"),
    ("\u{8b}\u{2}\u{0}\u{0}\u{0}\u{0}\u{80}.", "-32768"),
    ("G?\u{f8}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}.", "1.5"),
    ("\u{88}.", "True"),
    ("\u{89}.", "False"),
    ("S'it\\'s \\x41\\101\\t\\\\'\n.", "'it's AA\t\\'"),
    ("S\"a'b\"\n.", "'a'b'"),
    ("S'\\xc3\\xa9'\n.", "'\u{e9}'"),
    ("S'\\xe9'\n.", "'\u{e9}'"),
    ("S''\n.", "''"),
    ("S'\\q'\n.", "'\\q'"),
    ("U\u{2}\u{c3}\u{a9}.", "'\u{e9}'"),
    ("U\u{1}\u{e9}.", "'\u{e9}'"),
    ("T\u{3}\u{0}\u{0}\u{0}abc.", "'abc'"),
    ("Va\\u00e9\\U0001f600\u{e9}\\n\n.", "'a\u{e9}\u{1f600}\u{e9}\\n'"),
    ("V\n.", "''"),
    ("Va\\\\u0041\n.", "'a\\\\u0041'"),
    ("X\u{3}\u{0}\u{0}\u{0}\u{e2}\u{82}\u{ac}.", "'\u{20ac}'"),
    ("\u{8c}\u{1}a.", "'a'"),
    ("\u{8d}\u{1}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}b.", "'b'"),
    ("C\u{2}\u{0}\u{ff}.", "b[0, 255]"),
    ("B\u{1}\u{0}\u{0}\u{0}\u{7}.", "b[7]"),
    ("\u{8e}\u{1}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{8}.", "b[8]"),
    (").", "()"),
    ("].", "[]"),
    ("}.", "{}"),
    ("(K\u{1}K\u{2}l.", "[1, 2]"),
    ("(K\u{1}K\u{2}t.", "(1, 2)"),
    ("(K\u{1}K\u{2}d.", "{1: 2}"),
    ("K\u{1}\u{85}.", "(1)"),
    ("K\u{1}K\u{2}\u{86}.", "(1, 2)"),
    ("K\u{1}K\u{2}K\u{3}\u{87}.", "(1, 2, 3)"),
    ("]K\u{1}a.", "[1]"),
    ("](K\u{1}K\u{2}e.", "[1, 2]"),
    ("}K\u{1}K\u{2}s.", "{1: 2}"),
    ("}(K\u{1}K\u{2}K\u{3}]u.", "{1: 2, 3: []}"),
    ("](e.", "[]"),
    ("}(u.", "{}"),
    ("K\u{1}K\u{2}0.", "1"),
    ("K\u{1}(0.", "1"),
    ("K\u{1}(K\u{2}K\u{3}1.", "1"),
    ("]2K\u{1}a0.", "[1]"),
    ("]q\u{5}h\u{5}\u{86}.", "([], [])"),
    ("]p7\ng7\n\u{86}.", "([], [])"),
    ("N.", "None"),
    ("](]q\u{0}h\u{0}h\u{0}K\u{7}ae.", "[[7], [7], [7]]"),
    ("\u{80}\u{4}\u{95}\u{5}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}\u{0}]\u{94}K\u{1}a.", "[1]"),
    ("\u{80}\u{2}]q\u{1}.", "[]"),
    ("\u{80}\u{5}N.", "None"),
    ("\u{80}\u{4}\u{8c}\u{1}a\u{94}h\u{0}\u{86}.", "('a', 'a')"),
  ]

  @Test func valuesOfAllOpcodes() throws {
    for (pickle, expected) in Self.values { #expect(try unpickle(pickle).text == expected) }
  }

  /// Pickles that CPython refuses too, or reads beyond what any of our files holds.
  static let malformed: [(String, PickleError)] = [
    (
      "K\u{1}a.",
      .malformed(
        file: "test.p", opcode: "APPEND", offset: 2,
        reason: "it needs 2 values, 1 are on the stack")
    ),
    (
      "(K\u{1}.",
      .malformed(
        file: "test.p", opcode: "STOP", offset: 3,
        reason: "1 values and 1 open MARKs are left, not 1 value")
    ),
    (
      "NN.",
      .malformed(
        file: "test.p", opcode: "STOP", offset: 2,
        reason: "2 values and 0 open MARKs are left, not 1 value")
    ),
    (
      "N(0(a.",
      .malformed(
        file: "test.p", opcode: "APPEND", offset: 4,
        reason: "it needs 2 values, 0 are on the stack")
    ),
    (
      "NK\u{1}a.",
      .malformed(
        file: "test.p", opcode: "APPEND", offset: 3,
        reason: "it appends to something that is no list")
    ),
    (
      "]NNs.",
      .malformed(
        file: "test.p", opcode: "SETITEM", offset: 3,
        reason: "it sets members of something that is no dictionary")
    ),
    (
      "}(Nu.",
      .malformed(
        file: "test.p", opcode: "SETITEMS", offset: 3,
        reason: "a key has no value")
    ),
    ("(Nd.", .malformed(file: "test.p", opcode: "DICT", offset: 2, reason: "a key has no value")),
    (
      "}]Ns.",
      .malformed(
        file: "test.p", opcode: "SETITEM", offset: 3,
        reason: "a list or a dictionary is used as a key")
    ),
    ("Ne.", .malformed(file: "test.p", opcode: "APPENDS", offset: 1, reason: "no MARK is open")),
    (
      "h\u{3}.",
      .malformed(
        file: "test.p", opcode: "BINGET", offset: 0,
        reason: "memo slot 3 is empty")
    ),
    ("Ng-1\n.", .malformed(file: "test.p", opcode: "GET", offset: 1, reason: "memo slot -1")),
    (
      "Np99\n.",
      .malformed(
        file: "test.p", opcode: "PUT", offset: 1,
        reason: "memo slot 99 in a file of 6 bytes")
    ),
    (
      "I9223372036854775808\n.",
      .malformed(
        file: "test.p", opcode: "INT", offset: 0,
        reason: "an integer beyond 64 bits")
    ),
    (
      "I12\r\n.",
      .malformed(
        file: "test.p", opcode: "INT", offset: 0,
        reason: "'12\\r' is no number, the file was converted to other line ends")
    ),
    ("I\n.", .malformed(file: "test.p", opcode: "INT", offset: 0, reason: "'' is no number")),
    (
      "F0x1p3\n.",
      .malformed(
        file: "test.p", opcode: "FLOAT", offset: 0,
        reason: "'0x1p3' is no number")
    ),
    (
      "\u{8a}\u{9}123456789.",
      .malformed(
        file: "test.p", opcode: "LONG1", offset: 0,
        reason: "an integer beyond 64 bits")
    ),
    (
      "S'a\n.",
      .malformed(
        file: "test.p", opcode: "STRING", offset: 0,
        reason: "''a' is not in quotation marks")
    ),
    (
      "S'\\x4'\n.",
      .malformed(
        file: "test.p", opcode: "STRING", offset: 0,
        reason: "an escape is cut off")
    ),
    (
      "X\u{1}\0\0\0\u{e9}.",
      .malformed(
        file: "test.p", opcode: "BINUNICODE", offset: 0,
        reason: "the string is not UTF-8")
    ),
    (
      "V\\ud800\n.",
      .malformed(
        file: "test.p", opcode: "UNICODE", offset: 0,
        reason: "half a character (\\ud800)")
    ),
    (
      "V\\u00zz\n.",
      .malformed(
        file: "test.p", opcode: "UNICODE", offset: 0,
        reason: "'00zz' is no escape")
    ),
    (
      "\u{80}\u{6}N.",
      .malformed(
        file: "test.p", opcode: "PROTO", offset: 0,
        reason: "protocol 6; 0 to 5 are known")
    ),
    (
      "NA.",
      .malformed(
        file: "test.p", opcode: "0x41", offset: 1,
        reason: "there is no such opcode")
    ),
    (
      "N.N.",
      .malformed(
        file: "test.p", opcode: "STOP", offset: 1,
        reason: "2 bytes follow the end of the pickle")
    ),
    (
      "T\u{ff}\u{ff}\u{ff}\u{ff}abc.",
      .cutOff(
        file: "test.p", opcode: "BINSTRING", offset: 0,
        needed: 4_294_967_295, left: 4)
    ),
    ("M\u{1}", .cutOff(file: "test.p", opcode: "BININT2", offset: 0, needed: 2, left: 1)),
    ("N", .cutOff(file: "test.p", opcode: "STOP", offset: 1, needed: 1, left: 0)),
    (
      "\u{80}\u{4}\u{95}\u{9}\0\0\0\0\0\0\0N.",
      .cutOff(
        file: "test.p", opcode: "FRAME", offset: 2,
        needed: 9, left: 2)
    ),
    (
      "\u{8d}\u{ff}\u{ff}\u{ff}\u{ff}\u{ff}\u{ff}\u{ff}\u{ff}.",
      .malformed(
        file: "test.p", opcode: "BINUNICODE8", offset: 0,
        reason: "a length beyond 63 bits")
    ),
    ("I12", .cutOff(file: "test.p", opcode: "INT", offset: 0, needed: 3, left: 2)),
    (
      "{}",
      .wrongKind(
        file: "test.p", expected: "a Python pickle", found: "the first byte 0x7b",
        remedy: "name another file")
    ),
    (
      "",
      .wrongKind(
        file: "test.p", expected: "a Python pickle", found: "an empty file",
        remedy: "get it anew")
    ),
  ]

  @Test func malformedPickles() {
    for (pickle, expected) in Self.malformed {
      #expect(throws: expected) { try unpickle(pickle) }
    }
  }

  @Test func everyErrorIsOneLine() {
    for (pickle, _) in Self.malformed {
      do { _ = try unpickle(pickle) } catch {
        #expect(!"\(error)".contains("\n") && "\(error)".hasPrefix("test.p: "))
      }
    }
  }

  /// Opcodes that import, call or share buffers: refused by name, with what they would import.
  static let refused: [(String, String, Int, String?)] = [
    ("cposix\nsystem\n(S'ls'\ntR.", "GLOBAL", 0, "posix.system"),
    ("N\u{8c}\u{2}os\u{8c}\u{6}system\u{93}.", "STACK_GLOBAL", 13, "os.system"),
    ("(ios\nsystem\n.", "INST", 1, "os.system"),
    ("(NNo.", "OBJ", 3, nil), ("NN\u{81}.", "NEWOBJ", 2, nil), ("NNN\u{92}.", "NEWOBJ_EX", 3, nil),
    ("N)R.", "REDUCE", 2, nil), ("N}b.", "BUILD", 2, nil), ("Pabc\n.", "PERSID", 0, nil),
    ("NQ.", "BINPERSID", 1, nil), ("\u{82}\u{1}.", "EXT1", 0, nil),
    ("\u{83}\u{1}\0.", "EXT2", 0, nil),
    ("\u{84}\u{1}\0\0\0.", "EXT4", 0, nil), ("\u{8f}.", "EMPTY_SET", 0, nil),
    ("\u{90}.", "ADDITEMS", 0, nil), ("\u{91}.", "FROZENSET", 0, nil),
    ("\u{96}.", "BYTEARRAY8", 0, nil), ("\u{97}.", "NEXT_BUFFER", 0, nil),
    ("\u{98}.", "READONLY_BUFFER", 0, nil),
  ]

  @Test func refusedOpcodes() {
    for (pickle, opcode, offset, name) in Self.refused {
      #expect(
        throws: PickleError.refused(file: "test.p", opcode: opcode, offset: offset, name: name)
      ) { try unpickle(pickle) }
    }
  }

  /// Every byte is an opcode that is read, one that is refused by its name, or none at all.
  @Test func everyByteIsDecided() throws {
    for byte in UInt8.min...UInt8.max where byte != UInt8(ascii: ".") {
      let file = MappedFile(bytes: [0x4E, byte], name: "test.p")
      let error = #expect(throws: PickleError.self) { try PickleReader.value(of: file) }
      switch try #require(error) {
      case .refused(_, let opcode, _, _): #expect(!opcode.hasPrefix("0x"))
      case .malformed(_, let opcode, _, let reason) where reason == "there is no such opcode":
        #expect(opcode.hasPrefix("0x"))
      case .malformed(_, let opcode, _, _), .cutOff(_, let opcode, _, _, _):
        #expect(!opcode.hasPrefix("0x"))
      default: Issue.record("byte \(byte)")
      }
    }
  }
}
