import Metrics
import Testing

@Suite struct RetrievalMetricTests {
  private func ranks(
    _ side: RetrievalSide, images: [Int?]?, texts: [Int?]?
  ) -> RetrievalRanks {
    RetrievalRanks(
      side: side, origin: .rankings,
      ofImages: images.map { QueryRanks(queries: Array($0.indices), ranks: $0) },
      ofTexts: texts.map { QueryRanks(queries: Array($0.indices), ranks: $0) })
  }

  @Test func namesAndCountsFollowTheDirections() throws {
    let both = try RetrievalRecall().scores(
      of: ranks(.image, images: [0, 4, nil], texts: [0, 1, 9, 10, nil, 0]))
    #expect(
      both.map(\.name) == [
        "txt_r1", "txt_r5", "txt_r10", "txt_r_mean", "img_r1", "img_r5", "img_r10", "img_r_mean",
        "r_mean",
      ])
    let third = 100.0 / 3
    let (two, four) = (200.0 / 3, 400.0 / 6)
    let txt = (third + two + two) / 3
    let img = (third + 50.0 + four) / 3
    let values = [third, two, two, txt, third, 50, four, img, (txt + img) / 2]
    #expect(both.map(\.value) == values)
    #expect(both.map(\.count) == [3, 3, 3, 3, 6, 6, 6, 6, 9])
    for score in both { try MetricLaws.check(score, samples: 9) }
    let clips = try RetrievalRecall().scores(of: ranks(.video, images: nil, texts: [0, 1]))
    #expect(clips.map(\.name) == ["vid_r1", "vid_r5", "vid_r10", "vid_r_mean"])
    #expect(clips.first?.signature.description == "retrieval|dir:t2v|from:rankings")
    #expect(throws: MetricError.noSamples(metric: "retrieval")) {
      try RetrievalRecall().scores(of: ranks(.image, images: nil, texts: []))
    }
  }

  /// Values of numpy's median and mean.
  @Test func medianAndMean() throws {
    for (texts, median, mean) in [
      ([0], 1, 1), ([3, 0], 2.5, 2.5), ([4, 0, 0], 1, 7.0 / 3), ([7, 1, 1, 2], 2.5, 3.75),
      ([0, 0, 9, 9], 5.5, 5.5),
    ] as [([Int], Double, Double)] {
      let set = ranks(.video, images: [0, 1, 2], texts: texts)
      let found = MedianRank().scores(of: set) + MeanRank().scores(of: set)
      #expect(found.map(\.value) == [median, mean])
      #expect(found.map(\.count) == [texts.count, texts.count])
      for score in found { try MetricLaws.check(score, samples: 3 + texts.count) }
    }
    #expect(!MedianRank.card.higherIsBetter && !MeanRank.card.higherIsBetter)
  }

  @Test func textsWithoutARank() {
    let few = ranks(.video, images: nil, texts: [0, 2, nil])
    #expect(MedianRank().scores(of: few).map(\.value) == [3])
    #expect(MeanRank().scores(of: few).isEmpty)
    let half = ranks(.video, images: nil, texts: [0, nil])
    #expect(MedianRank().scores(of: half).isEmpty)
    #expect(MedianRank().scores(of: ranks(.video, images: [0], texts: nil)).isEmpty)
    #expect(MeanRank().scores(of: ranks(.video, images: [0], texts: nil)).isEmpty)
  }

  /// Images and their texts are drawn together.
  @Test func intervals() throws {
    let set = ranks(
      .image, images: [0, 9, 3, 0, 20], texts: (0..<25).map { $0 % 7 == 0 ? 0 : $0 })
    let scores = try RetrievalRecall().scores(of: set) + MedianRank().scores(of: set)
    let clusters = Array(0..<5) + (0..<25).map { $0 / 5 }
    let intervals = try Bootstrap(resamples: 300).intervals(
      of: scores.map(\.statistics), clusters: clusters)
    for (score, interval) in zip(scores, intervals) {
      let interval = try #require(interval)
      #expect(interval.lower <= score.value && score.value <= interval.upper, "\(score.name)")
      #expect(interval.resamples == 300)
    }
    // A perfect system has no spread.
    let perfect = try RetrievalRecall().scores(
      of: ranks(.image, images: [0, 0], texts: [0, 0, 0]))
    for score in perfect { #expect(score.value == 100) }
    let none = try Bootstrap(resamples: 50).intervals(
      of: perfect.map(\.statistics), clusters: [0, 1, 0, 1, 1])
    for interval in none { #expect(interval?.lower == 100 && interval?.upper == 100) }
  }

  @Test func signatures() throws {
    let truth = try RetrievalTruth(imageOfText: [0, 0, 1], images: 2)
    let matrix = try ScoreMatrix(
      .imagesByTexts, images: 2, texts: 3, scores: [1, 0, 0, 0, 0, 1])
    func signature(_ first: ScoreMatrix?, _ second: ScoreMatrix?) throws -> String? {
      let ranks = try RetrievalRanks(
        side: .image, truth: truth, imageToText: first, textToImage: second)
      return try RetrievalRecall().scores(of: ranks).first?.signature.description
    }
    #expect(
      try signature(matrix, matrix) == "retrieval|dir:both|from:i2t+t2i|ties:higher-index-first")
    #expect(try signature(matrix, nil) == "retrieval|dir:both|from:i2t|ties:higher-index-first")
    #expect(try signature(nil, matrix) == "retrieval|dir:both|from:t2i|ties:higher-index-first")
  }
}
