import Foundation
import Models
import Tensors
import Testing

@Suite struct TextDecoderTests {
  /// The decoder's logits for the texts of `parts`, whose masks have holes.
  func logits(_ golden: DecoderGolden, shifted: Bool = false) throws -> Matrix {
    let tensors = try golden.model.tensors("parts")
    let image = tensors.states("image", golden.engine)
    let visible = zip(image.sequences, tensors.integers("image_mask")).map { rows, mask in
      zip(rows, mask).filter { $0.1 != 0 }.map(\.0)
    }
    let memories = golden.decoder.memories(image, visible: visible, golden.engine)
    let ids = tensors.integers("ids")
    let batch = TokenBatch(
      shifted ? ids.map { $0.map { ($0 + 1) % 704 } } : ids,
      masks: tensors.integers("mask").map { $0.map { $0 != 0 } })
    return try golden.decoder.logits(batch, memories: memories, golden.engine)
  }

  /// The next-token cross entropy of each text, summed over positions.
  func losses(_ golden: DecoderGolden, _ logits: Matrix) throws -> [Float] {
    let ids = try golden.model.tensors("parts").integers("ids")
    let length = ids[0].count
    let wanted = ids.flatMap { text in
      text.indices.map { $0 + 1 < length ? [Int(text[$0 + 1])] : [] }
    }
    let found = golden.engine.logSoftmax(logits, at: wanted)
    return ids.indices.map { text in
      -found[text * length..<(text + 1) * length].joined().reduce(0, +)
    }
  }

  @Test(arguments: GoldenModel.names)
  func logitsWithMasksAreGolden(_ name: String) throws {
    let golden = try DecoderGolden(name)
    let tensors = try golden.model.tensors("parts")
    let found = try logits(golden)
    let difference = largestDifference(found.floats, tensors.floats("decoder_logits"))
    #expect(difference < 3e-3)
    let loss = largestDifference(try losses(golden, found), tensors.floats("decoder_loss"))
    #expect(loss < 1e-3)
    print("\(name) parts: decoder logits \(difference), loss \(loss)")
    let changed = try logits(golden, shifted: true)
    #expect(largestDifference(changed.floats, tensors.floats("decoder_logits")) > 3e-3)
    #expect(largestDifference(try losses(golden, changed), tensors.floats("decoder_loss")) > 1e-3)
  }

  @Test(arguments: GoldenModel.names)
  func theHeadRunsOnWantedRowsOnly(_ name: String) throws {
    let golden = try DecoderGolden(name)
    let memories = try golden.memories("vqa")
    let batch = TokenBatch([[101, 7, 9], [101], [101, 102, 8, 8]])
    let all = try golden.decoder.logits(
      batch, memories: memories, memoryOf: [1, 1, 0], golden.engine)
    let some = try golden.decoder.logits(
      batch, memories: memories, memoryOf: [1, 1, 0], rows: [7, 0, 3], golden.engine)
    #expect(some.floats == [7, 0, 3].flatMap { all.rows($0..<$0 + 1).floats })
  }

