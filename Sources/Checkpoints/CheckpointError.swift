import Records

/// What can be wrong with a checkpoint.
public enum CheckpointError: Error, Sendable, Equatable {
  /// The file is no checkpoint, or one in a container that is not read.
  case wrongKind(file: String, found: String, remedy: String)
  /// The file is a checkpoint and the weights are not where they should be in it.
  case noState(file: String, reason: String, remedy: String)
  /// What the file says about a tensor is impossible, or not read here.
  case badTensor(file: String, tensor: String, reason: String, remedy: String)
  /// The model needs tensors that the file lacks or holds in another shape.
  case notLoadable(file: String, reason: String, remedy: String)
}

extension CheckpointError: CustomStringConvertible {
  /// One line: what, where, how to mend it.
  public var description: String {
    switch self {
    case .wrongKind(let file, let found, let remedy):
      "\(file): expected a checkpoint (.pth or .safetensors), found \(found); \(remedy)"
    case .noState(let file, let reason, let remedy), .notLoadable(let file, let reason, let remedy):
      "\(file): \(reason); \(remedy)"
    case .badTensor(let file, let tensor, let reason, let remedy):
      "\(file): tensor '\(tensor)': \(reason); \(remedy)"
    }
  }
}
