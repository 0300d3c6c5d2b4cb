import Models
import Tensors

/// A model, its inputs, and the stages that are timed.
struct TimedModel {
  private let network: MPLUG
  private let inputs: TimedInputs
  private let engine: Engine
  /// Of all weights of the parts, as float32.
  let weightBytes: Int

  private let visual: VisualEncoder
  private let projection: VisualProjection
  private let text: TextEncoder
  private let fusion: FusionEncoder
  private let decoder: TextDecoder
  private let matching: MatchingHead

  init(_ arguments: Arguments, _ engine: Engine) throws {
    guard let preset = try MPLUGPreset.named("mplug-" + arguments.model) else {
      throw MissingInput(name: "a preset mplug-" + arguments.model)
    }
    let configuration = preset.configuration
    let parts: Set<MPLUGPart> = [.visual, .text, .fusion, .decoder, .matching]
    network = try MPLUG.load(
      arguments.checkpoint, configuration: configuration, parts: parts, engine: engine)
    guard let visual = network.visual, let projection = network.projection,
      let text = network.text, let fusion = network.fusion, let decoder = network.decoder,
      let matching = network.matching
    else { throw MissingInput(name: "a part of the model") }
    (self.visual, self.projection, self.text) = (visual, projection, text)
    (self.fusion, self.decoder, self.matching) = (fusion, decoder, matching)
    inputs = try TimedInputs(arguments.inputs)
    self.engine = engine
    weightBytes =
      4 * configuration.expectedTensors(for: parts).reduce(0) { $0 + $1.shape.reduce(1, *) }
  }

  func run(_ stages: inout Stages, _ outputs: inout Outputs) throws {
    let image = try stages.several("visual") { try encodeImage() }
    outputs.add("visual", image.rows)
    let question = TokenBatch([inputs.question])
    let states = try stages.several("text16", times: 3) { try text(question, engine) }
    let fused = stages.several("fusion16", times: 2) {
      fusion(image: image, text: states, visible: question.visible, engine)
    }
    outputs.add("text", states.rows)
    outputs.add("fusion.image", fused.image.rows)
    outputs.add("fusion.text", fused.text.rows)
    try step(memory(of: fused), &stages, &outputs)
    try rerank(image, &stages, &outputs)
    try answer(question, &stages, &outputs)
    try describe(&stages, &outputs)
  }

  private func encodeImage() throws -> HiddenStates {
    projection(try visual([inputs.image], engine), engine)
  }

  /// `[v; t]`, what the decoder attends to.
  private func memory(of fused: (image: HiddenStates, text: HiddenStates)) -> HiddenStates {
    let rows = engine.stack([fused.image.rows, fused.text.rows])
    return HiddenStates(rows: rows, sequences: [0..<rows.rows])
  }

  /// The third step of five beams, with everything before it cached; and the logits of that step.
  private func step(
    _ states: HiddenStates, _ stages: inout Stages, _ outputs: inout Outputs
  ) throws {
    let memories = decoder.memories(states, engine)
    // Five texts of one item: the first ids part them.
    func begin() throws -> DecoderState {
      let state = decoder.start(memories, engine)
      _ = try state.start([[inputs.prefixes[0][0]]])
      _ = try state.step(inputs.prefixes.map { $0[1] }, parents: inputs.prefixes.map { _ in 0 })
      return state
    }
    let third = inputs.prefixes.map { $0[2] }
    let parents = Array(inputs.prefixes.indices)
    outputs.add("logits", try begin().step(third, parents: parents))
    for _ in 0..<10 * stages.repetitions {
      let state = try begin()
      _ = try stages.once("step") { try state.step(third, parents: parents) }
    }
  }

  /// One image with 32 texts, whose features are there already.
  private func rerank(
    _ image: HiddenStates, _ stages: inout Stages, _ outputs: inout Outputs
  ) throws {
    let batch = TokenBatch(inputs.texts)
    let texts = try stages.several("text30x32") { try text(batch, engine) }
    let scores = stages.several("rerank32") {
      let memory = fusion.memories(image: image, engine)[0]
      let cls = fusion.fusedCLS(memory, text: texts, visible: batch.visible, engine)
      return matching(cls, engine)
    }
    outputs.add("matching", (0..<scores.rows).map { scores.row($0)[1] })
  }

  /// A whole answer, from the pixel tensor to the ids of the beams: ten steps.
  private func answer(
    _ question: TokenBatch, _ stages: inout Stages, _ outputs: inout Outputs
  ) throws {
    let search = BeamSearch(beams: 5, minLength: 10, maxLength: 10)
    let clock = ContinuousClock()
    var found: [Hypothesis] = []
    for _ in 0..<stages.repetitions {
      let started = clock.now
      let image = try stages.once("visual") { try encodeImage() }
      let states = try stages.once("text16") { try text(question, engine) }
      let fused = stages.once("fusion16") {
        fusion(image: image, text: states, visible: question.visible, engine)
      }
      found = try stages.once("vqa_beam") { try beam(search, memory(of: fused)) }
      stages.add("vqa", clock.now - started)
    }
    outputs.add("vqa", found)
  }

  /// A whole caption of 8 to 25 tokens.
  private func describe(_ stages: inout Stages, _ outputs: inout Outputs) throws {
    let search = BeamSearch(beams: 5, minLength: 8, maxLength: 25)
    let clock = ContinuousClock()
    var found: [Hypothesis] = []
    for _ in 0..<stages.repetitions {
      let started = clock.now
      let image = try stages.once("visual") { try encodeImage() }
      found = try stages.once("caption_beam") { try beam(search, image) }
      stages.add("caption", clock.now - started)
    }
    outputs.add("caption", found)
  }

  private func beam(_ search: BeamSearch, _ memory: HiddenStates) throws -> [Hypothesis] {
    let state = decoder.start(decoder.memories(memory, engine), engine)
    return try search(state, prompts: [[101]], engine)[0]
  }
}
