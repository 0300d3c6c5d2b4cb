import Datasets
import Evaluation
import Foundation
import Models
import Records
import TestSupport
import Testing

/// A retrieval that is killed, and files that are damaged.
@Suite struct RetrievalResumeTests {
  private let made: MadeRetrieval
  private let lines: [String]

  init() throws {
    made = try MadeRetrieval(images: 7, texts: 10)
    let job = made.job("whole")
    _ = try made.run(job)
    lines = try made.lines([job])
    try #require(lines.count == 7)
  }

  private func files(_ folder: String) -> [String] {
    let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
    return names.sorted().map { "\(folder)/\($0)" }.filter { path in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
        && !isFolder.boolValue
    }
  }

  private func content(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  /// Nothing is encoded twice, wherever the scoring ends.
  @Test func killedWhileScoring() throws {
    for limit in 0...6 {
      let first = CountingRetrieval(made.model, limit: limit)
      var job = made.job("killed-\(limit)", counting: first)
      job.batchSize = 2
      #expect(throws: CountingRetrieval.Killed.self) { try made.run(job) }
      #expect(first.counts.pictures == 7 && first.counts.texts == 10)
      let second = CountingRetrieval(made.model)
      #expect(try made.run(made.job("killed-\(limit)", counting: second)).isEmpty)
      #expect(second.counts.pictures == 0 && second.counts.texts == 0)
      #expect(try made.lines([job]) == lines)
    }
  }

  /// The journal of lines is cut anywhere after the run was complete.
  @Test func linesAreCut() throws {
    var random = TestRandom(seed: 3)
    let job = made.job("cut")
    _ = try made.run(job)
    let whole = try content(MadeRetrieval.journal(job))
    for _ in 0..<8 {
      let length = random.below(whole.count)
      try Data(whole.prefix(length)).write(to: URL(fileURLWithPath: MadeRetrieval.journal(job)))
      let left = whole.prefix(length).count { $0 == UInt8(ascii: "\n") }
      let counting = CountingRetrieval(made.model)
      #expect(try made.run(made.job("cut", counting: counting)).isEmpty)
      #expect(try content(MadeRetrieval.journal(job)) == whole)
      // Lines that are there are not made again.
      #expect(counting.counts.scored.count == 7 - left)
    }
  }

  /// Any file of a part that stopped is cut or changed: what is damaged is made anew.
  @Test func filesOfAPartAreDamaged() throws {
    var random = TestRandom(seed: 8)
    var remade = 0
    for round in 0..<24 {
      let parts = (1...2).map { made.job("damaged-\(round)", Shard(index: $0, of: 2)) }
      #expect(throws: EvaluationError.self) { try made.run(parts[0]) }
      let files = files(parts[0].folder) + files(parts[0].common)
      // Four pictures, the texts and what the pictures are compared by, and two journals.
      #expect(files.count == 8)
      let path = files[random.below(files.count)]
      let bytes = try content(path)
      let damaged =
        round % 2 == 0
        ? Array(bytes.prefix(random.below(max(1, bytes.count)))) : random.damage(bytes)
      try Data(damaged).write(to: URL(fileURLWithPath: path))
      let counting = CountingRetrieval(made.model)
      #expect(throws: EvaluationError.self) {
        try made.run(made.job("damaged-\(round)", Shard(index: 1, of: 2), counting: counting))
      }
      #expect(counting.counts.pictures <= 4)
      remade += counting.counts.pictures + counting.counts.texts
      for part in [parts[1], parts[0]] { #expect(try made.run(part).isEmpty) }
      #expect(try made.lines(parts) == lines, "\(round) \(path)")
    }
    #expect(remade > 0)
  }

  /// A damaged file of another part is named, and mended by that part.
  @Test func filesOfAnotherPartAreDamaged() throws {
    let parts = (1...2).map { made.job("other", Shard(index: $0, of: 2)) }
    #expect(throws: EvaluationError.self) { try made.run(parts[1]) }
    let foreign = files(parts[1].common)
    #expect(foreign.count == 2)
    for path in foreign {
      let bytes = try content(path)
      for change in 0..<3 {
        var damaged = bytes
        switch change {
        case 0: damaged[bytes.count - 9] ^= 0x10
        case 1: damaged.removeLast(3)
        default: damaged = Array("{}".utf8)
        }
        try Data(damaged).write(to: URL(fileURLWithPath: path))
        let error = try #require(throws: EvaluationError.self) { try made.run(parts[0]) }
        #expect("\(error)".contains("the parts 2/2") && "\(error)".contains(path), "\(error)")
        #expect(!"\(error)".contains("\n"))
        #expect(try made.lines([parts[0]]).isEmpty)
        // The other part makes it anew, the same bytes.
        #expect(throws: Never.self) { _ = try? made.run(parts[1]) }
        #expect(try content(path) == bytes)
        try FileManager.default.removeItem(atPath: MadeRetrieval.journal(parts[1]))
      }
    }
    #expect(try made.run(parts[0]).isEmpty)
    _ = try made.run(parts[1])
    #expect(try made.lines(parts) == lines)
  }

  /// Files of another run or another division are not taken.
  @Test func filesOfAnotherRun() throws {
    let first = made.job("mixed", Shard(index: 1, of: 2))
    let second = made.job("mixed", Shard(index: 2, of: 2))
    #expect(throws: EvaluationError.self) { try made.run(first) }
    var other = second
    other.key = "another"
    let error = try #require(throws: EvaluationError.self) { try made.run(other) }
    #expect("\(error)".contains("the parts 1/2 encode"))
    #expect(throws: EvaluationError.self) {
      try made.run(made.job("mixed", Shard(index: 2, of: 3)))
    }
    // A file of the right name of another run says what it is.
    let names = files(first.common)
    let own = try #require(names.first { $0.contains("visuals-2-of-2") })
    let name = try #require(names.first { $0.contains("visuals-1-of-2") })
    let digits = name.suffix(24)
    try FileManager.default.moveItem(
      atPath: own, toPath: "\(first.common)/visuals-2-of-2-" + digits.suffix(24))
    let message = "\(try #require(throws: EvaluationError.self) { try made.run(first) })"
    #expect(message.contains("it is of another run"), "\(message)")
    #expect(try made.run(second).isEmpty)
    #expect(try made.run(first).isEmpty)
    #expect(try made.lines([first, second]) == lines)
  }

