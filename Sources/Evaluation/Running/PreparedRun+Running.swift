import Datasets
import Foundation
import Models
import Records

/// How a run, or a part of one, ended.
package enum RunOutcome: Sendable {
  /// The run folder is in place, with numbers or a submission.
  case finished(path: String, record: RunRecord, made: Int)
  /// The same run was there already.
  case known(path: String, record: RunRecord)
  /// A part is done; the numbers come when all parts are put together.
  case part(path: String, count: Int, made: Int)
}

extension PreparedRun {
  /// Runs what is left of it.
  ///
  /// - Parameters:
  ///   - scorer: How predictions become numbers.
  ///   - context: Who makes the run and how.
  ///   - addition: Writes what else belongs into the run folder.
  /// - Throws: `EvaluationError.samplesFailed` where samples have no prediction, unless parts are
  ///   allowed; `ModelError`, `RecordError` and what scoring throws. What was answered is kept.
  package func run(
    scorer: Scorer, context: RunWriter.Context, adding addition: RunFinish.Addition? = nil
  ) throws -> RunOutcome {
    let settings = job.settings
    let whole = plan.folder(under: settings.output, shard: .whole)
    if !settings.isFresh, let known = try finished(whole) {
      return .known(path: whole, record: known)
    }
    let journal = try openJournal()
    let failures: [RunFailure]
    if card.task == .retrieval {
      failures = try RetrievalRun.run(job, journal.file, answered: journal.answered)
    } else {
      failures = try SampleRun.run(
        job, journal.members, journal.file, answered: journal.answered, about: journal.media)
    }
    try failures.write(in: job.folder)
    if let first = failures.first, !settings.allowsPartial {
      throw EvaluationError.samplesFailed(
        set: "\(card.name)/\(split.name)", count: failures.count, of: plan.count,
        kinds: failures.problems.map { ($0.code, $0.count) }, first: "\(first.id)",
        reason: first.error)
    }
    let made = try PredictionLines([journal.file.path], journal.members).ids
      .intersection(job.samples.samples.map(\.id)).count
    guard settings.shard.isWhole else {
      return .part(
        path: job.folder, count: made, made: made - journal.answered.count)
    }
    let finish = RunFinish(plan: plan, scorer: scorer, context: context)
    let (path, record) = try finish(
      journals: [journal.file.path], failures: failures, under: settings.output, adding: addition)
    return .finished(path: path, record: record, made: made - journal.answered.count)
  }

  /// How many samples this part has an answer for already.
  ///
  /// - Throws: `RecordError`.
  package func answeredCount() throws -> Int {
    let path = "\(job.folder)/\(PredictionLines.fileName)"
    guard FileManager.default.fileExists(atPath: path) else { return 0 }
    let members = try DatasetRegistry.dataset(for: card).members
    return try PredictionLines([path], members).ids.count
  }

  /// The record of the same run, if it is complete.
  private func finished(_ folder: String) throws -> RunRecord? {
    guard FileManager.default.fileExists(atPath: "\(folder)/run.json"),
      let found = try RunPlan.read(in: folder), found.isSameRun(as: plan)
    else { return nil }
    let run = try RunFolders.one(at: folder)
    // What was left out may be there by now.
    let isPartial = run.record.status == .partial && plan.limit == nil
    return isPartial || !Self.isWhole(folder, run.record) ? nil : run.record
  }

  /// Whether the files of a run folder are those that it was made with.
  private static func isWhole(_ folder: String, _ record: RunRecord) -> Bool {
    let files = record.provenance["files"]?.array ?? []
    let predictions = files.first { $0["role"]?.string == "predictions" }
    let path = "\(folder)/\(PredictionLines.fileName)"
    return FileManager.default.fileExists(atPath: "\(folder)/samples.jsonl")
      && predictions?["sha256"]?.string == (try? SHA256.hexDigest(ofFile: path))
  }

  private struct OpenJournal {
    let file: Journal
    let answered: Set<SampleID>
    let members: PredictionMembers
    let media: JournaledMedia
  }

  private func openJournal() throws -> OpenJournal {
    let members = try DatasetRegistry.dataset(for: card).members
    try RunWriter.makeFolder(above: "\(job.folder)/\(PredictionLines.fileName)")
    if !job.settings.isFresh, let found = try RunPlan.read(in: job.folder),
      !found.isSameRun(as: plan)
    {
      throw EvaluationError.badRun(
        path: job.folder, reason: "is the folder of another run, by \(found.model)",
        remedy: "name another --output or --name; --fresh would throw that run away")
    }
    let path = "\(job.folder)/\(PredictionLines.fileName)"
    var answered: Set<SampleID> = []
    var media = JournaledMedia(job.samples)
    let journal = try Journal(path, isFresh: job.settings.isFresh) { value in
      guard let line = PredictionLine(value, members) else { return }
      if try media.note(line, in: path) { answered.insert(line.id) }
    }
    // Nobody else writes here now: what an earlier run left goes, its numbers first.
    if job.settings.isFresh { try Self.empty(job.folder) }
    try plan.write(in: job.folder)
    return OpenJournal(file: journal, answered: answered, members: members, media: media)
  }

  /// Removes all that is in a run folder but the journal.
  private static func empty(_ folder: String) throws {
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: folder)
      for name in ["run.json"] + names.filter({ $0 != "run.json" })
      where names.contains(name) && name != PredictionLines.fileName {
        try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
      }
    } catch {
      throw RecordError.writeFailed(path: folder, reason: systemReason(error))
    }
  }
}
