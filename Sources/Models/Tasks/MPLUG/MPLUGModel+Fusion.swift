import Tensors

/// A text fused with what it is about.
struct FusedTexts {
  /// `[v; t]` of each item, the visual tokens first: `[visual and text tokens of all items, H]`.
  let joint: HiddenStates
  /// What is to be said of each item.
  let remarks: [[SampleRemark]]
}

extension MPLUGModel {
  /// What the decoder attends to for each question or phrase.
  ///
  /// - Throws: `ModelError`.
  func fused(_ items: [VisualText], _ task: TaskProtocol) throws -> FusedTexts {
    let fusion = try require(network.fusion, "the fusion encoder", task.task)
    let inputs = items.map(\.input)
    let texts = try encodable(inputs, task)
    let batch = TokenBatch(texts.ids)
    let (image, text) = fusion(
      image: try states(of: items.map(\.visual), task), text: try textStates(batch, task),
      visible: batch.visible, engine)
    try check(text.rows, text.sequences, of: inputs, task)
    return FusedTexts(joint: image.joined(with: text, engine), remarks: texts.remarks)
  }

  /// Works a batch off in parts whose decoder memories together stay within a limit: what is in a
  /// part does not change a result. A decoder's error about an item becomes one about its sample.
  ///
  /// - Parameters:
  ///   - tokens: How many tokens the decoder attends to for an item, about.
  ///   - sample: The name of an item's sample.
  func inParts<Item, Result>(
    _ items: [Item], decoder: TextDecoder, _ task: TaskProtocol, tokens: (Item) -> Int,
    sample: (Item) -> String, _ body: (ArraySlice<Item>) throws -> [Result]
  ) throws -> [Result] {
    var results: [Result] = []
    var (start, bytes) = (0, 0)
    func flush(_ end: Int) throws {
      guard end > start else { return }
      do {
        results += try body(items[start..<end])
      } catch ModelError.logitsNotFinite(let item, let remedy) where start + item < end {
        throw ModelError.notComputable(
          sample: sample(items[start + item]), task: task.task.rawValue,
          what: "what the decoder makes of it", remedy: remedy)
      }
      (start, bytes) = (end, 0)
    }
    for (index, item) in items.enumerated() {
      let own = decoder.memoryBytes(tokens: tokens(item))
      if bytes + own > Self.batchBytes { try flush(index) }
      bytes += own
    }
    try flush(items.count)
    return results
  }
}
