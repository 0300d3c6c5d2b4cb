import Archives
import Foundation
import Pickle
import Records
import TestSupport
import Testing

@Suite struct TorchFileTests {
  static let magic = "\u{80}\u{2}\u{8a}\nl\u{fc}\u{9c}F\u{f9} j\u{a8}P\u{19}."
  static let facts = "\u{80}\u{2}}(U\u{10}protocol_versionM\u{e9}\u{3}U\rlittle_endian\u{88}u."
  static let version = "\u{80}\u{2}M\u{e9}\u{3}."

  static func bytes(_ text: String) -> [UInt8] {
    text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) }
  }

  static func read(_ text: String, _ globals: PickleGlobals = .none) throws -> TorchFile {
    try TorchFile(MappedFile(bytes: bytes(text), name: "test.pth"), globals: globals)
  }

  @Test func legacyContainer() throws {
    let text = Self.magic + Self.version + Self.facts + "](K\u{1}K\u{2}e.](U\u{1}7e."
    let file = try Self.read(text + "xyz")
    #expect(file.value.text == "[1, 2]")
    guard case .legacy(let keys, let payload) = file.container else {
      Issue.record("not legacy")
      return
    }
    #expect(keys == ["7"] && payload == text.unicodeScalars.count)
  }

  @Test func zipContainer() throws {
    var builder = ZipBuilder(entries: [
      .init("list/data.pkl", Self.bytes("\u{80}\u{2}]K\u{5}a.")), .init("list/version", [0x33]),
    ])
    let file = try TorchFile(MappedFile(bytes: builder.bytes(), name: "test.pth"))
    #expect(file.value.text == "[5]")
    guard case .zip(let archive, let prefix) = file.container else {
      Issue.record("not a zip")
      return
    }
    #expect(prefix == "list/" && archive.member(named: prefix + "version")?.size == 1)
    builder.entries[0].name = "list/more/data.pkl"
    #expect(throws: PickleError.self) {
      try TorchFile(MappedFile(bytes: builder.bytes(), name: "test.pth"))
    }
    builder.entries[0] = .init("list/data.pkl", Self.bytes("cposix\nsystem\n."))
    #expect(
      throws: PickleError.refused(
        file: "test.pth/list/data.pkl", opcode: "GLOBAL", offset: 0, name: "posix.system")
    ) { try TorchFile(MappedFile(bytes: builder.bytes(), name: "test.pth")) }
  }

  @Test func wrongContainers() {
    let whole = Self.magic + Self.version + Self.facts + "]." + "]."
    #expect(throws: Never.self) { try Self.read(whole) }
    for wrong in [
      "", "].", Self.magic + "N." + Self.facts + "].].", String(whole.dropLast(2)),
      Self.magic + Self.version + "}." + "].].", Self.magic + Self.version + Self.facts + "].}.",
      "PK\u{3}\u{4}", "<html>",
    ] {
      #expect(throws: (any Error).self) { try Self.read(wrong) }
    }
    for count in 0..<whole.unicodeScalars.count {
      #expect(throws: PickleError.self) { try Self.read(String(whole.prefix(count))) }
    }
  }

  static let tensor =
    "ctorch._utils\n_rebuild_tensor_v2\n((U\u{7}storagectorch\nFloatStorage\nU\u{1}0U\u{3}cpuK\u{6}tQ"
    + "K\u{0}K\u{2}K\u{3}\u{86}K\u{3}K\u{1}\u{86}\u{89}ccollections\nOrderedDict\n)RtR."

  @Test func namedThingsStayOpaque() throws {
    let names: Set<String> = [
      "torch._utils._rebuild_tensor_v2", "torch.FloatStorage", "collections.OrderedDict",
    ]
    let value = try unpickle(Self.tensor, globals: PickleGlobals(names))
    #expect(value.constructor == "torch._utils._rebuild_tensor_v2")
    let arguments = try #require(value.arguments)
    let id = try #require(arguments[0].persistentID?.elements)
    #expect(id[1].globalName == "torch.FloatStorage" && id[4].int == 6)
    #expect(arguments[2].elements?.map(\.int) == [2, 3])
    #expect(arguments[5].constructor == "collections.OrderedDict")
    #expect(arguments[5].pairs?.isEmpty == true)
    #expect(
      throws: PickleError.refused(
        file: "test.p", opcode: "GLOBAL", offset: 44, name: "torch.FloatStorage")
    ) {
      try unpickle(Self.tensor, globals: PickleGlobals(names.subtracting(["torch.FloatStorage"])))
    }
    #expect(
      try unpickle(Self.tensor, globals: PickleGlobals([], unlisted: .opaque)).text == value.text)
  }

  @Test func membersAndStatesOfObjects() throws {
    let value = try unpickle(
      "ccollections\nOrderedDict\n)R(U\u{1}aK\u{1}U\u{1}bK\u{2}u}U\u{1}mK\u{3}sb.",
      globals: PickleGlobals(["collections.OrderedDict"]))
    #expect(value.text == "collections.OrderedDict(){'a': 1, 'b': 2}[]<{'m': 3}>")
    #expect(value["b"]?.int == 2 && value.state?["m"]?.int == 3)
    let deque = try unpickle(
      "ccollections\ndeque\n)R(K\u{1}K\u{2}e.", globals: PickleGlobals(["collections.deque"]))
    #expect(deque.appended?.map(\.int) == [1, 2])
  }

  @Test(.enabled(if: Golden.folder != nil))
  func goldenCheckpoints() throws {
    let folder = try #require(Golden.folder).appendingPathComponent("model/formats").path
    let globals = PickleGlobals([], unlisted: .opaque)
    let file = try TorchFile(MappedFile(folder + "/model_key.pth"), globals: globals)
    let state = try #require(file.value["model"]?.pairs)
    #expect(state.first?.key.string == "f32")
    #expect(state.first?.value.constructor == "torch._utils._rebuild_tensor_v2")
    guard case .zip(let archive, let prefix) = file.container else {
      Issue.record("not a zip")
      return
    }
    let storage = try #require(archive.member(named: prefix + "data/0"))
    #expect(try archive.stored(storage).count == 120 && storage.offset % 64 == 0)
    #expect(throws: ArchiveError.self) {
      try TorchFile(MappedFile(folder + "/truncated.pth"), globals: globals)
    }
    // Without the allow-list the first name is refused.
    #expect(
      throws: PickleError.refused(
        file: folder + "/model_key.pth/model_key/data.pkl", opcode: "GLOBAL", offset: 18,
        name: "collections.OrderedDict")
    ) { try TorchFile(MappedFile(folder + "/model_key.pth")) }
    let legacy = try TorchFile(MappedFile(folder + "/legacy.pth"), globals: globals)
    guard case .legacy(let keys, _) = legacy.container else {
      Issue.record("not legacy")
      return
    }
    #expect(!keys.isEmpty)
  }
}
