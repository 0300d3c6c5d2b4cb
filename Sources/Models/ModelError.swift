/// What keeps a model from being loaded or asked.
public enum ModelError: Error, Sendable, Equatable {
  /// A number among the weights is infinite or no number.
  case notFinite(file: String, tensor: String, remedy: String)
  /// A tensor that the model needs is not in the file.
  case missingTensor(file: String, tensor: String, remedy: String)
  /// A tensor has another shape than the model needs.
  case wrongShape(file: String, tensor: String, expected: [Int], found: [Int], remedy: String)
  /// A setting of a YAML file is not what it may be.
  case badSetting(file: String, setting: String, found: String, expected: String)
  /// A model cannot do what is asked of it.
  case cannot(model: String, task: String, reason: String, remedy: String)
  /// What was computed of a sample is no number.
  case notComputable(sample: String, task: String, what: String, remedy: String)
  /// No model has the name.
  case unknownModel(name: String, hint: String, known: [String])
  /// An id has no embedding.
  case unknownToken(id: Int, vocabulary: Int, remedy: String)
  /// A text has more tokens than there are positions.
  case textTooLong(tokens: Int, limit: Int, remedy: String)
  /// A text has no token that may be attended to.
  case emptyText(index: Int, remedy: String)
  /// A picture that the visual encoder cannot take.
  case unfitImage(index: Int, width: Int, height: Int, reason: String, remedy: String)
  /// A setting of a search has a value that makes no sense.
  case unusableSetting(name: String, found: String, remedy: String)
  /// The decoder's logits for an item of a batch are infinite or no numbers.
  case logitsNotFinite(item: Int, remedy: String)
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
    case .badSetting(let file, let setting, let found, let expected):
      "\(file): \(setting) is \(found), expected \(expected)"
    case .cannot(let model, let task, let reason, let remedy):
      "\(model): no \(task): \(reason); \(remedy)"
    case .notComputable(let sample, let task, let what, let remedy):
      "sample \(sample), \(task): \(what) is not a number; \(remedy)"
    case .unknownModel(let name, let hint, let known):
      "unknown model '\(name)'\(hint) known are \(known.joined(separator: ", ")), "
        + "and files that end in .yaml or .json"
    case .unknownToken(let id, let vocabulary, let remedy):
      "the id \(id) is outside the vocabulary of \(vocabulary) entries; \(remedy)"
    case .textTooLong(let tokens, let limit, let remedy):
      "a text has \(tokens) ids, the model takes \(limit); \(remedy)"
    case .emptyText(let index, let remedy):
      "text \(index) of the batch has no id to attend to; \(remedy)"
    case .unfitImage(let index, let width, let height, let reason, let remedy):
      "picture \(index) of the batch, \(width) x \(height) pixels: \(reason); \(remedy)"
    case .unusableSetting(let name, let found, let remedy):
      "\(name) is \(found); \(remedy)"
    case .logitsNotFinite(let item, let remedy):
      "item \(item) of the batch: the decoder's logits are not finite; \(remedy)"
    }
  }
}
