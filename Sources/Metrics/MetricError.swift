/// Why a metric has no number.
public enum MetricError: Error, Hashable, CustomStringConvertible {
  /// There is nothing to score.
  case noSamples(metric: String)
  /// Two lists that belong together have different lengths.
  case countsDiffer(what: String, expected: Int, found: Int)
  /// An image, counted from 0, has no reference caption.
  case noReference(image: Int)
  /// No reference of the whole corpus has a word, so document frequencies do not exist.
  case noReferenceWord(metric: String)
  /// Two parts of the set would be reported under one name.
  case ambiguousPart(metric: String, first: String, second: String)
  /// A question has no answers of people.
  case noHumanAnswer(question: Int)
  /// A score that goes into a metric is not a finite number.
  case notFinite(what: String, sample: Int)
  /// A score that must be 0 or 1 is neither.
  case notBinary(what: String, sample: Int)
  /// A sample names something by a number that does not exist.
  case outOfRange(what: String, sample: Int, found: Int, count: Int)
  /// A score of a retrieval matrix is not a number.
  case notANumber(matrix: String, image: Int, text: Int)
  /// Logits are not one number a class.
  case wrongLogits(found: String)

  /// One line: what, where, how to mend it.
  public var description: String {
    switch self {
    case .noSamples(let metric):
      "\(metric): nothing to score; give at least one sample"
    case .countsDiffer(let what, let expected, let found):
      "\(what): expected \(expected), found \(found); give exactly one for each sample"
    case .noReference(let image):
      "image \(image) (counted from 0): expected at least one reference, found none; "
        + "add a reference or leave the image out"
    case .noReferenceWord(let metric):
      "\(metric): expected a word in some reference, found none in the whole corpus; "
        + "check the references and their tokenization"
    case .ambiguousPart(let metric, let first, let second):
      "\(metric): the types '\(first)' and '\(second)' would share one name; rename one of them"
    case .noHumanAnswer(let question):
      "question \(question): expected at least one human answer, found none; "
        + "add answers or leave the question out"
    case .notFinite(let what, let sample):
      "\(what) of sample \(sample) (counted from 0): expected a finite number, found another; "
        + "correct the value"
    case .notBinary(let what, let sample):
      "\(what) of sample \(sample) (counted from 0): expected 0 or 1, found another number; "
        + "use a test for graded scores"
    case .outOfRange(let what, let sample, let found, let count):
      "sample \(sample) (counted from 0): expected a number of \(what) below \(count), found "
        + "\(found); count them from 0"
    case .notANumber(let matrix, let image, let text):
      "\(matrix): expected a number as the score of image \(image) and text \(text) (counted "
        + "from 0), found NaN; a model that gives NaN has no ranking"
    case .wrongLogits(let found):
      "logits: expected one number each for \(EntailmentLabel.names.joined(separator: ", ")), "
        + "found \(found); write three numbers in this order"
    }
  }
}
