import Foundation
import Records
import TestSupport
import Testing

/// A run that was stopped, by whatever, goes on with the same command and ends with the same bytes.
@Suite struct RunResumeTests {
  /// Slow enough to be met in the middle: each sample alone, with one thread.
  static let slow = ["--batch-size", "1", "--threads", "1"]

  @Test(arguments: [
    "mini-vqav2/val", "mini-coco-caption/val", "mini-refcoco/testA", "mini-nlvr2/dev",
    "mini-flickr30k-retrieval/val", "mini-msrvtt-qa/test",
  ])
  func killedAtRandomMoments(_ benchmark: String) throws {
    let scratch = try TemporaryFolder()
    let expected = try WholeRuns.outcome(benchmark)
    let size = try #require(expected["predictions.jsonl"]).count
    let run = WorldRun(benchmark, under: scratch("killed"))
    // Other moments in every run of the tests: printed where one fails.
    let seed = UInt64.random(in: 1...UInt64.max)
    var random = TestRandom(seed: seed)
    var (killed, inTheMiddle) = (0, 0)
    // A retrieval writes its lines in a moment, behind features and shortlists.
    let meets = !benchmark.contains("retrieval")
    for attempt in 0..<40 where killed < 6 || (meets && inTheMiddle == 0) {
      let command = try Started(run.arguments(Self.slow), log: scratch("attempt"))
      if attempt.isMultiple(of: 3) {
        usleep(UInt32(random.below(120_000)))
      } else {
        let more = 1 + random.below(max(1, size / 4))
        _ = command.waitForJournal(journalSize(under: run.output) + more, under: run.output)
      }
      kill(command.id, SIGKILL)
      if command.waited() == 128 + SIGKILL {
        killed += 1
        let left = journalSize(under: run.output)
        if left > 0, left < size { inTheMiddle += 1 }
      } else {
        // It was at its end before: from the beginning.
        try FileManager.default.removeItem(atPath: run.output)
      }
    }
    #expect(killed >= 6 && (inTheMiddle >= 1 || !meets), "seed \(seed): \(killed), \(inTheMiddle)")
    try run.run()
    expectSame(try run.outcome(), as: expected, "seed \(seed)")
    // What is complete is not run again.
    let again = try run.run()
    #expect(again.errors.contains("complete already"))
    expectSame(try run.outcome(), as: expected, "seed \(seed), again")
  }

  /// What is in the journal counts, and is not asked again: the negative twin of those above, which
  /// would pass if every run began anew.
  @Test func answersInTheJournalCount() throws {
    let scratch = try TemporaryFolder()
    let whole = try WholeRuns.copy("mini-vqav2/val", to: scratch("whole"))
    let journal = try Journaled(whole)
    var changed = journal.objects[3]
    changed["answer"] = .string("an answer that no model gives")
    try journal.begin(with: try [changed].map(JournalLines.line) + journal.lines[0..<3])
    let result = try whole.run()
    #expect(result.errors.contains("154 samples in"), "\(result.errors)")
    var lines = journal.lines
    lines[3] = try JournalLines.line(changed)
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: journal.path)) == Data(lines.joined()))
    // --fresh begins anew indeed.
    try whole.run(["--fresh"])
    #expect(
      try Data(contentsOf: URL(fileURLWithPath: journal.path)) == Data(journal.lines.joined()))
  }

  @Test(arguments: [(SIGINT, Int32(130)), (SIGTERM, Int32(143))])
  func interrupted(_ number: Int32, _ status: Int32) throws {
    let scratch = try TemporaryFolder()
    let expected = try WholeRuns.outcome("mini-vqav2/val")
    let size = try #require(expected["predictions.jsonl"]).count
    let run = WorldRun("mini-vqav2/val", under: scratch("interrupted"))
    let command = try Started(run.arguments(Self.slow), log: scratch("first"))
    #expect(command.waitForJournal(size / 10, under: run.output))
    kill(command.id, number)
    #expect(command.waited() == status)
    // The journal is flushed: whole lines to its end, and no file beside it.
    let folder = try run.folder()
    let journal = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/predictions.jsonl"))
    #expect(journal.count >= size / 10 && journal.count < size && journal.last == 0x0A)
    var end = 0
    journal.withUnsafeBytes { JournalLines.forEach(in: $0, path: "journal") { end = $1 } }
    #expect(end == journal.count)
    #expect(
      try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
        == ["plan.json", "predictions.jsonl"])
    try run.run()
    expectSame(try run.outcome(), as: expected, "signal \(number)")
  }

  /// Two processes on one run: the second is told so and changes nothing.
  @Test func anotherProcess() throws {
    let scratch = try TemporaryFolder()
    let whole = try WholeRuns.copy("mini-vqav2/val", to: scratch("whole"))
    let run = WorldRun("mini-vqav2/val", under: scratch("shared"))
    let first = try Started(run.arguments(Self.slow), log: scratch("first"))
    #expect(first.waitForJournal(1, under: run.output))
    kill(first.id, SIGSTOP)
    let before = journalSize(under: run.output)
    let second = try run.run(expecting: 74)
    #expect(second.errors.contains("another run is writing it"), "\(second.errors)")
    #expect(second.errors.utf8.filter { $0 == 0x0A }.count == noted(second.errors) + 1)
    #expect(journalSize(under: run.output) == before)
    kill(first.id, SIGCONT)
    #expect(first.waited() == 0)
    expectSame(try run.outcome(), as: try whole.outcome(), "the first of two")
  }
}

/// How many lines of standard error only say what the weights are.
func noted(_ errors: String) -> Int {
  errors.split(separator: "\n").count { $0.contains("untrained weights") }
}

/// The journal of a run that is complete, to be begun with again.
struct Journaled {
  let folder: String
  let path: String
  /// Its lines, each with its newline.
  let lines: [[UInt8]]
  /// Their objects, without checksums.
  let objects: [JSONObject]

  init(_ run: WorldRun) throws {
    folder = try run.folder()
    path = "\(folder)/predictions.jsonl"
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).dropLast().map {
      $0 + [0x0A]
    }
    var objects: [JSONObject] = []
    bytes.withUnsafeBytes {
      JournalLines.forEach(in: $0, path: "journal") { value, _ in
        if let object = value.object { objects.append(object) }
      }
    }
    self.objects = objects
    try #require(objects.count == lines.count)
  }

  /// Takes the run back to where its journal has these lines, and these bytes behind them.
  func begin(with lines: [[UInt8]], _ tail: [UInt8] = []) throws {
    for name in try FileManager.default.contentsOfDirectory(atPath: folder)
    where name != "plan.json" {
      try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
    }
    try Data(lines.joined() + tail).write(to: URL(fileURLWithPath: path))
  }
}
