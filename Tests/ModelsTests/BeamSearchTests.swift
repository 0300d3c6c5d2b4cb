import Foundation
import Models
import Records
import Tensors
import TestSupport
import Testing

@Suite struct BeamSearchTests {
  static let folder = Golden.fixtures.appendingPathComponent("model/beam")
  let engine = Engine()

  /// One of the golden cases: a search over tables.
  struct Case {
    let search: BeamSearch
    let prompt: [Int32]
    let items: Int
    let decoder: TableDecoder
    let ids: [[[Int32]]]
    let scores: [[Float]]
  }

  func cases(changed: Bool = false) throws -> [Case] {
    let json = try JSONFile.read(Self.folder.appendingPathComponent("cases.json").path)
    let tables = try TensorFile(Self.folder.appendingPathComponent("tables.safetensors").path)
    let vocabulary = try #require(json["vocabulary"]?.int)
    let active = try #require(json["active"]?.array).compactMap(\.int)
    let inactive = Float(try #require(json["logit_of_inactive_tokens"]?.double))
    return try #require(json["cases"]?.array).map { entry in
      let name = try #require(entry["table"]?.string)
      let table = try #require(tables[name])
      let numbers = table.floats.map { changed ? $0 * 1.5 : $0 }
      let count = active.count
      let decoder = TableDecoder(vocabulary: vocabulary, engine) { item, last in
        var row = [Float](repeating: inactive, count: vocabulary)
        guard let place = active.firstIndex(of: Int(last)) else { return row }
        for (column, id) in active.enumerated() {
          row[id] = numbers[(item * count + place) * count + column]
        }
        return row
      }
      return Case(
        search: BeamSearch(
          beams: try #require(entry["beam_size"]?.int),
          minLength: try #require(entry["min_length"]?.int),
          maxLength: try #require(entry["max_length"]?.int)),
        prompt: entry["prompt"]?.array?.compactMap(\.int).map(Int32.init) ?? [101],
        items: table.shape[0], decoder: decoder, ids: entry["nbest_ids"]?.idLists ?? [],
        scores: entry["nbest_scores"]?.numberLists ?? [])
    }
  }

  @Test func tablesGiveTheGoldenHypotheses() throws {
    let cases = try cases()
    #expect(cases.count >= 7)
    var largest: Float = 0
    for golden in cases {
      let found = try golden.search(
        golden.decoder, prompts: Array(repeating: golden.prompt, count: golden.items), engine)
      #expect(found.map { $0.map(\.ids) } == golden.ids)
      let difference = largestDifference(
        found.flatMap { $0.map(\.score) }, golden.scores.flatMap { $0 })
      #expect(difference < 1e-3)
      largest = max(largest, difference)
    }
    print("beam tables: largest difference of scores \(largest)")
  }

  @Test func otherTablesGiveOtherHypotheses() throws {
    for golden in try cases(changed: true) {
      let found = try golden.search(
        golden.decoder, prompts: Array(repeating: golden.prompt, count: golden.items), engine)
      let difference = largestDifference(
        found.flatMap { $0.map(\.score) }, golden.scores.flatMap { $0 })
      #expect(difference > 1e-3)
    }
  }

  @Test func theEndCanBeCut() throws {
    var isAnyCut = false
    for golden in try cases() {
      var search = golden.search
      search.cutsAtEnd = true
      let found = try search(
        golden.decoder, prompts: Array(repeating: golden.prompt, count: golden.items), engine)
      for (ids, uncut) in zip(found.joined().map(\.ids), golden.ids.joined()) {
        #expect(ids == Array(uncut.prefix(ids.count)))
        #expect(!ids.dropFirst(golden.prompt.count).dropLast().contains(102))
        isAnyCut = isAnyCut || ids != uncut
      }
    }
    #expect(isAnyCut)
  }

  /// All candidates are equal: the lower index wins everywhere.
  @Test func tiesGoToTheLowerIndex() throws {
    let decoder = TableDecoder(vocabulary: 120, engine) { _, _ in
      [Float](repeating: 0.5, count: 120)
    }
    let search = BeamSearch(beams: 3, minLength: 3, maxLength: 2)
    let found = try search(decoder, prompts: [[101]], engine)
    #expect(found.map { $0.map(\.ids) } == [[[101, 0, 0], [101, 0, 1], [101, 0, 2]]])
  }

  /// Candidates of fewer tokens than beams with probability: forbidden and impossible ones fill up.
  @Test func impossibleTokensFillTheBeams() throws {
    let decoder = TableDecoder(vocabulary: 4, engine) { _, _ in [0, 200, 0, 0] }
    var search = BeamSearch(beams: 3, minLength: 1, maxLength: 1)
    search.end = 1
    let found = try search(decoder, prompts: [[3]], engine)
    #expect(found[0].map(\.ids) == [[3, 1], [3, 0], [3, 2]])
    #expect(found[0][0].score == -1e20)
    #expect(found[0][1].score == -.infinity)
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func numbersThatAreNotFiniteAreRefused(_ number: Float) throws {
    let decoder = TableDecoder(vocabulary: 120, engine) { item, last in
      var row = (0..<120).map { Float(($0 * 7 + Int(last)) % 13) }
      if item == 1, last != 101 { row[40] = number }
      return row
    }
    let search = BeamSearch(beams: 2, minLength: 1, maxLength: 4)
    #expect {
      try search(decoder, prompts: [[101], [101], [101]], engine)
    } throws: { error in
      guard case ModelError.logitsNotFinite(item: 1, _) = error else { return false }
      return "\(error)".contains("item 1 of the batch")
    }
  }

  @Test func settingsThatMakeNoSenseAreRefused() throws {
    let decoder = TableDecoder(vocabulary: 120, engine) { _, _ in
      [Float](repeating: 0, count: 120)
    }
    var foreign = BeamSearch(beams: 2, minLength: 0, maxLength: 2)
    foreign.end = 120
    var steep = BeamSearch(beams: 2, minLength: 0, maxLength: 9)
    steep.lengthPenalty = 1000
    var unclear = BeamSearch(beams: 2, minLength: 0, maxLength: 2)
    unclear.lengthPenalty = .nan
    for search in [
      BeamSearch(beams: 0, minLength: 0, maxLength: 2),
      BeamSearch(beams: 121, minLength: 0, maxLength: 2),
      BeamSearch(beams: 2, minLength: -1, maxLength: 2),
      BeamSearch(beams: 2, minLength: 0, maxLength: 0), foreign, steep, unclear,
    ] {
      #expect(throws: ModelError.self) { try search(decoder, prompts: [[101]], engine) }
    }
    #expect(
      try BeamSearch(beams: 2, minLength: 0, maxLength: 2)(decoder, prompts: [], engine).isEmpty)
  }

  /// The selection without a full sort against the definition, over values with many ties.
  @Test func theSelectionIsThatOfAStableSort() throws {
    var random = TestRandom(seed: 5)
    for round in 0..<200 {
      let count = 1 + Int(random.next() % 60)
      let limit = 1 + Int(random.next() % 7)
      let values = (0..<count).map { _ -> Float in
        let number = random.next() % 9
        return number == 0 ? -.infinity : -Float(number) / 3
      }
      let (sum, penalty) = (-Float(round) / 7, Float(1.3))
      var list = CandidateList(limit: limit)
      values.withUnsafeBufferPointer { buffer in
        if let first = buffer.baseAddress {
          list.offer(0..<count, of: first, sum: sum, penalty: penalty)
        }
      }
      let wanted = values.indices.sorted {
        let (a, b) = ((sum + values[$0]) / penalty, (sum + values[$1]) / penalty)
        return a > b || (a == b && $0 < $1)
      }.prefix(limit)
      #expect(list.tokens == wanted.map(Int32.init))
    }
  }
}
