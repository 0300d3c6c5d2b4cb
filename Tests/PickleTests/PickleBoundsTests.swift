import Pickle
import Records
import TestSupport
import Testing

/// What hostile files try: sharing, cycles, depth, sizes.
@Suite struct PickleBoundsTests {
  @Test func aListIsOneListWhereverItStands() throws {
    // [a, a, a] where a gets a 7 after it was shared.
    let value = try unpickle("](]q\u{0}h\u{0}h\u{0}K\u{7}ae.")
    #expect(value.text == "[[7], [7], [7]]")
    // The same through a dictionary and protocol 0.
    let dict = try unpickle("(dp0\nS'a'\n(lp1\nsS'b'\ng1\nsg1\nI5\na0.")
    #expect(dict.text == "{'a': [5], 'b': [5]}")
    #expect(dict["a"]?.elements?.first?.int == 5 && dict["c"] == nil)
  }

  @Test func theLastOfTwoMembersCounts() throws {
    let value = try unpickle("}(U\u{1}aK\u{1}U\u{1}aK\u{2}u.")
    #expect(value["a"]?.int == 2 && value.pairs?.count == 2)
  }

  @Test func cycles() {
    #expect(throws: PickleError.cycle(file: "test.p", offset: 0)) {
      try unpickle("]q\u{0}h\u{0}a.")
    }
    #expect(throws: PickleError.cycle(file: "test.p", offset: 1)) {
      try unpickle("]}q\u{0}U\u{1}ah\u{0}\u{85}sa.")
    }
    // What hangs on nothing does no harm.
    #expect(throws: Never.self) { try unpickle("N]q\u{0}h\u{0}a0.") }
  }

  @Test func nesting() throws {
    func nested(_ levels: Int) -> String {
      String(repeating: "]", count: levels) + String(repeating: "a", count: levels - 1) + "."
    }
    #expect(try unpickle(nested(128)).kind == .list)
    #expect(
      throws: PickleError.beyondLimit(
        file: "test.p", opcode: "EMPTY_LIST", offset: 128, what: "levels of nesting", limit: 128)
    ) { try unpickle(nested(129)) }
    // Held and dropped without recursion.
    #expect(throws: PickleError.self) { try unpickle(nested(20_000)) }
    var deep = PickleLimits()
    deep.nesting = 1 << 20
    var value: PickleValue? = try unpickle(nested(20_000), limits: deep)
    var levels = 0
    while let inner = value {
      levels += 1
      value = inner.elements?.first
    }
    #expect(levels == 20_000)
  }

  /// Built from the inside, each level behind the memo; and one that is met on a short way first.
  @Test func nestingThroughTheMemo() {
    let inside = "]q\u{0}" + String(repeating: "0]h\u{0}aq\u{0}", count: 200) + "."
    #expect(throws: PickleError.self) { try unpickle(inside) }
    // a = 100 levels; [a, [[…[a]…]]]: a is seen at level 2 before it is seen at level 101.
    let base = String(repeating: "]", count: 100) + String(repeating: "a", count: 99) + "q\u{0}"
    let way = String(repeating: "]", count: 60) + "h\u{0}" + String(repeating: "a", count: 60)
    #expect(throws: PickleError.self) { try unpickle("]" + base + "a" + way + "a.") }
    #expect(throws: Never.self) { try unpickle("]" + base + "a.") }
  }

  @Test func openMarks() {
    #expect(
      throws: PickleError.beyondLimit(
        file: "test.p", opcode: "MARK", offset: 128, what: "open MARKs", limit: 128)
    ) { try unpickle(String(repeating: "(", count: 20_000)) }
  }

  @Test func stackAndMemory() {
    var limits = PickleLimits()
    limits.stack = 100
    #expect(throws: PickleError.self) {
      try unpickle("(" + String(repeating: "N", count: 101) + "t.", limits: limits)
    }
    #expect(throws: Never.self) {
      try unpickle("(" + String(repeating: "N", count: 99) + "t.", limits: limits)
    }
    limits.memory = 10_000
    #expect(throws: PickleError.self) {
      try unpickle("]" + String(repeating: "Na", count: 1000) + ".", limits: limits)
    }
  }

  /// Doubling a list through the memo thirty times is thirty lists, not 2^30.
  @Test func sharedListsAreNotCopied() throws {
    let value = try unpickle(
      "]q\u{0}" + String(repeating: "0](h\u{0}h\u{0}eq\u{0}", count: 30) + ".")
    #expect(value.elements?.count == 2)
  }

  @Test func foreignFiles() {
    for (text, words) in [
      ("version https://git-lfs.github.com/spec/v1\nsize 99\n", "git lfs pull"),
      ("<!DOCTYPE html>", "web page"), ("\u{1F}\u{8B}\u{8}", "gunzip"),
    ] {
      let error = #expect(throws: PickleError.self) { try unpickle(text) }
      #expect(error.map { "\($0)".contains(words) } == true)
    }
  }

  /// Whatever the bytes, there is a value or a typed error.
  @Test func randomChangesNeverCrash() throws {
    let seeds =
      OpcodeTests.values.map(\.0) + OpcodeTests.refused.map(\.0) + [
        "](]q\u{0}h\u{0}h\u{0}K\u{7}ae.", "(dp0\nS'a'\n(lp1\nsS'b'\ng1\nsg1\nI5\na0.",
        "(lp1\n(dp2\nS'sent_ids'\np3\n(lp4\nI0\naI1\nasS'raw'\np5\nV\\u00e9\np6\nsa.",
        "ccollections\nOrderedDict\nq\u{0})Rq\u{1}U\u{1}aK\u{1}s}U\u{1}bh\u{1}sb.",
      ]
    var random = TestRandom(seed: 3)
    var read = 0
    var refused = 0
    for round in 0..<12_000 {
      let seed = seeds[round % seeds.count].unicodeScalars.map {
        UInt8(truncatingIfNeeded: $0.value)
      }
      let file = MappedFile(bytes: random.damage(seed), name: "fuzz.p")
      let globals = round % 2 == 0 ? PickleGlobals.none : PickleGlobals([], unlisted: .opaque)
      do {
        _ = try PickleReader.value(of: file, globals: globals).text
        read += 1
      } catch is PickleError {
        refused += 1
      }
    }
    #expect(read > 500 && refused > 3000)
  }
}
