/// What keeps a model from being loaded or asked.
public enum ModelError: Error, Sendable, Equatable {
  /// A number among the weights is infinite or no number.
  case notFinite(file: String, tensor: String, remedy: String)
  /// A tensor that the model needs is not in the file.
  case missingTensor(file: String, tensor: String, remedy: String)
  /// A tensor has another shape than the model needs.
  case wrongShape(file: String, tensor: String, expected: [Int], found: [Int], remedy: String)
}

extension ModelError: CustomStringConvertible {
  /// One line: what, where, how to mend it.
  public var description: String {
    switch self {
    case .notFinite(let file, let tensor, let remedy):
      "\(file): \(tensor) holds a number that is not finite; \(remedy)"
    case .missingTensor(let file, let tensor, let remedy):
      "\(file): lacks the tensor \(tensor); \(remedy)"
    case .wrongShape(let file, let tensor, let expected, let found, let remedy):
      "\(file): \(tensor) has the shape \(found), expected \(expected); \(remedy)"
    }
  }
}
