import Reporting
import Testing

/// The line that tells how far a long step is.
@Suite struct ProgressTextTests {
  @Test func lines() {
    func line(_ done: Int, _ total: Int, _ seconds: Double, bar: Bool = false) -> String {
      ProgressText.line(done, of: total, what: "files", seconds: seconds, withBar: bar)
    }
    #expect(
      line(3120, 12480, 7.5, bar: true)
        == "[#####---------------] 3120 of 12480 files, 416 a second, 22 s left")
    #expect(line(3120, 12480, 7.5) == "3120 of 12480 files, 416 a second, 22 s left")
    #expect(line(100, 12100, 10) == "100 of 12100 files, 10 a second, 20 min left")
    #expect(line(10, 90010, 10) == "10 of 90010 files, 1 a second, 25.0 h left")
    #expect(line(0, 10, 1, bar: true) == "[--------------------] 0 of 10 files")
    #expect(line(10, 10, 0, bar: true) == "[####################] 10 of 10 files")
    #expect(line(10, 10, 2, bar: true).hasSuffix("10 of 10 files, 5 a second, 0 s left"))
  }
}
