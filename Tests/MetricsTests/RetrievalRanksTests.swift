import Metrics
import Testing

/// Ranks by sorting, from the definition: stable and ascending, then reversed.
private struct SortedRanks {
  let ranks: [Int]
  let tied: [Int]
  let orders: [[Int]]

  init(_ rows: [[Float]], right: [[Int]]) {
    var (ranks, tied, orders): ([Int], [Int], [[Int]]) = ([], [], [])
    for (query, row) in rows.enumerated() {
      let order = row.indices.sorted { (row[$0], $0) < (row[$1], $1) }.reversed()
      let rank = order.firstIndex { right[query].contains($0) } ?? order.endIndex
      let score = row[order[rank]]
      ranks.append(order.distance(from: order.startIndex, to: rank))
      if row.indices.contains(where: { row[$0] == score && !right[query].contains($0) }) {
        tied.append(query)
      }
      orders.append(Array(order))
    }
    (self.ranks, self.tied, self.orders) = (ranks, tied, orders)
  }
}

@Suite struct RetrievalRanksTests {
  /// A seeded set whose scores take few values or many.
  private struct Case {
    let images: Int
    let imageOfText: [Int]
    let scores: [[Float]]

    init(images: Int, texts: Int, levels: UInt64, seed: UInt64) {
      var generator = SeededGenerator(seed: seed)
      self.images = images
      imageOfText = (0..<texts).map {
        $0 < images ? $0 : Int(generator.next() % UInt64(images))
      }.shuffled(using: &generator)
      scores = (0..<images).map { _ in
        (0..<texts).map { _ in Float(generator.next() % levels) / 64 - 0.5 }
      }
    }

    var texts: Int { imageOfText.count }
    var columns: [[Float]] { (0..<texts).map { text in scores.map { $0[text] } } }
    var textsOfImage: [[Int]] {
      (0..<images).map { image in imageOfText.indices.filter { imageOfText[$0] == image } }
    }

    func check(_ ranks: RetrievalRanks, best: Int, _ label: String) throws {
      for (found, rows, right) in [
        (ranks.ofImages, scores, textsOfImage), (ranks.ofTexts, columns, imageOfText.map { [$0] }),
      ] {
        let found = try #require(found)
        let expected = SortedRanks(rows, right: right)
        #expect(found.queries == Array(rows.indices))
        #expect(found.ranks == expected.ranks, "\(label)")
        #expect(found.decidedByTies == expected.tied, "\(label)")
        #expect(found.best == expected.orders.map { Array($0.prefix(best)) }, "\(label)")
      }
    }
  }

  /// Both layouts, one matrix and two, every body: all as the sorted rows.
  @Test(arguments: RankKernel.allCases) func agreeWithSorting(_ kernel: RankKernel) throws {
    guard kernel.isThere else { return }
    var seed: UInt64 = 0
    for (images, texts) in [(1, 1), (1, 9), (3, 3), (7, 16), (16, 17), (33, 40), (5, 70)] {
      for levels in [1, 3, 20, 1 << 20] as [UInt64] {
        seed += 1
        let set = Case(images: images, texts: texts, levels: levels, seed: seed)
        let truth = try RetrievalTruth(imageOfText: set.imageOfText, images: images)
        let i2t = try ScoreMatrix(
          .imagesByTexts, images: images, texts: texts, scores: set.scores.flatMap { $0 })
        let t2i = try ScoreMatrix(
          .textsByImages, images: images, texts: texts, scores: set.columns.flatMap { $0 })
        let label = "\(images) x \(texts), \(levels) levels, \(kernel)"
        for matrices in [(i2t, nil), (nil, t2i), (i2t, t2i), (nil, i2t), (t2i, i2t)]
          as [(ScoreMatrix?, ScoreMatrix?)]
        {
          let ranks = try RetrievalRanks(
            side: .image, truth: truth, imageToText: matrices.0, textToImage: matrices.1, best: 10,
            kernel: kernel)
          try set.check(ranks, best: 10, label)
        }
      }
    }
  }

  /// Rows in many blocks, which several threads take.
  @Test(arguments: RankKernel.allCases) func manyBlocks(_ kernel: RankKernel) throws {
    guard kernel.isThere else { return }
    let set = Case(images: 24, texts: 30011, levels: 200, seed: 77)
    let truth = try RetrievalTruth(imageOfText: set.imageOfText, images: set.images)
    let i2t = try ScoreMatrix(
      .imagesByTexts, images: set.images, texts: set.texts, scores: set.scores.flatMap { $0 })
    try set.check(
      try RetrievalRanks(side: .image, truth: truth, imageToText: i2t, best: 3, kernel: kernel),
      best: 3, "\(kernel)")
  }

