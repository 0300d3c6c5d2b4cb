import CSHA256
import Dispatch
import Foundation
import Media

// sample-videos LIST PASSES THREADS: samples 8 frames at 224 x 224, as swscale makes them, of every
// video of a list, PASSES times, and prints as decord_frames.py does. Each video is read in one
// thread; with THREADS above 1 so many are read at a time.
let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 3, let list = arguments.first, let passes = Int(arguments[2]),
  let threads = Int(arguments[3])
else { fatalError("usage: sample-videos LIST PASSES THREADS") }
let paths = try String(contentsOfFile: list, encoding: .utf8)
  .split(separator: "\n" as Character).map(String.init)

@Sendable func now() -> Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e6 }

/// What is known of each video, by its name.
struct Report {
  /// Milliseconds, the least of its passes.
  var least: [String: Double] = [:]
  var digests: [String: String] = [:]

  mutating func take(_ path: String, _ milliseconds: Double, _ video: SampledVideo) {
    let name = URL(fileURLWithPath: path).lastPathComponent
    least[name] = min(least[name] ?? .infinity, milliseconds)
    if digests[name] == nil { digests[name] = digest(of: video.images) }
  }

  private func digest(of images: [RGBImage]) -> String {
    var context = csha256_context()
    csha256_begin(&context, CSHA256_FASTEST)
    for image in images {
      image.bytes.withUnsafeBytes { csha256_update(&context, $0.baseAddress, $0.count) }
    }
    var bytes = [UInt8](repeating: 0, count: 32)
    csha256_finish(&context, &bytes)
    return bytes.map { String(format: "%02x", $0) }.joined()
  }
}

let sampler = VideoSampler(count: 8, size: .square(224, .swscale))
var report = Report()
let all = Array(repeating: paths, count: passes).flatMap { $0 }
let began = now()
if threads == 1 {
  for path in all {
    let started = now()
    let video = try sampler.sample(path)
    report.take(path, now() - started, video)
  }
} else {
  let videos = DecodeAhead(all, threads: threads) { [sampler] path in
    let started = now()
    let video = try sampler.sample(path)
    return (now() - started, video)
  }
  while let element = videos.next() {
    let (milliseconds, video) = try element.result.get()
    report.take(element.item, milliseconds, video)
  }
}
let rate = Double(all.count) / (now() - began) * 1000

func object(_ members: [String: String]) -> String {
  "{"
    + members.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value)" }
    .joined(separator: ", ") + "}"
}
// Of videos in flight each takes as long as the others let it.
let times = threads == 1 ? report.least : [:]
print(
  object([
    "milliseconds": object(times.mapValues { "\($0)" }), "videos_per_second": "\(rate)",
    "digests": object(report.digests.mapValues { "\"\($0)\"" }),
  ]))
