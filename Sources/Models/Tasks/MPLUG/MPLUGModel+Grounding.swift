import Tensors

extension MPLUGModel: Grounding {
  package func boxes(of phrases: [VisualText], _ task: TaskProtocol) throws -> [FoundBox] {
    guard case .box = task.output else {
      throw ModelError.cannot(
        model: name, task: task.task.rawValue, reason: "the protocol is not of boxes",
        remedy: "take that of grounding")
    }
    let decoder = try require(network.decoder, "the decoder", task.task)
    return try inParts(phrases, decoder: decoder, task) { part in
      let fused = try fused(part, task)
      // A prefix and three bins are written.
      let state = decoder.start(
        decoder.memories(fused.joint, engine), tokensPerItem: 4, engine)
      let readings = try BoxDecoding()(state, items: part.count, engine)
      return zip(part, zip(readings, fused.remarks)).map {
        FoundBox(
          sample: $0.input.sample, tokens: $1.0.tokens, box: $1.0.box, remarks: $1.1)
      }
    }
  }
}
