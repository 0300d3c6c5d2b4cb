import Datasets
import Models
import Records

/// What is to be done of one benchmark by this process: the samples of a split, the model that is
/// asked, and where the answers go.
package struct RunJob: Sendable {
  /// The model, loaded for the task.
  package let model: any Model
  /// How it is asked.
  package let task: TaskProtocol
  /// What it is asked.
  package let samples: SampleSet
  /// Where each of `samples.media` lies, or that it is not there.
  package let requests: [MediaRequest]
  /// What the answers are for.
  package let plan: RunPlan
  /// What the user asks.
  package let settings: RunSettings
  /// The folder of this part of the run, which is there.
  package let folder: String
  /// Features that were made, for this run or for others.
  package let features: FeatureStore
  /// Is told how far the run is.
  package let progress: @Sendable (RunProgress) -> Void

  /// The part that this process does.
  package var shard: Shard { settings.shard }

  /// A folder for files between the parts of the run; whoever needs it makes it.
  package var common: String { plan.folder(under: settings.output, shard: .whole) + "-exchange" }
}
