import Records

/// The references of a split, with the files that they were read from.
public struct ReferenceSet: Sendable {
  /// What the references are.
  public enum Content: Sendable {
    /// Human answers to questions, ten of each (VQAv2).
    case answers(AnswerReferences)
    /// One answer to each question, compared as a string (MSRVTT-QA, MSVD-QA).
    case exactAnswers(ExactAnswerReferences)
    /// Human captions of images or clips.
    case captions(CaptionReferences)
    /// One class of each sample (SNLI-VE, NLVR2).
    case labels(LabelReferences)
    /// One box of each expression (RefCOCO).
    case boxes(BoxReferences)
    /// Texts and the images or clips that they describe.
    case retrieval(RetrievalReferences)
    /// Ids of samples whose references only the official server knows.
    case hidden(ids: [SampleID])
  }

  /// The references themselves.
  public let content: Content
  /// The files that were read.
  public let files: [SourceFile]
  /// The name in signatures, such as `karpathy-test`; `custom` for files given as they are.
  public let label: String
  /// What a reader of the numbers must know of the files, such as ids that were made up.
  public let problems: [Problem]

  /// Puts a set together.
  package init(
    content: Content, files: [SourceFile], label: String, problems: [Problem] = []
  ) {
    self.content = content
    self.files = files
    self.label = label
    self.problems = problems
  }

  /// The samples that a complete prediction file has, in the order of the references. A retrieval
  /// set is counted by its images or clips.
  public var ids: [SampleID] {
    switch content {
    case .answers(let references): references.ids
    case .exactAnswers(let references): references.ids
    case .captions(let references): references.ids
    case .labels(let references): references.ids
    case .boxes(let references): references.ids
    case .retrieval(let references): references.images
    case .hidden(let ids): ids
    }
  }

  /// How many samples a complete prediction file has.
  public var count: Int { ids.count }
}
