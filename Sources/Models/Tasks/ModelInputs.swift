/// A text with the name of its sample, which errors name.
package struct TextInput: Sendable {
  /// The sample's name.
  package let sample: String
  /// As the data set has it.
  package let text: String
  /// Words that stand in the picture, in order; for questions only.
  package let ocr: [String]
  /// Names of objects in the picture, separated by `&&`; nil where the data set has no such field.
  /// For questions only.
  package let objects: String?

  package init(sample: String, _ text: String, ocr: [String] = [], objects: String? = nil) {
    self.sample = sample
    self.text = text
    self.ocr = ocr
    self.objects = objects
  }
}

/// A text about a picture or a video: a question, a phrase, a sentence.
package struct VisualText: Sendable {
  /// The text.
  package let input: TextInput
  /// What it is about.
  package let visual: VisualFeatures

  package init(_ input: TextInput, about visual: VisualFeatures) {
    self.input = input
    self.visual = visual
  }
}

/// A picture or a video to be described.
package struct VisualSample: Sendable {
  /// The sample's name.
  package let sample: String
  /// What is to be described.
  package let visual: VisualFeatures

  package init(sample: String, _ visual: VisualFeatures) {
    self.sample = sample
    self.visual = visual
  }
}

/// A statement about two pictures.
package struct PairText: Sendable {
  /// The statement.
  package let input: TextInput
  /// The left picture.
  package let first: VisualFeatures
  /// The right picture.
  package let second: VisualFeatures

  package init(_ input: TextInput, about first: VisualFeatures, _ second: VisualFeatures) {
    self.input = input
    self.first = first
    self.second = second
  }
}
