import Records
import Testing

/// Ids are bytes: canonical equivalence, which `String` compares by, makes one of two.
@Suite struct SampleIDTests {
  private let composed = SampleID.string("caf\u{E9}")
  private let decomposed = SampleID.string("cafe\u{301}")

  @Test func canonicallyEquivalentStringsAreTwoIDs() {
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed, composed]).count == 2)
    #expect(SampleID.places(of: [composed, decomposed, composed]) == [0, 1, 0])
    #expect(SampleID.string("\u{3A9}") != .string("\u{2126}"))
  }

  @Test func equalBytesAreOneID() {
    #expect(composed == .string("caf" + "\u{E9}"))
    #expect(composed.hashValue == SampleID.string("caf" + "\u{E9}").hashValue)
    #expect(SampleID.int(7) == 7)
    #expect(SampleID.int(7) != .string("7"))
    #expect(Set<SampleID>([7, "7", 7, "7"]).count == 2)
  }

  @Test func orderIsThatOfBytes() {
    let ids: [SampleID] = ["b", composed, 10, decomposed, "", 2]
    #expect(ids.sorted() == [2, 10, "", "b", decomposed, composed])
  }
}
