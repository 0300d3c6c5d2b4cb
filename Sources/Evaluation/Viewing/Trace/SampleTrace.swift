import Metrics

/// How the scores of one sample come about. The values are computed anew, from the prediction and
/// the references, and are those of `samples.jsonl`.
package enum SampleTrace: Sendable {
  /// An answer against ten people's.
  case answer(VQAAccuracyTrace)
  /// An answer against labels with scores: those of the question, and what the answer has.
  case softLabels(labels: [(answer: String, score: Double)], score: Double)
  /// An answer that must equal the one right answer byte by byte.
  case exactAnswer(right: String, isEqual: Bool)
  /// A caption.
  case caption(CaptionTrace)
  /// A class.
  case label(LabelTrace)
  /// A box.
  case box(BoxTrace)
  /// A query of a retrieval.
  case query(QueryTrace)
}

/// How a class is right or wrong.
package struct LabelTrace: Sendable {
  /// A sample of the same group.
  package struct Member: Sendable {
    /// Its id.
    package let id: String
    /// What the model said; nil where the sample was not scored.
    package let prediction: String?
    /// What is right.
    package let right: String
    /// Whether both are the same class.
    package let isEqual: Bool
  }

  /// The right class.
  package let right: String
  /// All classes, as the data set names them.
  package let classes: [String]
  /// Whether the prediction is the right one.
  package let isEqual: Bool
  /// The group that counts for consistency as a whole; nil where there is none.
  package let group: String?
  /// Its samples in the order of the references.
  package let members: [Member]
}

/// How far two boxes overlap.
package struct BoxTrace: Sendable {
  /// The box that the model found.
  package let predicted: PixelBox
  /// The annotated one.
  package let truth: PixelBox
  /// The size of the image; nil where the files do not say.
  package let imageSize: PixelSize?
  /// Intersection over union as the refer toolkit computes it.
  package let iou: Double
  /// As the reference project computes it; nil without the size of the image.
  package let mplugIoU: Double?
}
