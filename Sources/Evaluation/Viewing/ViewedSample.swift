import Datasets
import Metrics
import Records

/// A sample of a finished run as a reader looks at it: what went in, what came out, what was right.
package struct ViewedSample: Sendable {
  /// The id as `samples.jsonl` has it; of a retrieval that of the query, such as `text:12`.
  package let id: SampleID
  /// What the model was asked in words; nil where no text goes in, or where the data are not at
  /// hand.
  package let input: String?
  /// What people said: every answer as often as it was given, captions, the class, the box, the
  /// right candidates of a query. Empty where the data are not at hand or the answers are hidden.
  package let references: [String]
  /// What the model said; of a query its best candidate.
  package let prediction: String
  /// What the model weighed, best first, where the run kept it: ranked answers, a beam's texts, the
  /// scored candidates of a query.
  package let candidates: [(text: String, score: Double)]
  /// A query's first candidates, best first; empty for other tasks.
  package let ranking: [String]
  /// The model's numbers of the classes, where the run kept them.
  package let logits: [Double]
  /// What the sample got, by the score's name in `run.json`.
  package let scores: [(name: String, value: Double)]
  /// Whether the prediction has full marks; nil where the task knows no right and wrong, and where
  /// nothing was scored.
  package let isRight: Bool?
  /// The images or clips; of a text as a query the right one.
  package let media: [ViewedMedium]
  /// The box that the model found, in pixels of the image.
  package let predictedBox: PixelBox?
  /// The annotated box, in pixels of the image.
  package let trueBox: PixelBox?
  /// What the run noted about the sample.
  package let remarks: [String]

  /// Puts a sample together.
  package init(
    id: SampleID, input: String? = nil, references: [String] = [], prediction: String = "",
    candidates: [(text: String, score: Double)] = [], ranking: [String] = [],
    logits: [Double] = [], scores: [(name: String, value: Double)] = [], isRight: Bool? = nil,
    media: [ViewedMedium] = [], predictedBox: PixelBox? = nil, trueBox: PixelBox? = nil,
    remarks: [String] = []
  ) {
    self.id = id
    self.input = input
    self.references = references
    self.prediction = prediction
    self.candidates = candidates
    self.ranking = ranking
    self.logits = logits
    self.scores = scores
    self.isRight = isRight
    self.media = media
    self.predictedBox = predictedBox
    self.trueBox = trueBox
    self.remarks = remarks
  }

  /// The references each once, with how often each was given: `red x7`, `orange x2`, `blue`; the
  /// most frequent first, else in their order.
  package var countedReferences: [String] {
    var counts: [[UInt8]: Int] = [:]
    for reference in references { counts[Array(reference.utf8), default: 0] += 1 }
    let distinct = references.map { Array($0.utf8) }.uniqued()
    let ordered = distinct.enumerated().sorted {
      (counts[$1.element] ?? 0, $0.offset) < (counts[$0.element] ?? 0, $1.offset)
    }
    return ordered.map { _, bytes in
      let count = counts[bytes] ?? 0
      return String(decoding: bytes, as: UTF8.self) + (count > 1 ? " x\(count)" : "")
    }
  }
}

/// An image or a clip of a viewed sample.
package struct ViewedMedium: Sendable, Hashable {
  /// Image or clip.
  package typealias Kind = MediaReference.Kind

  /// Where it lies; as the data set names it where it was not found.
  package let path: String
  /// What it is.
  package let kind: Kind
  /// Whether it was found.
  package let exists: Bool

  /// Puts a medium together.
  package init(path: String, kind: Kind, exists: Bool) {
    self.path = path
    self.kind = kind
    self.exists = exists
  }
}
