import Foundation
import Tensors

/// What the user asks of a run beside the benchmark.
package struct RunSettings: Sendable {
  /// The checkpoint.
  package var checkpoint: String
  /// The vocabulary, an entry a line.
  package var vocabulary: String
  /// A name of the model registry or a configuration file; nil for what the checkpoint's sizes say.
  package var model: String?
  /// The model's name in results; nil for that of its configuration.
  package var name: String?
  /// The folder under which the official files and the media lie.
  package var data: String
  /// The folder of results.
  package var output: String
  /// So many samples only, the first ones; of a retrieval images or clips. Nil for all.
  package var limit: Int?
  /// How many texts, and how many pictures, go through the model together. No result depends on it.
  package var batchSize = 16
  /// How many media files are decoded at a time.
  package var decodingThreads = ProcessInfo.processInfo.activeProcessorCount
  /// What computes.
  package var engine: Engine
  /// The part that this process does.
  package var shard = Shard.whole
  /// Whether what an earlier run left is thrown away.
  package var isFresh = false
  /// Whether samples that cannot be asked are left out of the numbers, which then say so.
  package var allowsPartial = false
  /// A folder that keeps features between runs; nil for none.
  package var featureCache: String?
  /// How many bytes of features are kept in memory.
  package var featureMemory = 512 << 20
  /// How many seconds a part waits for what the other parts make.
  package var wait: Double = 0

  /// Settings with the defaults.
  package init(
    checkpoint: String, vocabulary: String, data: String, output: String, engine: Engine
  ) {
    self.checkpoint = checkpoint
    self.vocabulary = vocabulary
    self.data = data
    self.output = output
    self.engine = engine
  }
}
