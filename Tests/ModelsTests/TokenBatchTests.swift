import Models
import Testing

@Suite struct TokenBatchTests {
  @Test func maskedTokensAreSeenByNone() {
    let batch = TokenBatch([[101, 7, 0], [101]], masks: [[true, true, false], [true]])
    #expect(batch.ids == [101, 7, 0, 101])
    #expect(batch.sequences == [0..<3, 3..<4])
    #expect(batch.visible == [[0, 1], [3]])
  }
}