  @Test(arguments: GoldenModel.names)
  func aBudgetDoesNotChangeABit(_ name: String) throws {
    let golden = try DecoderGolden(name)
    let batch = TokenBatch([[101, 7, 9], [101, 8], [101, 102, 8, 8]])
    func logits(_ budget: Int) throws -> [Float] {
      try golden.decoder.logits(
        batch, memories: try golden.memories("vqa", budget: budget), memoryOf: [2, 0, 2],
        golden.engine
      ).floats
    }
    let whole = try logits(.max)
    let bytes = try golden.memories("vqa").reduce(0) {
      $0 + golden.decoder.memoryBytes(tokens: $1.count)
    }
    for budget in [0, bytes / 2, bytes - 1, bytes] { #expect(try logits(budget) == whole) }
  }

  /// Memories of many items are made in pieces; one item may be larger than a piece.
  @Test func memoriesOfManyItemsAreThoseOfEach() throws {
    let golden = try DecoderGolden("tiny-large")
    let (engine, width) = (golden.engine, golden.model.configuration.text.width)
    let counts = [700, 17, 900, 600, 3000, 5, 1]
    let total = counts.reduce(0, +)
    let rows = engine.matrix(
      total, width, (0..<total * width).map { Float(($0 * 7919) % 2003) / 1000 - 1 })
    var sequences: [Range<Int>] = []
    for count in counts {
      let start = sequences.last?.upperBound ?? 0
      sequences.append(start..<start + count)
    }
    let visible = sequences.map { $0.filter { $0 % 3 != 1 || $0 == total - 1 } }
    let memories = golden.decoder.memories(
      HiddenStates(rows: rows, sequences: sequences), visible: visible, engine)
    #expect(memories.map(\.count) == visible.map(\.count))
    let batch = TokenBatch(counts.map { _ in [101, 7] })
    let together = try golden.decoder.logits(batch, memories: memories, engine)
    for (item, sequence) in sequences.enumerated() {
      let alone = golden.decoder.memories(
        HiddenStates(rows: rows.rows(sequence), sequences: [0..<sequence.count]),
        visible: [visible[item].map { $0 - sequence.lowerBound }], engine)
      let logits = try golden.decoder.logits(TokenBatch([[101, 7]]), memories: alone, engine)
      #expect(logits.floats == together.rows(2 * item..<2 * item + 2).floats)
    }
  }

  /// What is masked is not seen, whatever it holds.
  @Test func maskedMemoryIsNotSeen() throws {
    let golden = try DecoderGolden("tiny-base")
    let (states, visible) = try golden.states("vqa")
    let masked = Set(0..<states.rows.rows).subtracting(visible.joined())
    #expect(!masked.isEmpty)
    var floats = states.rows.floats
    for row in masked {
      for channel in 0..<states.rows.width { floats[row * states.rows.width + channel] = .nan }
    }
    let other = HiddenStates(
      rows: golden.engine.matrix(states.rows.rows, states.rows.width, floats),
      sequences: states.sequences)
    let batch = TokenBatch([[101, 7], [101, 7], [101, 7], [101, 7]])
    let logits = try [states, other].map {
      try golden.decoder.logits(
        batch, memories: golden.decoder.memories($0, visible: visible, golden.engine),
        golden.engine
      ).floats
    }
    #expect(logits[0] == logits[1])
    #expect(logits[0].allSatisfy { $0.isFinite })
  }

  @Test func tiedWeightsThatDifferComeFromTheOutputLayer() throws {
    let golden = try DecoderGolden("tiny-base")
    let name = "text_decoder.cls.predictions.decoder.weight"
    let source = "text_decoder.bert.embeddings.word_embeddings.weight"
    let batch = TokenBatch([[101, 7]])
    func logits(_ weights: RenamedWeights) throws -> [Float] {
      let decoder = try TextDecoder(
        WeightReader(weights, engine: golden.engine), golden.model.configuration)
      let (states, visible) = try golden.states("vqa")
      let memories = decoder.memories(states, visible: visible, golden.engine)
      return try decoder.logits(batch, memories: memories, golden.engine).floats
    }
    let plain = try logits(RenamedWeights(golden.model.weights))
    let same = try logits(RenamedWeights(golden.model.weights, added: [name: (source, 1)]))
    let differing = try logits(RenamedWeights(golden.model.weights, added: [name: (source, 2)]))
    #expect(same == plain)
    #expect(differing != plain)
  }

  /// The checkpoint lists tied tensors twice and names others as pretraining does.
  @Test(arguments: GoldenModel.names)
  func aCheckpointGivesTheSameDecoder(_ name: String) throws {
    let golden = try DecoderGolden(name)
    let model = try MPLUG.load(
      GoldenModel.folder(name).appendingPathComponent("checkpoint.pth").path,
      configuration: golden.model.configuration, parts: [.decoder], engine: golden.engine)
    let decoder = try #require(model.decoder)
    let (states, visible) = try golden.states("vqa")
    let batch = TokenBatch([[101, 7], [101, 8], [101, 102], [101, 9]])
    let logits = try [decoder, golden.decoder].map {
      try $0.logits(
        batch, memories: $0.memories(states, visible: visible, golden.engine), golden.engine
      ).floats
    }
    #expect(logits[0] == logits[1])
  }

  @Test func aTextThatSeesNothingIsRefused() throws {
    let golden = try DecoderGolden("tiny-base")
    let memories = try golden.memories("vqa")
    #expect(throws: ModelError.self) {
      try golden.decoder.logits(
        TokenBatch([[101, 7]], masks: [[false, true]]), memories: memories, golden.engine)
    }
  }
}
