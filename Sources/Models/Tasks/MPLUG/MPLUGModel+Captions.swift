import Tensors

extension MPLUGModel: Captioning {
  package func captions(
    of samples: [VisualSample], _ task: TaskProtocol
  ) throws -> [GeneratedText] {
    let rule = try require(task.output.generation, task, "text")
    let decoder = try require(network.decoder, "the decoder", task.task)
    return try inParts(
      samples, decoder: decoder, task, tokens: { $0.visual.tokens.rows }, sample: { $0.sample }
    ) { part in
      let memories = decoder.memories(try states(of: part.map(\.visual), task), engine)
      return zip(part, try generated(decoder, memories, rule, task)).map {
        GeneratedText(sample: $0.sample, candidates: $1, remarks: [])
      }
    }
  }
}
