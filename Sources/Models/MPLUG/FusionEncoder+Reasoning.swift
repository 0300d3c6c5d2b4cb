import Tensors

extension FusionEncoder {
  /// Statements about two pictures: all stored layers run, co-attention in each; even layers attend to
  /// the first picture, odd ones to the second.
  ///
  /// A convention, that of ALBEF: the reference has no code for it.
  ///
  /// - Parameters:
  ///   - images: The first pictures and the second ones, `[image rows, H]` each.
  ///   - text: `[text rows, H]`
  ///   - visible: For each text the rows that may be attended to, as `TokenBatch.visible`.
  /// - Returns: [CLS] after the last layer, `[texts, H]`
  package func reasoning(
    images: (HiddenStates, HiddenStates), text: HiddenStates, visible: [[Int]], _ engine: Engine
  ) -> Matrix {
    precondition(images.0.sequences.count == text.sequences.count)
    precondition(images.1.sequences.count == text.sequences.count)
    var text = text
    for (place, layer) in layers.enumerated() {
      let image = place.isMultiple(of: 2) ? images.0 : images.1
      let memories = layer.attentionToMemory.memories(
        of: image.rows, visible: image.allRows, heads: heads, engine)
      if place == layers.count - 1 {
        return layer.coAttendCLS(text, visible: visible, memories: memories, heads: heads, engine)
      }
      text = layer.coAttend(text, visible: visible, memories: memories, heads: heads, engine)
    }
    return text.firstTokens(engine)
  }
}
