import Text

/// The human answers of a set of VQA questions, in the order of the annotation file.
///
/// A split has millions of answers of which few are different: they are numbers into a pool of
/// distinct strings. 214,354 questions with ten answers each take about 20 MB.
public struct VQAReferences: Sendable {
  /// The question ids.
  public private(set) var questionIDs: [Int] = []
  /// The image of each question. Questions of one image are resampled together.
  public private(set) var imageIDs: [Int] = []

  /// The distinct answers, as written.
  package private(set) var pool = InternedStrings(minimumCapacity: 1 << 12)
  /// The answers of all questions, as numbers into the pool.
  package private(set) var answers: [UInt32] = []
  /// Where the answers of question q start. One entry more than questions.
  package private(set) var answerStarts: [UInt32] = [0]
  /// The question type and the answer type of each question.
  package private(set) var questionTypes: [UInt32] = []
  package private(set) var answerTypes: [UInt32] = []

  private var questionTypePool = InternedStrings()
  private var answerTypePool = InternedStrings()
  /// Record classes of the questions that need them, one after the other, and where those of a
  /// question start.
  private var recordClasses: [UInt32] = []
  private var recordClassStarts: [Int: Int] = [:]

  /// No questions yet.
  public init() {}

  /// How many questions there are.
  public var count: Int { questionIDs.count }

  /// The names of the question types, in the order of first appearance.
  public var questionTypeNames: [String] { Self.names(questionTypePool) }

  /// The names of the answer types, in the order of first appearance.
  public var answerTypeNames: [String] { Self.names(answerTypePool) }

  /// The question type of a question, counted from 0.
  public func questionType(of question: Int) -> String {
    questionTypePool[questionTypes[question]]
  }

  /// The answer type of a question, counted from 0.
  public func answerType(of question: Int) -> String {
    answerTypePool[answerTypes[question]]
  }

  /// The human answers of a question, counted from 0, as written.
  public func answers(of question: Int) -> [String] {
    answers[answerRange(of: question)].map { pool[$0] }
  }

  /// Adds a question whose answer records are all distinct.
  public mutating func append(
    questionID: Int, imageID: Int, questionType: String, answerType: String, answers: [String]
  ) {
    let numbers = answers.map { pool.intern($0) }
    append(
      questionID: questionID, imageID: imageID,
      questionType: questionTypePool.intern(questionType),
      answerType: answerTypePool.intern(answerType), answers: numbers, recordClasses: nil)
  }

  /// The number of an answer, new or known.
  package mutating func intern(answer bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    pool.intern(bytes)
  }

  /// The number of a question type, new or known.
  package mutating func intern(questionType bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    questionTypePool.intern(bytes)
  }

  /// The number of an answer type, new or known.
  package mutating func intern(answerType bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
    answerTypePool.intern(bytes)
  }

  /// Makes room, for speed.
  package mutating func reserve(questions: Int, answersPerQuestion: Int = 10) {
    questionIDs.reserveCapacity(questions)
    imageIDs.reserveCapacity(questions)
    questionTypes.reserveCapacity(questions)
    answerTypes.reserveCapacity(questions)
    answerStarts.reserveCapacity(questions + 1)
    answers.reserveCapacity(questions * answersPerQuestion)
  }

  /// Adds a question.
  ///
  /// - Parameters:
  ///   - questionType: A number from `intern(questionType:)`.
  ///   - answerType: A number from `intern(answerType:)`.
  ///   - answers: Numbers from `intern(answer:)`.
  ///   - recordClasses: For each answer a small number, equal for two answers exactly if all fields
  ///     of their records but the text are equal; nil if all are different, as with distinct
  ///     answer ids.
  package mutating func append(
    questionID: Int, imageID: Int, questionType: UInt32, answerType: UInt32,
    answers: some Sequence<UInt32>, recordClasses: [UInt32]?
  ) {
    let question = questionIDs.count
    questionIDs.append(questionID)
    imageIDs.append(imageID)
    questionTypes.append(questionType)
    answerTypes.append(answerType)
    let start = self.answers.count
    self.answers.append(contentsOf: answers)
    answerStarts.append(UInt32(self.answers.count))
    guard let recordClasses, Self.hasEqual(recordClasses) else { return }
    precondition(recordClasses.count == self.answers.count - start, "one class for each answer")
    recordClassStarts[question] = self.recordClasses.count
    self.recordClasses.append(contentsOf: recordClasses)
  }

  /// Takes over the distinct strings of another set, so that their numbers mean the same here.
  mutating func adoptPools(of other: VQAReferences) {
    pool = other.pool
    questionTypePool = other.questionTypePool
    answerTypePool = other.answerTypePool
  }

  /// Where the answers of a question are.
  package func answerRange(of question: Int) -> Range<Int> {
    Int(answerStarts[question])..<Int(answerStarts[question + 1])
  }

  /// The record classes of a question's answers; nil if all are different.
  package func recordClasses(of question: Int) -> ArraySlice<UInt32>? {
    if recordClassStarts.isEmpty { return nil }
    return recordClassStarts[question].map {
      recordClasses[$0..<$0 + answerRange(of: question).count]
    }
  }

  /// Whether two of some classes are equal.
  private static func hasEqual(_ classes: [UInt32]) -> Bool {
    // A bit for each of the 256 classes; a set would cost more than reading the question.
    var seen = SIMD4<UInt64>()
    for value in classes {
      let bit: UInt64 = 1 << UInt64(value & 63)
      if seen[Int(value >> 6)] & bit != 0 { return true }
      seen[Int(value >> 6)] |= bit
    }
    return false
  }

  private static func names(_ pool: InternedStrings) -> [String] {
    (0..<UInt32(pool.count)).map { pool[$0] }
  }
}
