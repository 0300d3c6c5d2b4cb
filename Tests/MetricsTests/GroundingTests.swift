import Metrics
import TestSupport
import Testing

@Suite struct GroundingTests {
  static let truth = [
    PixelBox(x: 10, y: 20, width: 100, height: 50), PixelBox(x: 0, y: 0, width: 64, height: 64),
    PixelBox(x: 5.5, y: 5.5, width: 30.25, height: 40),
    PixelBox(x: 300, y: 200, width: 9, height: 9),
  ]
  static let predicted = [
    PixelBox(x: 12, y: 18, width: 95, height: 60), PixelBox(x: 60, y: 60, width: 64, height: 64),
    PixelBox(x: 5.5, y: 5.5, width: 30.25, height: 40),
    PixelBox(x: 301, y: 200, width: 9, height: 8),
  ]
  static let sizes = [(640, 480), (100, 130), (333, 500), (640, 427)].map {
    PixelSize(width: $0.0, height: $0.1)
  }
  static let metrics: [any GroundingMetric] = [GroundingAccuracy(), MPLUGGroundingAccuracy()]

  @Test func referConvention() {
    let box = PixelBox(x: 0, y: 0, width: 10, height: 10)
    #expect(box.referIoU(with: box) == 1)
    #expect(box.referIoU(with: PixelBox(x: 0, y: 0, width: 10, height: 5)) == 0.5)
    // One pixel of overlap is none; two are two.
    #expect(box.referIoU(with: PixelBox(x: 9, y: 0, width: 10, height: 10)) == 0)
    let ninth: Double = 20 / 180
    #expect(box.referIoU(with: PixelBox(x: 8, y: 0, width: 10, height: 10)) == ninth)
    let pixel = PixelBox(x: 3, y: 3, width: 1, height: 1)
    #expect(pixel.referIoU(with: pixel) == 0)
    let empty = PixelBox(x: 3, y: 3, width: 0, height: 0)
    #expect(empty.referIoU(with: empty) == 0)
  }

  @Test func paddedSquares() {
    // Python: round(dw / 2 - 0.1), halves to even: 336 - 224 = 112 rows; 56 - 0.1 rounds to 56.
    let wide = PaddedSquare(of: PixelSize(width: 600, height: 400))
    #expect(wide.left == 0 && wide.top == 56 && wide.scale == 0.56)
    // 427 * 0.525 = 224.175 -> 224; 225 -> 111 / 2 - 0.1 = 55.4 -> 55.
    #expect(PaddedSquare(of: PixelSize(width: 640, height: 427)).top == 56)
    #expect(PaddedSquare(of: PixelSize(width: 640, height: 429)).top == 55)
    let tall = PaddedSquare(of: PixelSize(width: 1, height: 1000))
    #expect(tall.left == 168 && tall.top == 0)
    // Fractions of a true box go, those of a prediction stay.
    let box = PixelBox(x: 10.9, y: -0.5, width: 20.9, height: 30.9)
    #expect(box.truncated == PixelCorners(left: 10, top: 0, right: 30, bottom: 30))
    #expect(wide.truth(box) != wide.prediction(box))
  }

  @Test func aPerfectPredictionIsTheMaximum() throws {
    let boxes = try GroundedBoxes(
      predicted: Self.truth, truth: Self.truth, imageSizes: Self.sizes)
    for score in try GroundingAccuracy().scores(of: boxes) { #expect(score.value == 1) }
    #expect(try MPLUGGroundingAccuracy().scores(of: boxes)[0].value == 1)
    // Against a truth without its fractions a box with them is not quite the same.
    #expect(try MPLUGGroundingAccuracy().scores(of: boxes)[1].value > 0.97)
  }

  @Test func laws() throws {
    let boxes = try GroundedBoxes(
      predicted: Self.predicted, truth: Self.truth, imageSizes: Self.sizes)
    for metric in Self.metrics {
      let scores = try metric.scores(of: boxes)
      #expect(scores.map(\.name) == type(of: metric).card.produces)
      for score in scores {
        try MetricLaws.check(score, samples: 4)
        #expect(score.value == NumpyMean.mean(try #require(score.samples)))
      }
      #expect(scores[0].value == 0.75)
      // Order does not matter to the samples.
      let turned = try metric.scores(
        of: GroundedBoxes(
          predicted: Self.predicted.reversed(), truth: Self.truth.reversed(),
          imageSizes: Self.sizes.reversed()))
      #expect(turned[1].samples?.reversed() == scores[1].samples)
    }
  }

  @Test func signatures() throws {
    let boxes = try GroundedBoxes(
      predicted: Self.predicted, truth: Self.truth, imageSizes: Self.sizes)
    let signatures = try Self.metrics.flatMap { try $0.scores(of: boxes) }
      .map { $0.signature.description }
    #expect(
      signatures == [
        "acc@0.5|iou:refer|threshold:0.5", "mIoU|iou:refer",
        "acc@0.5-mplug|iou:mplug-float32|square:336|threshold:0.5",
        "mIoU-mplug|iou:mplug-float32|square:336",
      ])
  }

