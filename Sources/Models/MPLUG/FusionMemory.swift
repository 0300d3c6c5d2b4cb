import Tensors

/// What the fusion encoder needs of one picture for any number of texts: the keys and values of the
/// co-attention layers before the first merge, which depend on the picture alone.
package struct FusionMemory: Sendable {
  /// `[image rows, H]`, where a layer merges; nil where none does.
  let image: Matrix?
  /// The packed keys and values of each co-attention layer before the first merge.
  let layers: [KeyValueMemory]
}

extension FusionEncoder {
  /// What is computed once per picture.
  ///
  /// - Parameter image: `[image rows, H]`
  package func memories(image: HiddenStates, _ engine: Engine) -> [FusionMemory] {
    let rows = image.allRows
    let layers = running.prefix(layersBeforeMerge).map {
      $0.attentionToMemory.memories(of: image.rows, visible: rows, heads: heads, engine)
    }
    let hasMerge = layersBeforeMerge < running.count
    return image.sequences.enumerated().map { item, sequence in
      FusionMemory(
        // A copy: the matrix of all pictures may go.
        image: hasMerge ? engine.gather(image.rows, Array(sequence)) : nil,
        layers: layers.map { $0[item] })
    }
  }

  /// The fused [CLS] of each text with one picture. Of the last layer only what it needs is computed.
  /// The result is that of the general path, to the bit.
  ///
  /// - Parameters:
  ///   - text: `[text rows, H]`
  ///   - visible: For each text the rows that may be attended to, as `TokenBatch.visible`.
  /// - Returns: `[texts, H]`
  package func fusedCLS(
    _ memory: FusionMemory, text: HiddenStates, visible: [[Int]], _ engine: Engine
  ) -> Matrix {
    // Rows of the picture count for each text where a layer merges.
    let rows = text.sequences.map { $0.count + (memory.image?.rows ?? 0) }
    let parts = BatchSplit.ranges(of: rows, engine).map { range in
      let part = text.items(range)
      let start = text.sequences[range.lowerBound].lowerBound
      return fusedPart(
        memory, text: part, visible: visible[range].map { $0.map { $0 - start } }, engine)
    }
    return engine.stack(parts, width: text.rows.width)
  }

  private func fusedPart(
    _ memory: FusionMemory, text: HiddenStates, visible: [[Int]], _ engine: Engine
  ) -> Matrix {
    var text = text
    let last = running.count - 1
    let shared = running.prefix(layersBeforeMerge)
    for (place, layer) in shared.enumerated() {
      let memories = [KeyValueMemory](
        repeating: memory.layers[place], count: text.sequences.count)
      if place == last {
        return layer.coAttendCLS(text, visible: visible, memories: memories, heads: heads, engine)
      }
      text = layer.coAttend(text, visible: visible, memories: memories, heads: heads, engine)
    }
    return fusedAfterMerge(memory, text: text, visible: visible, engine)
  }

  /// The layers from the first that merges on, for a picture that each text has for itself.
  private func fusedAfterMerge(
    _ memory: FusionMemory, text: HiddenStates, visible: [[Int]], _ engine: Engine
  ) -> Matrix {
    guard let picture = memory.image else { return text.firstTokens(engine) }
    let image = HiddenStates(
      rows: picture, sequences: text.sequences.map { _ in 0..<picture.rows })
    var pair = FusionPair(
      image: image, text: text, imageVisible: image.allRows, textVisible: visible)
    for (place, layer) in running.enumerated().dropFirst(layersBeforeMerge) {
      let isLast = place == running.count - 1
      if Self.merges(place, stride: stride) {
        if isLast { return layer.mergeCLS(pair, heads: heads, engine) }
        pair = layer.merge(pair, heads: heads, engine)
      } else {
        let memories = layer.attentionToMemory.memories(
          of: pair.image.rows, visible: pair.imageVisible, heads: heads, engine)
        if isLast {
          return layer.coAttendCLS(
            pair.text, visible: visible, memories: memories, heads: heads, engine)
        }
        pair.text = layer.coAttend(
          pair.text, visible: visible, memories: memories, heads: heads, engine)
      }
    }
    return pair.text.firstTokens(engine)
  }
}
