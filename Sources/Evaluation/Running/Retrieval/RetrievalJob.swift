import Datasets
import Models
import Records

/// A retrieval that is to be run, or a part of one.
package struct RetrievalJob: Sendable {
  /// The model, loaded for the task.
  package let model: any Retrieval
  /// How it is asked.
  package let task: TaskProtocol
  /// The images or clips, one a sample, and all texts.
  package let samples: SampleSet
  /// Where each of `samples.media` lies, or that it is not there.
  package let requests: [MediaRequest]
  /// The part that this process does.
  package var shard = Shard.whole
  /// The benchmark and the split, for messages.
  package var set: String
  /// The run's key: everything that can change a prediction but the media. The same for all parts.
  package var key: String
  /// The folder of this part, which is there.
  package var folder: String
  /// A folder for files between the parts; it is made where it is missing.
  package var common: String
  /// Features that outlive the run, in a folder; nil where nobody asked for it.
  package var cache: FeatureStore?
  /// How many pictures go through the model together. No result depends on it.
  package var batchSize = 16
  /// How many media files are decoded at a time.
  package var threads = 1
  /// How many bytes of features are kept in memory.
  package var memory = 1 << 30
  /// How many seconds this part waits for what the others make.
  package var wait: Double = 0
  /// Whether what this part encoded before is thrown away.
  package var isFresh = false
  /// Whether images or clips that cannot be seen are left out.
  package var allowsPartial = false
  /// Is told how far a step is.
  package var progress: @Sendable (Progress) -> Void = { _ in }

  /// How far a step of the run is.
  package struct Progress: Sendable, Hashable {
    /// What is done, such as `encode texts`.
    package let step: String
    /// What is counted, in the plural.
    package let what: String
    /// How many were there before this process.
    package let before: Int
    /// How many are done, those included.
    package let done: Int
    /// How many there are.
    package let total: Int
    /// How many could not be done.
    package let failures: Int
  }

  /// Puts a job together.
  package init(
    model: any Retrieval, task: TaskProtocol, samples: SampleSet, requests: [MediaRequest],
    set: String, key: String, folder: String, common: String
  ) {
    self.model = model
    self.task = task
    self.samples = samples
    self.requests = requests
    self.set = set
    self.key = key
    self.folder = folder
    self.common = common
  }

  /// The images or clips of this part.
  var visuals: Range<Int> { shard.range(of: samples.samples.count) }

  /// What is looked at, in the plural.
  var noun: String { task.task.isVideo ? "clips" : "images" }

  /// What is asked for to see an image or a clip.
  func request(_ visual: Int) -> MediaRequest {
    requests[samples.samples[visual].media.first ?? 0]
  }

  func report(
    _ step: String, _ what: String, before: Int = 0, done: Int, of total: Int, failures: Int = 0
  ) {
    progress(
      Progress(
        step: step, what: what, before: before, done: done, total: total, failures: failures))
  }
}
