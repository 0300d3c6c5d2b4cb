import Datasets
import Models
import Records

extension RetrievalRun {
  /// Runs what is left of a part of a benchmark.
  ///
  /// - Parameters:
  ///   - journal: Gets a line an image or a clip.
  ///   - answered: Those that have one.
  /// - Returns: The images or clips that could not be seen, and why.
  /// - Throws: As `run(_:_:answered:)` of a `RetrievalJob`; `ModelError.cannot` for a model that
  ///   compares nothing.
  static func run(
    _ job: RunJob, _ journal: Journal, answered: Set<SampleID>
  ) throws -> [RunFailure] {
    guard let model = job.model as? any Retrieval else {
      throw ModelError.cannot(
        model: job.model.name, task: job.task.task.rawValue,
        reason: "it does not compare texts with pictures", remedy: "name another benchmark")
    }
    let set = "\(job.plan.benchmark)/\(job.plan.split)"
    var retrieval = RetrievalJob(
      model: model, task: job.task, samples: job.samples, requests: job.requests, set: set,
      key: job.plan.key, folder: job.folder, common: job.common)
    retrieval.shard = job.shard
    // Without a folder of the user's, features are kept in that of the run while it lasts.
    retrieval.cache = job.features.folder == nil ? nil : job.features
    retrieval.batchSize = job.settings.batchSize
    retrieval.threads = job.settings.decodingThreads
    retrieval.memory = job.settings.featureMemory
    retrieval.wait = job.settings.wait
    retrieval.isFresh = job.settings.isFresh
    retrieval.allowsPartial = job.settings.allowsPartial
    retrieval.progress = { progress in
      job.progress(
        RunProgress(
          step: "\(set): \(progress.step)", what: progress.what, before: progress.before,
          done: progress.done, total: progress.total, failures: progress.failures))
    }
    return try run(retrieval, journal, answered: answered)
  }
}
