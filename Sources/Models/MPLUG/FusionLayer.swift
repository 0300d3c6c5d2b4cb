import Tensors

/// Pictures and texts on their way through the fusion encoder, item by item.
struct FusionPair: Sendable {
  /// `[image rows, H]`
  var image: HiddenStates
  /// `[text rows, H]`
  var text: HiddenStates
  /// For each item the rows of `image` that may be attended to.
  var imageVisible: [[Int]]
  /// For each item the rows of `text` that may be attended to.
  let textVisible: [[Int]]
}

extension BERTLayer {
  /// Co-attention: the text attends to itself, then to the picture; the picture stays as it is.
  ///
  /// - Parameter memories: The packed keys and values of the picture of each text.
  func coAttend(
    _ text: HiddenStates, visible: [[Int]], memories: [KeyValueMemory], heads: Int,
    _ engine: Engine
  ) -> HiddenStates {
    var x = selfAttention.among(
      text.rows, sequences: text.sequences, visible: visible, heads: heads, engine)
    let groups = zip(text.sequences, memories).map { AttentionGroup(queries: $0, memory: $1) }
    x = attentionToMemory.across(x, groups, engine)
    return HiddenStates(rows: feedForward(x, engine), sequences: text.sequences)
  }

  /// A merge: self-attention over the tokens of picture and text together, image first. The picture
  /// gains what comes out of it, the text is replaced by it. Afterwards each item has rows of its own,
  /// also where several texts came with the same rows of one picture.
  func merge(_ pair: FusionPair, heads: Int, _ engine: Engine) -> FusionPair {
    let joint = JointRows(pair, engine)
    let x = feedForward(
      selfAttention.among(
        joint.rows, sequences: joint.sequences, visible: joint.visible, heads: heads, engine),
      engine)
    var merged = pair
    merged.image = HiddenStates(
      rows: engine.sum(
        engine.gather(joint.rows, joint.imageRows), engine.gather(x, joint.imageRows)),
      sequences: joint.imageSequences)
    merged.imageVisible = joint.imageVisible
    merged.text = HiddenStates(
      rows: engine.gather(x, joint.textRows), sequences: pair.text.sequences)
    return merged
  }
}

/// The tokens of picture and text of each item one after the other: `[v; t]`.
struct JointRows: Sendable {
  /// `[image rows + text rows, H]`
  let rows: Matrix
  /// The rows of each item.
  let sequences: [Range<Int>]
  /// For each item the rows that may be attended to.
  let visible: [[Int]]
  /// Where the rows of the pictures lie, in order.
  let imageRows: [Int]
  /// The rows of each picture among those of all pictures.
  let imageSequences: [Range<Int>]
  /// For each picture the rows that may be attended to, counted likewise.
  let imageVisible: [[Int]]
  /// Where the rows of the texts lie, in order.
  let textRows: [Int]

  init(_ pair: FusionPair, _ engine: Engine) {
    let joint = pair.image.joined(with: pair.text, engine)
    var visible: [[Int]] = []
    var (imageRows, textRows): ([Int], [Int]) = ([], [])
    var (imageSequences, imageVisible): ([Range<Int>], [[Int]]) = ([], [])
    for (item, (image, text)) in zip(pair.image.sequences, pair.text.sequences).enumerated() {
      let start = joint.sequences[item].lowerBound
      let middle = start + image.count
      let place = imageRows.count
      imageSequences.append(place..<place + image.count)
      imageVisible.append(pair.imageVisible[item].map { $0 - image.lowerBound + place })
      imageRows += start..<middle
      textRows += middle..<middle + text.count
      visible.append(
        pair.imageVisible[item].map { $0 - image.lowerBound + start }
          + pair.textVisible[item].map { $0 - text.lowerBound + middle })
    }
    (rows, sequences) = (joint.rows, joint.sequences)
    self.visible = visible
    (self.imageRows, self.textRows) = (imageRows, textRows)
    (self.imageSequences, self.imageVisible) = (imageSequences, imageVisible)
  }
}