  /// A picture that is another than the one that was compared.
  @Test func mediaChange() throws {
    let job = made.job("changes", Shard(index: 1, of: 2))
    #expect(throws: EvaluationError.self) { try made.run(job) }
    #expect(throws: EvaluationError.self) {
      try made.run(made.job("changes", Shard(index: 2, of: 2)).changed { $0.key = "other" })
    }
    #expect(try made.run(made.job("changes", Shard(index: 2, of: 2))).isEmpty)
    let path = made.requests[1].path
    let other = try content(made.requests[6].path)
    try Data(other).write(to: URL(fileURLWithPath: path))
    let error = try #require(throws: EvaluationError.self) { try made.run(job) }
    #expect("\(error)".contains("\(path) has changed since the run began; run with --fresh"))
    #expect(try made.lines([job]).isEmpty)

    // Begun anew, as the message says, the parts compare what is there now.
    let anew = [1, 2].map { index in
      made.job("changes", Shard(index: index, of: 2)).changed { $0.isFresh = true }
    }
    for job in anew { try FileManager.default.removeItem(atPath: job.folder) }
    #expect(try made.run(anew[0]).isEmpty)
    #expect(try made.run(anew[1]).isEmpty)
    let whole = made.job("changed")
    #expect(try made.run(whole).isEmpty)
    #expect(try made.lines(anew) == made.lines([whole]))
    #expect(try made.lines([whole]) != lines)
  }

  /// With a cache of the user's, features are made once for several runs; the lines are the same.
  @Test func cache() throws {
    let folder = made.scratch("cache")
    for round in 0..<2 {
      let counting = CountingRetrieval(made.model)
      var job = made.job("cached-\(round)", counting: counting)
      job.cache = FeatureStore(memory: 1 << 20, folder: folder)
      #expect(try made.run(job).isEmpty)
      #expect(counting.counts.pictures == (round == 0 ? 7 : 0))
      #expect(try made.lines([job]) == lines)
    }
    #expect(files(folder).count == 7)
  }

  @Test func stepsAreReported() throws {
    let steps = Steps()
    var job = made.job("steps")
    job.progress = { steps.add($0) }
    #expect(try made.run(job).isEmpty)
    let all = steps.all
    #expect(
      all.map(\.step).uniqued() == ["encode texts", "encode images", "compare", "score pairs"])
    for step in all.map(\.step).uniqued() {
      let own = all.filter { $0.step == step }
      #expect(own.map(\.done) == own.map(\.done).sorted())
      if step != "compare" { #expect(own.last?.done == own.last?.total) }
    }
  }
}

/// What was reported, by any thread.
private final class Steps: @unchecked Sendable {
  private let lock = NSLock()
  private var steps: [RetrievalJob.Progress] = []

  func add(_ step: RetrievalJob.Progress) { lock.withLock { steps.append(step) } }

  var all: [RetrievalJob.Progress] { lock.withLock { steps } }
}
