import Foundation
import Records
import TestSupport
import Testing

/// A journal whose end is not what was written: it is dropped from there on, and made anew.
@Suite struct RunJournalTests {
  enum Damage: String, CaseIterable, Sendable {
    case cut, flipped, flippedInTheMiddle, garbage, zeros, noChecksum, foreign, twice, empty, blank

    /// The lines that stay, and the bytes behind them; how many lines count.
    func journal(_ lines: [[UInt8]]) throws -> (lines: [[UInt8]], tail: [UInt8], whole: Int) {
      let kept = Array(lines[0..<9])
      var damaged = lines[9]
      switch self {
      case .cut: return (kept, damaged.dropLast(5), 9)
      case .flipped:
        damaged[damaged.count / 2] ^= 1
        return (kept, damaged, 9)
      case .flippedInTheMiddle:
        var flipped = kept
        flipped[4][7] ^= 1
        return (flipped, damaged, 4)
      case .garbage: return (kept, (0..<700).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 11) }, 9)
      // What a file system leaves of a page that was never written.
      case .zeros: return (kept, [UInt8](repeating: 0, count: 4096), 9)
      case .noChecksum: return (kept, Array("{\"question_id\":1,\"answer\":\"red\"}\n".utf8), 9)
      case .foreign:
        let line = try JournalLines.line(
          JSONObject([("question_id", .int(-5)), ("answer", .string("red"))]))
        return (kept, line, 9)
      case .twice: return (kept, kept[2], 9)
      case .empty: return ([], [], 0)
      case .blank: return (kept, [0x0A, 0x0A] + damaged, 9)
      }
    }
  }

  @Test(arguments: Damage.allCases) func theTailIsMadeAnew(_ damage: Damage) throws {
    let scratch = try TemporaryFolder()
    let expected = try WholeRuns.outcome("mini-vqav2/val")
    let run = try WholeRuns.copy("mini-vqav2/val", to: scratch("run"))
    let journal = try Journaled(run)
    let (lines, tail, whole) = try damage.journal(journal.lines)
    try journal.begin(with: lines, tail)
    let result = try run.run()
    #expect(
      result.errors.contains("\(journal.lines.count - whole) samples in"),
      "\(damage): \(result.errors)")
    expectSame(try run.outcome(), as: expected, "\(damage)")
  }
}
