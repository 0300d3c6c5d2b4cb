import Records

/// What a model is asked of a split: the samples in the order of the references, and the images or
/// clips that they are about.
public struct SampleSet: Sendable {
  /// The samples, with the ids that a prediction file has. Those of a retrieval are its images or
  /// clips.
  public let samples: [InputSample]
  /// The images or clips, each once, in the order of first use.
  public let media: [MediaReference]
  /// The texts of a retrieval in the order of the references; empty for other tasks.
  public let texts: [String]
  /// The closed list of answers that video questions are ranked over; nil where answers are free.
  public let answers: AnswerCandidates?
  /// The files that were read.
  public let files: [SourceFile]
  /// What a reader of the numbers must know of the files.
  public let problems: [Problem]

  /// Puts a set together.
  package init(
    samples: [InputSample], media: [MediaReference], texts: [String] = [],
    answers: AnswerCandidates? = nil, files: [SourceFile], problems: [Problem] = []
  ) {
    self.samples = samples
    self.media = media
    self.texts = texts
    self.answers = answers
    self.files = files
    self.problems = problems
  }
}

/// One sample: a text, where the task has one, about an image, a clip or two images.
public struct InputSample: Sendable, Hashable {
  /// The id that a prediction file has.
  public let id: SampleID
  /// Its images or clips as places in `SampleSet.media`: two for NLVR2, left and right; else one.
  public let media: [Int]
  /// The question, the expression, the hypothesis or the statement, as the data set has it; nil
  /// where none goes in.
  public let text: String?
  /// Words that stand in the picture, in order; for questions, where the data set has them.
  public let ocr: [String]
  /// Names of objects in the picture, separated by `&&`; nil where the data set has no such field.
  public let objects: String?

  /// Puts a sample together.
  package init(
    id: SampleID, media: [Int], text: String? = nil, ocr: [String] = [], objects: String? = nil
  ) {
    self.id = id
    self.media = media
    self.text = text
    self.ocr = ocr
    self.objects = objects
  }
}
