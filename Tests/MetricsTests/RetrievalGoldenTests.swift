import Foundation
import Metrics
import TestSupport
import Testing

/// A case of `retrieval/cases.json`.
private struct GoldenRetrieval: Decodable {
  let name: String
  let images: Int
  let texts: Int
  let i2t: String?
  let t2i: String?
  let txt2img: [Int]
  let expected: [String: Double]
  let numpyDefault: [String: Double]
  let ofImages: [Int]
  let ofTexts: [Int]
  let tiedImages: Int
  let tiedTexts: Int

  enum CodingKeys: String, CodingKey {
    case name, images, texts, i2t, t2i, txt2img, expected
    case numpyDefault = "expected_numpy_default"
    case ofImages = "ranks_i2t"
    case ofTexts = "ranks_t2i"
    case tiedImages = "queries_decided_by_ties_i2t"
    case tiedTexts = "queries_decided_by_ties_t2i"
  }

  func truth() throws -> RetrievalTruth { try RetrievalTruth(imageOfText: txt2img, images: images) }

  /// The scores of the case, of the file or of the formula; the formula's `t2i` is the transpose.
  func imageToText() throws -> [Float] {
    if let i2t { return try GoldenFiles.floats("retrieval/\(i2t)") }
    var state: UInt64 = 123_456_789
    return (0..<images * texts).map { index in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      let score = Float(Double(state >> 40) / 0x1p24)
      return txt2img[index % texts] == index / texts ? score + Float(0.3) : score
    }
  }

  func textToImage() throws -> [Float]? {
    try t2i.map { try GoldenFiles.floats("retrieval/\($0)") }
  }
}

/// A case of `video_retrieval/cases.json`.
private struct GoldenVideoRetrieval: Decodable {
  let name: String
  let clips: Int
  let v2t: String
  let t2v: String
  let expected: [String: Double]
  let ofClips: [Int]
  let ofTexts: [Int]
  let meanRank: Double

  enum CodingKeys: String, CodingKey {
    case name, clips, v2t, t2v, expected
    case ofClips = "ranks_v2t"
    case ofTexts = "ranks_t2v"
    case meanRank = "mean_rank_t2v"
  }
}

extension GoldenFiles {
  /// The little-endian float32 numbers of a file.
  fileprivate static func floats(_ path: String) throws -> [Float] {
    guard let folder = Golden.folder else { throw CocoaError(.fileNoSuchFile) }
    let bytes = try Golden.bytes(folder.appendingPathComponent("metrics/\(path)"))
    return stride(from: 0, to: bytes.count, by: 4).map { start in
      Float(bitPattern: (0..<4).reduce(0) { $0 | UInt32(bytes[start + $1]) << (8 * $1) })
    }
  }
}

@Suite("Golden retrieval", .enabled(if: Golden.folder != nil))
struct RetrievalGoldenTests {
  @Test func imagesAndTexts() throws {
    let cases = try GoldenFiles.decode([GoldenRetrieval].self, "retrieval/cases.json")
    #expect(cases.count == 12)
    for golden in cases {
      let truth = try golden.truth()
      let i2t = try ScoreMatrix(
        .imagesByTexts, images: golden.images, texts: golden.texts, scores: golden.imageToText())
      let t2i = try golden.textToImage().map {
        try ScoreMatrix(.textsByImages, images: golden.images, texts: golden.texts, scores: $0)
      }
      let ranks = try RetrievalRanks(
        side: .image, truth: truth, imageToText: i2t, textToImage: t2i, best: 1)
      let ofImages = try #require(ranks.ofImages)
      let ofTexts = try #require(ranks.ofTexts)
      #expect(ofImages.ranks == golden.ofImages, "\(golden.name)")
      #expect(ofTexts.ranks == golden.ofTexts, "\(golden.name)")
      #expect(ofImages.decidedByTies.count == golden.tiedImages, "\(golden.name)")
      #expect(ofTexts.decidedByTies.count == golden.tiedTexts, "\(golden.name)")
      // A rank of 0 and the first candidate are found by different code.
      let isFirst = zip(ofTexts.best, golden.txt2img).map { $0 == [$1] }
      #expect(isFirst == golden.ofTexts.map { $0 == 0 })
      let scores = try RetrievalRecall().scores(of: ranks)
      #expect(scores.count == golden.expected.count)
      for score in scores {
        #expect(score.value == golden.expected[score.name], "\(golden.name) \(score.name)")
        try MetricLaws.check(score, samples: golden.images + golden.texts)
      }
      // What numpy's unstable sort gave on one machine is not the definition.
      let asNumpy = scores.allSatisfy { $0.value == golden.numpyDefault[$0.name] }
      #expect(asNumpy == (golden.name != "quantised_ties"))
    }
  }

