import Dispatch
import Foundation
import Metrics

// rank-scores FOLDER [i2t]: ranks the matrices of make_scores.py, which it first reads into memory,
// and prints {"metrics": …, "seconds": …}: the time of the ranks and their scores alone. With i2t that
// matrix serves both directions.
let arguments = CommandLine.arguments.dropFirst()
guard let folder = arguments.first else { fatalError("usage: rank-scores FOLDER [i2t]") }

/// The float32 numbers of a .npy file: all that follows its header, which ends with a line feed.
func scores(_ name: String) throws -> [Float] {
  let data = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name).npy"))
  let header = 10 + Int(data[8]) + Int(data[9]) << 8
  return [Float](unsafeUninitializedCapacity: (data.count - header) / 4) { buffer, count in
    count = data.copyBytes(to: UnsafeMutableRawBufferPointer(buffer), from: header..<data.count) / 4
  }
}

let texts = Int(Double(try scores("i2t").count * 5).squareRoot())
let images = texts / 5
let truth = try RetrievalTruth(imageOfText: (0..<texts).map { $0 / 5 }, images: images)
let imageToText = try ScoreMatrix(
  .imagesByTexts, images: images, texts: texts, scores: scores("i2t"))
let textToImage =
  arguments.contains("i2t")
  ? nil
  : try ScoreMatrix(.textsByImages, images: images, texts: texts, scores: scores("t2i"))

let started = DispatchTime.now().uptimeNanoseconds
let ranks = try RetrievalRanks(
  side: .image, truth: truth, imageToText: imageToText, textToImage: textToImage)
let found = try RetrievalRecall().scores(of: ranks)
let seconds = Double(DispatchTime.now().uptimeNanoseconds - started) / 1e9
let metrics = found.map { "\"\($0.name)\": {\"value\": \($0.value)}" }.joined(separator: ", ")
print("{\"metrics\": {\(metrics)}, \"seconds\": \(seconds)}")