  /// Number types by their bytes, at an odd address.
  @Test(arguments: [
    (ScoreMatrix.Element.float16, [0x3C00, 0xBC00, 0x0001, 0x7C00, 0x8000, 0x0000]),
    (.bfloat16, [0x3F80, 0xBF80, 0x0001, 0x7F80, 0x8000, 0x0000]),
    (.float32, [0x3F80_0000, 0xBF80_0000, 1, 0x7F80_0000, 0x8000_0000, 0]),
    (
      .float64,
      [
        0x3FF0_0000_0000_0000, -0x4010_0000_0000_0000, 0x36A0_0000_0000_0000, 0x7FEF_FFFF_FFFF_FFFF,
        .min, 0,
      ]
    ),
  ])
  func numberTypes(_ element: ScoreMatrix.Element, _ patterns: [Int]) throws {
    // 1, -1, the least positive number, infinity (the double overflows), -0, 0: of the two zeros,
    // which are equal, the later one comes first.
    let order = [3, 0, 2, 5, 4, 1]
    let square = Bytes(Array(repeating: patterns, count: 6).flatMap { $0 }, size: element.size)
    let ranks = try RetrievalRanks(
      side: .image, truth: try RetrievalTruth(imageOfText: Array(0..<6), images: 6),
      textToImage: ScoreMatrix(
        .textsByImages, images: 6, texts: 6, element: element, bytes: square.bytes, owner: square),
      best: 6)
    #expect(ranks.ofTexts?.best == Array(repeating: order, count: 6))
    #expect(ranks.ofTexts?.ranks == (0..<6).map { order.firstIndex(of: $0) })
    #expect(ranks.ofTexts?.decidedByTies == [4, 5])
    // All scores of a column are equal: the image's own text comes after the later ones.
    #expect(ranks.ofImages?.ranks == [5, 4, 3, 2, 1, 0])
    #expect(ranks.ofImages?.decidedByTies == Array(0..<6))
  }

  @Test(arguments: RankKernel.allCases) func notANumberIsRefused(_ kernel: RankKernel) throws {
    let truth = try RetrievalTruth(imageOfText: Array(0..<20), images: 20)
    for place in [0, 7, 19, 20, 133, 21 * 11, 399] {
      for layout in [ScoreMatrix.Layout.imagesByTexts, .textsByImages] {
        var scores = [Float](repeating: 0.5, count: 400)
        scores[place] = -.nan
        if place < 399 { scores[399] = .nan }
        let matrix = try ScoreMatrix(layout, images: 20, texts: 20, scores: scores)
        let (row, column) = (place / 20, place % 20)
        let isByImages = layout == .imagesByTexts
        #expect(
          throws: MetricError.notANumber(
            matrix: "v2t", image: isByImages ? row : column, text: isByImages ? column : row)
        ) {
          try RetrievalRanks(side: .video, truth: truth, imageToText: matrix, kernel: kernel)
        }
        #expect(throws: MetricError.self) {
          let fine = try ScoreMatrix(
            layout, images: 20, texts: 20, scores: Array(repeating: 1, count: 400))
          return try RetrievalRanks(
            side: .video, truth: truth, imageToText: fine, textToImage: matrix, kernel: kernel)
        }
      }
    }
  }

  @Test func wrongSizesAreRefused() throws {
    #expect(throws: MetricError.noSamples(metric: "retrieval")) {
      try RetrievalTruth(imageOfText: [], images: 0)
    }
    #expect(throws: MetricError.noReference(image: 1)) {
      try RetrievalTruth(imageOfText: [0, 2], images: 3)
    }
    #expect(throws: MetricError.outOfRange(what: "image", sample: 1, found: 3, count: 3)) {
      try RetrievalTruth(imageOfText: [0, 3], images: 3)
    }
    #expect(throws: MetricError.countsDiffer(what: "scores of a matrix", expected: 6, found: 5)) {
      try ScoreMatrix(.imagesByTexts, images: 2, texts: 3, scores: [1, 2, 3, 4, 5])
    }
    let truth = try RetrievalTruth(imageOfText: [0, 1, 1], images: 2)
    let turned = try ScoreMatrix(
      .imagesByTexts, images: 3, texts: 2, scores: Array(repeating: 0, count: 6))
    #expect(throws: MetricError.countsDiffer(what: "images of i2t", expected: 2, found: 3)) {
      try RetrievalRanks(side: .image, truth: truth, imageToText: turned)
    }
    #expect(throws: MetricError.noSamples(metric: "retrieval")) {
      try RetrievalRanks(side: .image, truth: truth)
    }
  }
}

/// Little-endian numbers of a size, from an odd address on.
private final class Bytes: @unchecked Sendable {
  private let memory: UnsafeMutableRawBufferPointer

  init(_ patterns: [Int], size: Int) {
    memory = .allocate(byteCount: patterns.count * size + 1, alignment: 8)
    for (index, pattern) in patterns.enumerated() {
      for byte in 0..<size {
        memory[1 + index * size + byte] = UInt8(truncatingIfNeeded: pattern >> (8 * byte))
      }
    }
  }

  deinit { memory.deallocate() }

  var bytes: UnsafeRawBufferPointer { UnsafeRawBufferPointer(rebasing: memory[1...]) }
}
