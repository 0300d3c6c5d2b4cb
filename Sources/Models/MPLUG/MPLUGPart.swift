/// A part of an mPLUG that a task needs.
package enum MPLUGPart: Sendable, Hashable {
  /// The visual encoder and its projection.
  case visual
  /// The text encoder.
  case text
  /// The layers of the fusion encoder that run.
  case fusion
  /// All stored layers of the fusion encoder, as NLVR2 runs them; the others run too.
  case reasoning
  /// The decoder with its head.
  case decoder
  /// `vision_proj` and `text_proj`.
  case contrastive
  /// `itm_head`
  case matching
  /// `cls_head`
  case classification(classes: Int)

  /// All parts, with three classes.
  static let all: Set<MPLUGPart> = [
    .visual, .text, .fusion, .reasoning, .decoder, .contrastive, .matching,
    .classification(classes: 3),
  ]

  /// Classes of the classification head, for that part.
  var classes: Int? {
    if case .classification(let classes) = self { classes } else { nil }
  }
}
