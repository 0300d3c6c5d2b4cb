import Media
import Tensors

/// A model that answers questions of some kinds about pictures and videos. What it can do is told by
/// the protocols of this file that it conforms to, narrowed by `tasks`: a checkpoint may lack a part.
///
/// All functions are pure: a result depends on weights, inputs and protocol alone, neither on what
/// else is in a batch nor on threads nor on instructions, to the bit. Visual features come first and
/// serve any number of texts. An error about one sample ends its batch: asked one by one, the others
/// get the results that they would have got.
package protocol Model: Sendable {
  /// The name of its configuration, such as `mplug-base`.
  var name: String { get }
  /// Everything beside protocol and inputs that can change a result: weights, sizes, vocabulary. With
  /// a task's `signatureFields` it is the key of a prediction, with its `featureSignature` that of a
  /// cached feature. The first call reads the whole checkpoint.
  var identity: [SignatureField] { get }
  /// What is to be said of the weights beside every number, such as `untrained`; nil for nothing.
  var weightsNote: String? { get }
  /// What it can be asked with the weights that are loaded.
  var tasks: Set<ModelTask> { get }
  /// How it does a task unless other settings are asked for.
  ///
  /// - Throws: `ModelError.cannot`.
  func taskProtocol(for task: ModelTask) throws -> TaskProtocol

  /// Sees pictures.
  ///
  /// - Parameter pictures: Of one size, made by the protocol's `imageTransform`.
  /// - Returns: The features of each.
  /// - Throws: `ModelError`.
  func features(of pictures: [PixelTensor], _ task: TaskProtocol) throws -> [VisualFeatures]

  /// Sees videos.
  ///
  /// - Parameter videos: Frames of one size, made by the protocol's sampler and normalisation.
  /// - Returns: The features of each.
  /// - Throws: `ModelError`.
  func features(of videos: [FrameTensor], _ task: TaskProtocol) throws -> [VisualFeatures]
}

/// Answers questions about pictures and videos.
package protocol QuestionAnswering: Model {
  /// Answers in words of its own.
  ///
  /// - Throws: `ModelError`.
  func answers(to questions: [VisualText], _ task: TaskProtocol) throws -> [GeneratedText]

  /// Makes a list of answers ready for ranking, once for all questions.
  ///
  /// - Throws: `ModelError`.
  func candidates(_ answers: [String]) throws -> AnswerCandidates

  /// Ranks the answers of a list.
  ///
  /// - Throws: `ModelError`.
  func rankedAnswers(
    to questions: [VisualText], among candidates: AnswerCandidates, _ task: TaskProtocol
  ) throws -> [RankedAnswers]
}

/// Describes pictures and videos.
package protocol Captioning: Model {
  /// Captions.
  ///
  /// - Throws: `ModelError`.
  func captions(of samples: [VisualSample], _ task: TaskProtocol) throws -> [GeneratedText]
}

/// Compares texts with pictures and videos.
package protocol Retrieval: Model {
  /// Encodes the texts of a gallery.
  ///
  /// - Throws: `ModelError`.
  func gallery(of texts: [TextInput], _ task: TaskProtocol) throws -> TextGallery

  /// The most similar texts of each picture and the most similar pictures of each text.
  ///
  /// - Parameter embeddings: The contrastive features of all pictures or videos.
  /// - Throws: `ModelError`.
  func shortlists(
    of embeddings: [[Float]], and gallery: TextGallery, _ task: TaskProtocol
  ) throws -> Shortlists

  /// Scores the pairs of the shortlists, each once.
  ///
  /// - Parameters:
  ///   - visuals: The pictures or videos whose pairs are scored: all, or a shard of them.
  ///   - features: Gives the features of one, again or from a cache; asked once for each.
  ///   - progress: Is told how many pairs of how many are scored.
  /// - Throws: `ModelError`, and what `features` throws.
  func scores(
    of shortlists: Shortlists, _ gallery: TextGallery, visuals: Range<Int>, _ task: TaskProtocol,
    features: (Int) throws -> VisualFeatures, progress: (_ done: Int, _ total: Int) -> Void
  ) throws -> MatchingScores
}

/// Finds what phrases mean.
package protocol Grounding: Model {
  /// A box for each phrase.
  ///
  /// - Throws: `ModelError`.
  func boxes(of phrases: [VisualText], _ task: TaskProtocol) throws -> [FoundBox]
}

/// Judges statements.
package protocol Judging: Model {
  /// Whether pictures entail sentences.
  ///
  /// - Throws: `ModelError`.
  func entailments(of sentences: [VisualText], _ task: TaskProtocol) throws -> [Classified]

  /// Whether statements about two pictures are true.
  ///
  /// - Throws: `ModelError`.
  func judgements(of statements: [PairText], _ task: TaskProtocol) throws -> [Classified]
}
