import Foundation
import Models
import Tensors
import Testing

@Suite struct SamplingTests {
  let engine = Engine()

  func table() -> TableDecoder {
    TableDecoder(vocabulary: 8, engine) { _, _ in [0, 1, 2, 3, -1, -2, 0.5, 1.5] }
  }

  func sampling(_ steps: Int) -> Sampling {
    var sampling = Sampling(minLength: 0, maxLength: steps)
    sampling.end = 5
    return sampling
  }

  func shares(_ sampling: Sampling) throws -> [Double] {
    let items = 20_000
    var streams = (0..<items).map { RandomStream(seed: 1, item: UInt64($0)) }
    let found = try sampling(
      table(), prompts: Array(repeating: [0], count: items), streams: &streams, engine)
    var counts = [Int](repeating: 0, count: 8)
    for sample in found { counts[Int(sample.ids[1])] += 1 }
    return counts.map { Double($0) / Double(items) }
  }

  func expected(_ tokens: [Int], temperature: Double = 1) -> [Double] {
    let logits = [0, 1, 2, 3, -1, -2, 0.5, 1.5]
    let sum = tokens.reduce(0) { $0 + exp(logits[$1] / temperature) }
    return logits.indices.map { tokens.contains($0) ? exp(logits[$0] / temperature) / sum : 0 }
  }

  func distance(_ found: [Double], _ expected: [Double]) -> Double {
    zip(found, expected).reduce(0) { max($0, abs($1.0 - $1.1)) }
  }

  @Test func sharesAreTheProbabilities() throws {
    var sampling = sampling(1)
    #expect(distance(try shares(sampling), expected(Array(0..<8))) < 0.015)
    sampling.temperature = 0.5
    #expect(distance(try shares(sampling), expected(Array(0..<8), temperature: 0.5)) < 0.015)
    #expect(distance(try shares(sampling), expected(Array(0..<8))) > 0.1)
    sampling.temperature = 1
    sampling.topK = 3
    let three = try shares(sampling)
    #expect(distance(three, expected([3, 2, 7])) < 0.015)
    #expect(three.filter { $0 > 0 }.count == 3)
    sampling.topK = nil
    // 0.526 + 0.194 + 0.117 pass 0.8, two do not.
    sampling.topP = 0.8
    #expect(try shares(sampling).enumerated().filter { $0.1 > 0 }.map(\.0) == [2, 3, 7])
    sampling.topP = 0.5
    #expect(try shares(sampling)[3] == 1)
    sampling.topP = 1
    sampling.minLength = 1
    sampling.end = 3
    #expect(try shares(sampling)[3] == 0)
  }

  @Test func theStreamBelongsToTheItem() throws {
    let golden = try DecoderGolden("tiny-base")
    let memories = try golden.memories("vqa")
    let sampling = Sampling(minLength: 1, maxLength: 8)
    func run(_ items: [Int], seed: UInt64 = 11) throws -> [Sampling.Sample] {
      var streams = items.map { RandomStream(seed: seed, item: UInt64($0)) }
      return try sampling(
        golden.decoder.start(items.map { memories[$0] }, golden.engine),
        prompts: items.map { _ in [101] }, streams: &streams, golden.engine)
    }
    let together = try run([0, 1, 2, 3])
    #expect(try [0, 1, 2, 3].flatMap { try run([$0]) } == together)
    #expect(try run([3, 1]) == [together[3], together[1]])
    #expect(try run([0, 1, 2, 3], seed: 12) != together)
    // The log-probabilities are those of teacher forcing.
    for (item, sample) in together.enumerated() {
      let logits = try golden.decoder.logits(
        TokenBatch([sample.ids]), memories: [memories[item]], golden.engine)
      let found = golden.engine.logSoftmax(
        logits, at: sample.ids.dropFirst().map { [Int($0)] } + [[]])
      #expect(Array(found.joined()) == sample.logProbabilities)
    }
  }

  /// A seed means the same texts in every version. Computed by another program from SplitMix64.
  @Test func streamsAreWhatTheyWere() {
    var stream = RandomStream(seed: 7, item: 3)
    #expect([stream.next(), stream.next()] == [0xd3dd_0920_59fb_c64c, 0xa85b_b1ca_3c7e_cea3])
    var neighbour = RandomStream(seed: 7, item: 4)
    #expect(neighbour.next() == 0x2a2e_096b_a364_8523)
    var other = RandomStream(seed: 8, item: 3)
    #expect(other.next() == 0xc26d_4ff8_131e_f3ae)
  }

  @Test func settingsThatMakeNoSenseAreRefused() throws {
    var bad = [Sampling](repeating: sampling(2), count: 6)
    bad[0].temperature = 0
    bad[1].temperature = .nan
    bad[2].topP = 0
    bad[3].topP = 1.5
    bad[4].topK = 0
    bad[5].maxLength = 0
    for sampling in bad {
      var streams = [RandomStream(seed: 0, item: 0)]
      #expect(throws: ModelError.self) {
        try sampling(table(), prompts: [[0]], streams: &streams, engine)
      }
    }
  }

  @Test func greedyTakesTheLikeliest() throws {
    let golden = try DecoderGolden("tiny-base")
    let memories = try golden.memories("vqa")
    let greedy = try GreedySearch(minLength: 1, maxLength: 10)(
      golden.decoder.start(memories, golden.engine), prompts: memories.map { _ in [101] },
      golden.engine)
    var narrow = BeamSearch(beams: 1, minLength: 1, maxLength: 10)
    narrow.lengthPenalty = 0
    let beam = try narrow(
      golden.decoder.start(memories, golden.engine), prompts: memories.map { _ in [101] },
      golden.engine)
    #expect(greedy.map(\.ids) == beam.map { $0[0].ids })
    for (text, other) in zip(greedy, beam) { #expect(abs(text.score - other[0].score) < 1e-4) }
    let tied = TableDecoder(vocabulary: 120, engine) { _, last in
      (0..<120).map { $0 == 102 || $0 == 50 || $0 == 60 ? 1 : Float($0 == Int(last) ? 1 : 0) }
    }
    let found = try GreedySearch(minLength: 0, maxLength: 3)(tied, prompts: [[101]], engine)
    #expect(found[0].ids == [101, 50, 50, 50])
  }
}