  @Test func countsThatDiffer() throws {
    #expect(throws: MetricError.self) { try GroundedBoxes(predicted: [], truth: Self.truth) }
    #expect(throws: MetricError.self) {
      try GroundedBoxes(predicted: Self.predicted, truth: Self.truth, imageSizes: [])
    }
    let none = try GroundedBoxes(predicted: [], truth: [], imageSizes: [])
    for metric in Self.metrics {
      #expect(throws: MetricError.self) { try metric.scores(of: none) }
    }
    let unsized = try GroundedBoxes(predicted: Self.predicted, truth: Self.truth)
    #expect(throws: MetricError.self) { try MPLUGGroundingAccuracy().scores(of: unsized) }
  }
}

/// The boxes of the golden folder, bit for bit.
@Suite(.enabled(if: Golden.folder != nil))
struct GroundingGoldenTests {
  private struct NormalizedFile: Decodable {
    let names: [String]
    let pred_cxcywh: [[Double]]
    let gt_cxcywh: [[Double]]
    let expected: Expected

    struct Expected: Decodable {
      let iou_float32: [Double]
      let hit: [Bool]
      let hits: Int
      let accuracy: Double
      let mean_iou: Double
    }
  }

  private struct PixelFile: Decodable {
    let names: [String]
    let pred_xywh: [[Double]]
    let gt_xywh: [[Double]]
    let expected: Expected

    struct Expected: Decodable {
      let iou: [Double]
      let hit: [Bool]
      let hits: Int
      let accuracy: Double
    }
  }

  private func normalized(_ numbers: [Double]) -> NormalizedBox {
    NormalizedBox(
      centerX: Float(numbers[0]), centerY: Float(numbers[1]), width: Float(numbers[2]),
      height: Float(numbers[3]))
  }

  private func pixels(_ numbers: [Double]) -> PixelBox {
    PixelBox(x: numbers[0], y: numbers[1], width: numbers[2], height: numbers[3])
  }

  @Test func normalizedBoxes() throws {
    let file = try GoldenFiles.decode(NormalizedFile.self, "grounding/mplug_boxes.json")
    let ious = zip(file.pred_cxcywh, file.gt_cxcywh).map {
      normalized($0).mplugIoU(withTruth: normalized($1))
    }
    #expect(ious.map { Double($0) } == file.expected.iou_float32)
    let hits = ious.map { $0 >= 0.5 }
    #expect(hits == file.expected.hit)
    #expect(hits.count { $0 } == file.expected.hits)
    #expect(Double(file.expected.hits) / Double(hits.count) == file.expected.accuracy)
    #expect(NumpyMean.mean(ious.map { Double($0) }) == file.expected.mean_iou)
    // The negative twin: in double precision other boxes are hits, and numbers differ.
    let doubles = zip(file.pred_cxcywh, file.gt_cxcywh).map { pred, gt -> Double in
      func corners(_ box: [Double]) -> [Double] {
        [
          box[0] - box[2] / 2, box[1] - box[3] / 2, box[0] + box[2] / 2, box[1] + box[3] / 2,
        ]
      }
      let (a, b) = (corners(pred).map { min(max($0, 0), 1) }, corners(gt))
      let inside =
        max(0, min(a[2], b[2]) - max(a[0], b[0])) * max(0, min(a[3], b[3]) - max(a[1], b[1]))
      return inside
        / ((a[2] - a[0]) * (a[3] - a[1]) + (b[2] - b[0]) * (b[3] - b[1]) - inside + 1e-16)
    }
    #expect(doubles != file.expected.iou_float32)
    #expect(doubles.map { $0 >= 0.5 } != file.expected.hit)
  }

  @Test func pixelBoxes() throws {
    let file = try GoldenFiles.decode(PixelFile.self, "grounding/refer_boxes.json")
    let boxes = try GroundedBoxes(
      predicted: file.pred_xywh.map(pixels), truth: file.gt_xywh.map(pixels))
    let scores = try GroundingAccuracy().scores(of: boxes)
    #expect(scores[1].samples == file.expected.iou)
    #expect(scores[0].samples == file.expected.hit.map { $0 ? 1 : 0 })
    #expect(scores[0].value == file.expected.accuracy)
    // The negative twin: a pixel more makes other numbers.
    let wider = try GroundedBoxes(
      predicted: boxes.predicted.map {
        PixelBox(x: $0.x, y: $0.y, width: $0.width + 1, height: $0.height)
      }, truth: boxes.truth)
    #expect(try GroundingAccuracy().scores(of: wider)[1].samples != file.expected.iou)
  }
}
