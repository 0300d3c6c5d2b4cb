import Models
import Records
import Tensors
import Testing

/// Searches over the decoders of the tiny models.
@Suite struct DecoderBeamTests {
  static let runs = GoldenModel.names.flatMap { name in
    ["vqa", "caption", "videocap"].map { (name, $0) }
  }

  @Test(arguments: runs)
  func searchesAreGolden(_ name: String, _ task: String) throws {
    let golden = try DecoderGolden(name)
    let tensors = try golden.model.tensors(task)
    let (search, prompt) = try golden.search(task)
    let memories = try golden.memories(task)
    let recorder = RecordingDecoder(golden.decoder.start(memories, golden.engine))
    let found = try search(recorder, prompts: memories.map { _ in prompt }, golden.engine)

    let beam = try #require(try golden.model.manifest(task)["beam"])
    #expect(found.map { $0.map(\.ids) } == beam["nbest_ids"]?.idLists)
    let best = (beam["best_ids"]?.array ?? []).map {
      ($0.array ?? []).compactMap(\.int).map(Int32.init)
    }
    #expect(found.map { $0[0].ids } == best)
    let scores = largestDifference(
      found.flatMap { $0.map(\.score) }, (beam["nbest_scores"]?.numberLists ?? []).flatMap { $0 })
    #expect(scores < 1e-3)
    #expect(recorder.texts.count == beam["steps"]?.int)
    for (step, texts) in recorder.texts.enumerated() {
      // The reference runs equal beams at step 0.
      let rows = step == 0 ? texts.flatMap { Array(repeating: $0, count: search.beams) } : texts
      #expect(rows == tensors.integers("alive_step\(step)"), "step \(step)")
    }
    let first = largestDifference(recorder.logits[0], tensors.floats("logits_step0"))
    let second = largestDifference(recorder.logits[1], tensors.floats("logits_step1"))
    #expect(first < 3e-3)
    #expect(second < 3e-3)
    print("\(name) \(task): logits \(first) \(second), scores \(scores)")
  }

  @Test(arguments: runs)
  func changedStatesChangeTheSearch(_ name: String, _ task: String) throws {
    let golden = try DecoderGolden(name)
    let tensors = try golden.model.tensors(task)
    let (search, prompt) = try golden.search(task)
    let memories = try golden.memories(task, changed: true)
    let recorder = RecordingDecoder(golden.decoder.start(memories, golden.engine))
    let found = try search(recorder, prompts: memories.map { _ in prompt }, golden.engine)
    let beam = try #require(try golden.model.manifest(task)["beam"])
    let scores = largestDifference(
      found.flatMap { $0.map(\.score) }, (beam["nbest_scores"]?.numberLists ?? []).flatMap { $0 })
    #expect(scores > 1e-3)
    #expect(largestDifference(recorder.logits[0], tensors.floats("logits_step0")) > 3e-3)
  }

  @Test(arguments: GoldenModel.names)
  func stepsEqualTeacherForcing(_ name: String) throws {
    let golden = try DecoderGolden(name)
    for task in ["vqa", "videocap"] {
      let (search, prompt) = try golden.search(task)
      let memories = try golden.memories(task)
      let recorder = RecordingDecoder(
        golden.decoder.start(memories, tokensPerItem: 3, golden.engine))
      _ = try search(recorder, prompts: memories.map { _ in prompt }, golden.engine)
      // Which item a text is of is told by the golden rows: all items are alive at step 1.
      let texts = recorder.texts[1]
      let items = texts.indices.map { $0 / search.beams }
      let batch = TokenBatch(texts)
      let whole = try golden.decoder.logits(
        batch, memories: memories, memoryOf: items, rows: batch.sequences.map { $0.upperBound - 1 },
        golden.engine)
      #expect(whole.floats == recorder.logits[1])
      // The last texts of the longest-living item, one at a time.
      let last = try #require(recorder.texts.last)
      for (row, text) in last.enumerated() {
        let width = golden.decoder.vocabulary
        let step = Array(
          try #require(recorder.logits.last)[row * width..<(row + 1) * width])
        let alone = try memories.map { memory in
          try golden.decoder.logits(
            TokenBatch([text]), memories: [memory], rows: [text.count - 1], golden.engine
          ).floats
        }
        #expect(alone.contains(step), "row \(row) of \(task)")
      }
    }
  }

  @Test(arguments: GoldenModel.names)
  func aBatchEqualsItsItems(_ name: String) throws {
    let golden = try DecoderGolden(name)
    let (search, prompt) = try golden.search("vqa")
    let memories = try golden.memories("vqa")
    func run(_ memories: [DecoderMemory]) throws -> [[Hypothesis]] {
      try search(
        golden.decoder.start(memories, golden.engine), prompts: memories.map { _ in prompt },
        golden.engine)
    }
    let together = try run(memories)
    // Items end at different steps: those that leave do not change the others.
    #expect(Set(together.map { $0[0].ids.count }).count > 1)
    #expect(try memories.map { try run([$0])[0] } == together)
    #expect(try run(memories.reversed()) == together.reversed())
  }

  @Test(arguments: GoldenModel.names)
  func threadsAndInstructionsDoNotMatter(_ name: String) throws {
    var results: [[[Hypothesis]]] = []
    var logits: [[[Float]]] = []
    for instructions in InstructionSet.allCases where instructions.isAvailable {
      for threads in [1, 2, 5] {
        let golden = try DecoderGolden(
          name, engine: Engine(instructionSet: instructions, threads: threads))
        let (search, prompt) = try golden.search("vqa")
        let memories = try golden.memories("vqa")
        let recorder = RecordingDecoder(golden.decoder.start(memories, golden.engine))
        results.append(
          try search(recorder, prompts: memories.map { _ in prompt }, golden.engine))
        logits.append(recorder.logits)
      }
    }
    #expect(results.allSatisfy { $0 == results[0] })
    #expect(logits.allSatisfy { $0 == logits[0] })
  }

  /// Prompts of different lengths in one batch.
  @Test func promptsOfSeveralLengthsShareABatch() throws {
    let golden = try DecoderGolden("tiny-base")
    let memories = try golden.memories("vqa")
    let prompts: [[Int32]] = [[101], [101, 104, 287], [101, 160], [101, 104]]
    let search = BeamSearch(beams: 3, minLength: 2, maxLength: 6)
    let together = try search(
      golden.decoder.start(memories, golden.engine), prompts: prompts, golden.engine)
    for (item, prompt) in prompts.enumerated() {
      let alone = try search(
        golden.decoder.start([memories[item]], golden.engine), prompts: [prompt], golden.engine)
      #expect(alone[0] == together[item])
      #expect(together[item].allSatisfy { $0.ids.starts(with: prompt) })
    }
  }

  @Test func textsBeyondThePositionsAreRefused() throws {
    let golden = try DecoderGolden("tiny-base")
    let memories = Array(try golden.memories("vqa").prefix(1))
    let search = BeamSearch(beams: 2, minLength: 80, maxLength: 80)
    #expect {
      try search(golden.decoder.start(memories, golden.engine), prompts: [[101]], golden.engine)
    } throws: { error in
      guard case ModelError.textTooLong(tokens: 65, limit: 64, _) = error else { return false }
      return true
    }
    #expect {
      try golden.decoder.start(memories, golden.engine).start([[101, 704]])
    } throws: { error in
      guard case ModelError.unknownToken(id: 704, vocabulary: 704, _) = error else { return false }
      return true
    }
  }
}
