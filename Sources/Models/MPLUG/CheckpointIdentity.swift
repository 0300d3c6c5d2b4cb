import Checkpoints
import Synchronization

/// The content of the file that a model was loaded from, for signatures.
package final class CheckpointIdentity: Sendable {
  /// The file, as it was named.
  package let path: String
  /// Its bytes.
  package let size: Int
  /// What the one who saved it says of the weights, such as `untrained`: the note `weights`.
  package let weightsNote: String?
  private let checkpoint: Checkpoint
  private let digest = Mutex<String?>(nil)

  init(_ checkpoint: Checkpoint) {
    (path, size) = (checkpoint.path, checkpoint.size)
    weightsNote = checkpoint.notes["weights"]
    self.checkpoint = checkpoint
  }

  /// SHA-256 of the file that was opened, in hexadecimal. The first call reads all of it, which takes
  /// seconds; later ones know it.
  package var sha256: String {
    digest.withLock { known in
      if let known { return known }
      let made = checkpoint.sha256()
      known = made
      return made
    }
  }
}
