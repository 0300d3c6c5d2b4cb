import Media
import Models
import Tensors
import Testing

@Suite struct BoxDecodingTests {
  @Test(arguments: GoldenModel.names)
  func boxesAreGolden(_ name: String) throws {
    let golden = try DecoderGolden(name)
    let tensors = try golden.model.tensors("grounding")
    let memories = try golden.memories("grounding")
    let recorder = RecordingDecoder(golden.decoder.start(memories, golden.engine))
    let found = try BoxDecoding()(recorder, items: memories.count, golden.engine)
    // What was fed to the decoder: the last token never is.
    #expect(found.map { [344] + $0.tokens.dropLast() } == tensors.integers("tokens"))
    #expect(
      found.flatMap { [$0.box.centerX, $0.box.centerY, $0.box.width, $0.box.height] }
        == tensors.floats("box"))
    var largest: Float = 0
    for step in 0..<4 {
      let lowered = tensors.floats("logits_step\(step)")
      let difference = largestDifference(bins(recorder.logits[step]), bins(lowered))
      #expect(difference < 3e-3)
      let others = zip(recorder.logits[step], lowered).enumerated().filter {
        !(345...681).contains($0.0 % 704)
      }
      #expect(others.allSatisfy { abs($0.1.0 - 10_000 - $0.1.1) < 3e-3 })
      largest = max(largest, difference)
    }
    print("\(name) grounding: logits \(largest)")
    let changed = RecordingDecoder(
      golden.decoder.start(try golden.memories("grounding", changed: true), golden.engine))
    _ = try BoxDecoding()(changed, items: memories.count, golden.engine)
    #expect(
      largestDifference(bins(changed.logits[0]), bins(tensors.floats("logits_step0"))) > 3e-3)
  }

  /// The logits of the bins, whose others the golden ones have lowered.
  func bins(_ logits: [Float]) -> [Float] {
    logits.enumerated().filter { (345...681).contains($0.0 % 704) }.map(\.1)
  }

  /// A token outside the bins is lowered, not excluded.
  @Test func tokensOutsideTheBinsAreLowered() throws {
    let engine = Engine()
    let decoder = TableDecoder(vocabulary: 704, engine) { item, last in
      var row = [Float](repeating: 0, count: 704)
      row[12] = 9_999
      row[345] = 1
      row[400 + (Int(last) + item) % 7] = 3
      return row
    }
    let found = try BoxDecoding()(decoder, items: 2, engine)
    #expect(found.map(\.tokens) == [[401, 402, 403, 404], [402, 404, 406, 401]])
    #expect(found[0].box.width == Float(403 - 345) / 336)
    var other = BoxDecoding()
    other.outside = 0
    #expect(try other(decoder, items: 1, engine)[0].tokens == [12, 12, 12, 12])
    other.lastBin = 704
    #expect(throws: ModelError.self) { try other(decoder, items: 1, engine) }
    let broken = TableDecoder(vocabulary: 704, engine) { item, _ in
      [Float](repeating: item == 1 ? .nan : 0, count: 704)
    }
    #expect(throws: ModelError.self) { try BoxDecoding()(broken, items: 2, engine) }
  }

  @Test func pixelsAreThoseOfTheFittedPicture() throws {
    // 400 x 200 in a square of 100: a quarter of the size, 25 rows above it.
    let letterbox = try #require(Letterbox(width: 400, height: 200, size: 100))
    let box = SquareBox(centerX: 0.5, centerY: 0.5, width: 0.25, height: 0.5)
    let pixels = box.pixels(letterbox)
    #expect(pixels == (x: 150, y: 0, width: 100, height: 200))
    let tall = try #require(Letterbox(width: 50, height: 100, size: 200))
    let other = box.pixels(tall)
    #expect(other == (x: 12.5, y: 25, width: 25, height: 50))
  }
}
