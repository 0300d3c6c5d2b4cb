import Testing
import Text

@Suite("Interned strings")
struct InternedStringsTests {
  @Test("numbers count distinct byte strings in the order of first appearance")
  func numbers() {
    var pool = InternedStrings()
    #expect(["dog", "cat", "dog", "", "cat", ""].map { pool.intern($0) } == [0, 1, 0, 2, 1, 2])
    #expect(pool.count == 3)
    #expect(pool[0] == "dog")
    #expect(pool[2].isEmpty)
    #expect(pool.number(of: "cat") == 1)
    #expect(pool.number(of: "cow") == nil)
  }

  @Test("canonically equal strings are two strings")
  func canonicalEquivalence() {
    var pool = InternedStrings()
    #expect(pool.intern("\u{E9}") == 0)
    #expect(pool.number(of: "e\u{301}") == nil)
    #expect(pool.intern("e\u{301}") == 1)
  }

  @Test("strings that differ in trailing zeros or beyond eight bytes are told apart")
  func nearStrings() {
    var pool = InternedStrings()
    let strings = ["a", "a\0", "a\0\0", "12345678", "123456789", "12345678\0", "\0", "\0\0"]
    #expect(strings.map { pool.intern($0) } == Array(0..<8))
    #expect(strings.map { pool.intern($0) } == Array(0..<8))
  }

  @Test("the pool grows and keeps every number", arguments: [0, 64, 5000])
  func growth(capacity: Int) {
    var pool = InternedStrings(minimumCapacity: capacity)
    for index in 0..<5000 { #expect(pool.intern("word \(index)") == index) }
    for index in 0..<5000 where pool.number(of: "word \(index)") != UInt32(index) {
      Issue.record("word \(index) lost its number")
    }
    #expect(pool.count == 5000)
    #expect(pool[4999] == "word 4999")
  }
}