  /// Another order of equal scores, or another score, gives other ranks.
  @Test func changedScoresChangeTheRanks() throws {
    let cases = try GoldenFiles.decode([GoldenRetrieval].self, "retrieval/cases.json")
    let golden = try #require(cases.first { $0.name == "quantised_ties" })
    var scores = try golden.imageToText()
    func ranks() throws -> QueryRanks? {
      try RetrievalRanks(
        side: .image, truth: golden.truth(),
        imageToText: ScoreMatrix(
          .imagesByTexts, images: golden.images, texts: golden.texts, scores: scores)
      ).ofImages
    }
    #expect(try ranks()?.ranks == golden.ofImages)
    for text in golden.txt2img.indices where golden.txt2img[text] == 3 {
      scores[3 * golden.texts + text] = -1000
    }
    let changed = try #require(try ranks())
    #expect(changed.ranks != golden.ofImages)
    #expect(changed.ranks[3] == golden.texts - 5)
    let reversed = try RetrievalRanks(
      side: .image,
      truth: RetrievalTruth(imageOfText: golden.txt2img.reversed(), images: golden.images),
      imageToText: ScoreMatrix(
        .imagesByTexts, images: golden.images, texts: golden.texts,
        scores: (0..<golden.images).flatMap { image in
          try golden.imageToText()[image * golden.texts..<(image + 1) * golden.texts].reversed()
        }))
    #expect(reversed.ofImages?.ranks != golden.ofImages)
    #expect(reversed.ofImages?.decidedByTies.count == golden.tiedImages)
  }

  @Test func clipsAndTexts() throws {
    let cases = try GoldenFiles.decode([GoldenVideoRetrieval].self, "video_retrieval/cases.json")
    #expect(cases.count == 7)
    for golden in cases {
      let count = golden.clips
      let truth = try RetrievalTruth(imageOfText: Array(0..<count), images: count)
      let v2t = try ScoreMatrix(
        .imagesByTexts, images: count, texts: count,
        scores: GoldenFiles.floats("video_retrieval/\(golden.v2t)"))
      let t2v = try ScoreMatrix(
        .textsByImages, images: count, texts: count,
        scores: GoldenFiles.floats("video_retrieval/\(golden.t2v)"))
      let ranks = try RetrievalRanks(
        side: .video, truth: truth, imageToText: v2t, textToImage: t2v)
      #expect(ranks.ofImages?.ranks == golden.ofClips, "\(golden.name)")
      #expect(ranks.ofTexts?.ranks == golden.ofTexts, "\(golden.name)")
      var expected = golden.expected
      expected["MdR"] = expected.removeValue(forKey: "vid_mdR")
      expected["MnR"] = golden.meanRank
      let scores =
        try RetrievalRecall().scores(of: ranks) + MedianRank().scores(of: ranks)
        + MeanRank().scores(of: ranks)
      #expect(scores.count == expected.count)
      for score in scores {
        #expect(score.value == expected[score.name], "\(golden.name) \(score.name)")
        try MetricLaws.check(score, samples: 2 * count)
      }
      // The negative twin: the matrices in each other's place.
      let swapped = try RetrievalRanks(
        side: .video, truth: truth,
        imageToText: try ScoreMatrix(
          .imagesByTexts, images: count, texts: count,
          scores: GoldenFiles.floats("video_retrieval/\(golden.t2v)")), textToImage: nil)
      let isSame = swapped.ofImages?.ranks == golden.ofClips
      #expect(isSame == (golden.ofClips == golden.ofTexts), "\(golden.name)")
    }
  }
}
