/// How a text is made into ids.
public struct TextRule: Sendable, Equatable {
  /// What is done to the characters.
  public enum Cleaning: String, Sendable {
    /// Nothing.
    case none
    /// `pre_caption`: lower-case, without some punctuation.
    case caption
    /// A phrase of grounding: lower-case, stripped.
    case phrase
  }

  /// How the reference fills the texts of a batch up. Padding is masked and changes no result; it is
  /// part of the record.
  public enum Padding: String, Sendable {
    /// To the longest of the batch.
    case longest
    /// To as many ids as are allowed.
    case full
  }

  /// What is done to the characters.
  public var cleaning: Cleaning
  /// How many words of a cleaned text are kept; nil for all.
  public var words: Int?
  /// How many ids are kept, with `[CLS]` and `[SEP]`; nil for as many as the model has positions.
  public var ids: Int?
  /// How the reference pads.
  public var padding: Padding
  /// Whether `[SEP]` is put behind the pieces.
  public var endsWithSeparator: Bool
  /// How many words of the text in a picture follow a question; nil where none do.
  public var ocrWords: Int?
  /// Whether the names of a picture's objects follow a question.
  public var addsObjects: Bool

  /// Puts a rule together.
  public init(
    cleaning: Cleaning = .none, words: Int? = nil, ids: Int? = nil, padding: Padding = .longest,
    endsWithSeparator: Bool = false, ocrWords: Int? = nil, addsObjects: Bool = false
  ) {
    self.cleaning = cleaning
    self.words = words
    self.ids = ids
    self.padding = padding
    self.endsWithSeparator = endsWithSeparator
    self.ocrWords = ocrWords
    self.addsObjects = addsObjects
  }
}
