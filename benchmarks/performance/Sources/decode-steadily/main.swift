import Foundation
import Media

// decode-steadily FOLDER [--clips] [--count N] [--threads N] [--leak BYTES]
//
// Decodes the images of a folder over and over, N (10,000) in all, resizes and normalises them ahead of
// a consumer, and watches the memory that is resident. With --clips: samples 8 frames of 480 x 480 of
// each file. Fails when memory still grows in the second half, or when a file comes out otherwise than
// the first time. Files that cannot be decoded are part of it: they must cost nothing either.
// --leak keeps so many bytes of each: the check must then fail.

/// What a file gave, as a number: every value goes in.
func digest(_ result: Result<[UInt32], any Error>) -> UInt64 {
  let start: UInt64 = 14_695_981_039_346_656_037
  func mix(_ sum: UInt64, _ value: UInt64) -> UInt64 { (sum ^ value) &* 1_099_511_628_211 }
  switch result {
  case .success(let values): return values.reduce(start) { mix($0, UInt64($1)) }
  case .failure(let error): return "\(error)".utf8.reduce(start) { mix($0, UInt64($1)) }
  }
}

/// MiB of this process that are in memory.
func residentMemory() -> Double {
  let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
  let pages = fields.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
  return pages * Double(getpagesize()) / Double(1 << 20)
}

func number(after name: String, otherwise: Int) -> Int {
  let arguments = CommandLine.arguments
  guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else {
    return otherwise
  }
  return Int(arguments[place + 1]) ?? otherwise
}

guard CommandLine.arguments.count > 1 else {
  fatalError("usage: decode-steadily FOLDER [--clips] [--count N] [--threads N] [--leak BYTES]")
}
let folder = CommandLine.arguments[1]
let isOfClips = CommandLine.arguments.contains("--clips")
let count = number(after: "--count", otherwise: 10_000)
let threads = number(after: "--threads", otherwise: 2)
let leak = number(after: "--leak", otherwise: 0)
let paths = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  .map { "\(folder)/\($0)" }

let decoder = ImageDecoder()
let transform = ImageTransform.square(384)
let sampler = VideoSampler(count: 8, size: .square(480, .swscale))
let started = Date()
let files = DecodeAhead((0..<count).lazy.map { paths[$0 % paths.count] }, threads: threads) {
  path -> [UInt32] in
  if isOfClips { return try sampler.sample(path).images.flatMap { $0.bytes.map(UInt32.init) } }
  return try transform.tensor(of: decoder.decode(path).image, file: path).values.map(\.bitPattern)
}

// All memory of the check itself is taken before.
var samples: [Double] = []
samples.reserveCapacity(count)
var digests: [UInt64] = []
digests.reserveCapacity(paths.count)
var kept: [[UInt8]] = []
var failures = 0
for file in files {
  if case .failure = file.result { failures += 1 }
  let digest = digest(file.result)
  if file.index < paths.count {
    digests.append(digest)
  } else if digests[file.index % paths.count] != digest {
    print("\(file.item): came out otherwise than the first time")
    exit(1)
  }
  if leak > 0 { kept.append([UInt8](repeating: 1, count: leak)) }
  samples.append(residentMemory())
}
let seconds = Date().timeIntervalSince(started)
print(
  "\(count) decodes of \(paths.count) files (\(failures) of them failed, as they must) on "
    + "\(threads) threads: \(Int(Double(count) / seconds)) a second")
// Allocators move between levels as large pictures come and go; what leaks raises the highest one.
var highest: [Double] = []
for part in 0..<4 {
  let values = samples[part * samples.count / 4..<(part + 1) * samples.count / 4].sorted()
  guard let least = values.first, let most = values.last else { continue }
  highest.append(most)
  print(
    String(
      format: "  quarter %d: resident MiB, least %.1f, median %.1f, most %.1f", part + 1, least,
      values[values.count / 2], most))
}
let before = highest.prefix(2).max() ?? 0
let growth = (highest.dropFirst(2).max() ?? 0) - before
let noise = max(3, 0.03 * before)
print(
  String(
    format: "  the most of the second half is %.1f MiB above that of the first; %.1f may be noise",
    growth, noise))
if growth > noise {
  print("  memory grows")
  exit(1)
}
