import Datasets
import Models
import Records

/// Asks a model the samples of a benchmark's split, except for a retrieval: images and clips in the
/// order of their first use, each seen once for all of its samples, the samples of a window in
/// batches of like length, each batch in the journal as soon as it is answered.
struct SampleRun {
  /// The samples of one image or clip that are still to be asked.
  private struct Group {
    let medium: Int
    var samples: [Int]
  }

  private let job: RunJob
  private let questions: SampleQuestions
  private let journal: Journal
  private let modelDigest: String
  private var failures: [RunFailure] = []
  private var done: Int
  private let before: Int
  private let total: Int

  /// How many bytes of features a window may hold.
  private static let windowBytes = 256 << 20

  /// - Parameter answered: The samples that are in the journal.
  /// - Throws: `ModelError` for a task or a list of answers that the model cannot do.
  private init(
    _ job: RunJob, _ members: PredictionMembers, _ journal: Journal, before: Int, total: Int
  ) throws {
    self.job = job
    self.journal = journal
    questions = try SampleQuestions(job, members: members)
    modelDigest = FeatureKey.digest(of: job.model)
    (self.before, done, self.total) = (before, before, total)
  }

  /// Asks what is left of a part.
  ///
  /// - Parameters:
  ///   - answered: The samples that are in the journal.
  ///   - media: What those are about.
  /// - Returns: The samples that have no answer, and why.
  /// - Throws: `ModelError`, and `RecordError` where the journal cannot be written.
  static func run(
    _ job: RunJob, _ members: PredictionMembers, _ journal: Journal, answered: Set<SampleID>,
    about media: JournaledMedia
  ) throws -> [RunFailure] {
    let own = groups(of: job)
    let total = own.reduce(0) { $0 + $1.samples.count }
    var left: [Group] = []
    for var group in own {
      group.samples.removeAll { answered.contains(job.samples.samples[$0].id) }
      if !group.samples.isEmpty { left.append(group) }
    }
    let count = left.reduce(0) { $0 + $1.samples.count }
    var run = try SampleRun(job, members, journal, before: total - count, total: total)
    try run.ask(left, about: media)
    return run.orderedFailures
  }

  /// The samples of a part, by image or clip: those of one are never divided between parts.
  private static func groups(of job: RunJob) -> [Group] {
    var groups: [Group] = []
    var places: [Int: Int] = [:]
    for (index, sample) in job.samples.samples.enumerated() {
      guard let medium = sample.media.first else { continue }
      if let place = places[medium] {
        groups[place].samples.append(index)
      } else {
        places[medium] = groups.count
        groups.append(Group(medium: medium, samples: [index]))
      }
    }
    return Array(groups[job.shard.range(of: groups.count)])
  }

  /// How many samples a part has.
  static func count(of job: RunJob) -> Int {
    groups(of: job).reduce(0) { $0 + $1.samples.count }
  }

  private mutating func ask(_ groups: [Group], about media: JournaledMedia) throws {
    report()
    var seeing = try SeeingMedia(
      job, modelDigest: modelDigest, about: media, in: journal.path,
      order: groups.flatMap { group in
        [group.medium] + group.samples.flatMap { job.samples.samples[$0].media.dropFirst() }
      })
    var window: [Int] = []
    for (place, group) in groups.enumerated() {
      window += group.samples
      let isFull =
        window.count >= 4 * job.settings.batchSize || seeing.heldBytes >= Self.windowBytes
      if !isFull, place + 1 < groups.count {
        // Pictures go through the encoder several at a time.
        try seeing.look(ahead: group.samples.flatMap { job.samples.samples[$0].media })
        continue
      }
      try answer(window, &seeing)
      window = []
      seeing.forget(except: place + 1 < groups.count ? groups[place + 1].medium : nil)
    }
  }

  /// Asks the samples of a window.
  private mutating func answer(_ window: [Int], _ seeing: inout SeeingMedia) throws {
    let samples = window.map { job.samples.samples[$0] }
    try seeing.see(samples.flatMap(\.media))
    var ready: [ReadySample] = []
    for sample in samples {
      var seen: [SeenFeatures] = []
      for medium in sample.media {
        switch seeing.result(of: medium) {
        case .success(let features): seen.append(features)
        case .failure(let error):
          fail(
            sample.id, error,
            code: RunFailure.code(of: error) ?? MediaProblems.code(of: error))
        }
        if seen.isEmpty { break }
      }
      if seen.count == sample.media.count { ready.append(ReadySample(sample: sample, seen: seen)) }
    }
    // Stable: of equal length the earlier one first.
    let sorted = ready.enumerated().sorted {
      (questions.length(of: $0.element.sample), $0.offset)
        < (questions.length(of: $1.element.sample), $1.offset)
    }.map(\.element)
    for start in stride(from: 0, to: sorted.count, by: job.settings.batchSize) {
      try ask(Array(sorted[start..<min(start + job.settings.batchSize, sorted.count)]))
    }
  }

  /// Asks a batch; where it cannot be answered as one, its samples one by one.
  private mutating func ask(_ batch: [ReadySample]) throws {
    do {
      let lines = try questions.lines(of: batch)
      try journal.append(lines.map(\.record))
      done += lines.count
    } catch {
      guard let code = RunFailure.code(of: error) else { throw error }
      if batch.count > 1 {
        for sample in batch { try ask([sample]) }
        return
      }
      fail(batch[0].sample.id, error, code: code)
      try stopIfHopeless(error)
    }
    report()
  }

  private mutating func fail(_ id: SampleID, _ error: any Error, code: String) {
    guard failures.last?.id != id else { return }
    failures.append(RunFailure(id: id, code: code, error: error))
    report()
  }

  /// In the order of the samples, whatever was in one batch: `run.json` names the first ones.
  private var orderedFailures: [RunFailure] {
    guard !failures.isEmpty else { return [] }
    let places = Dictionary(
      job.samples.samples.enumerated().map { ($0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    return failures.sorted { (places[$0.id] ?? .max) < (places[$1.id] ?? .max) }
  }

  /// Weights that give no numbers give none for the next hundred thousand samples either.
  private func stopIfHopeless(_ error: any Error) throws {
    if done == before, failures.count >= 32, failures.allSatisfy({ $0.code == "not_computable" }) {
      throw error
    }
  }

  private func report() {
    job.progress(
      RunProgress(
        step: "\(job.plan.benchmark)/\(job.plan.split)", what: "samples", before: before,
        done: done, total: total, failures: failures.count))
  }
}
