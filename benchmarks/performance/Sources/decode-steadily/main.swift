import Foundation
import Media

// decode-steadily FOLDER [COUNT [THREADS]]: decodes the images of a folder over and over, COUNT
// (10,000) in all, resizes and normalises them ahead of a consumer, and watches the memory that is
// resident. Fails when it is still growing in the second half, or when an image comes out otherwise
// than the first time. Files that cannot be decoded are part of it: they must cost nothing either.

/// The bytes of this process that are in memory.
func residentBytes() -> Int {
  let fields = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
  return (Int(fields.split(separator: " ").dropFirst().first ?? "") ?? 0) * Int(getpagesize())
}

/// What became of an image, as a number: every value of the tensor goes in.
func digest(_ result: Result<PixelTensor, any Error>) -> UInt64 {
  switch result {
  case .success(let tensor):
    return tensor.values.reduce(14_695_981_039_346_656_037) {
      ($0 ^ UInt64($1.bitPattern)) &* 1_099_511_628_211
    }
  case .failure(let error): return UInt64(bitPattern: Int64("\(error)".utf8.reduce(7) { $0 &* 31 &+ Int($1) }))
  }
}

func median(_ values: ArraySlice<Int>) -> Int { values.sorted()[values.count / 2] }

let arguments = CommandLine.arguments.dropFirst()
guard let folder = arguments.first else {
  fatalError("usage: decode-steadily FOLDER [COUNT [THREADS]]")
}
let count = arguments.dropFirst().first.flatMap { Int($0) } ?? 10_000
let threads = arguments.dropFirst(2).first.flatMap { Int($0) } ?? 2
let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
let paths = names.map { "\(folder)/\($0)" }

let decoder = ImageDecoder()
let transform = ImageTransform.square(384, filter: .bicubic, statistics: .clip)
let started = Date()
let images = DecodeAhead(
  (0..<count).lazy.map { paths[$0 % paths.count] }, threads: threads, ahead: 2 * threads
) { path in try transform.tensor(of: decoder.decode(path).image, file: path) }

var samples: [Int] = []
var digests: [UInt64] = []
var failures = 0
for image in images {
  if case .failure = image.result { failures += 1 }
  let digest = digest(image.result)
  if image.index < paths.count {
    digests.append(digest)
  } else if digests[image.index % paths.count] != digest {
    print("\(image.item): came out otherwise the second time")
    exit(1)
  }
  if image.index % 10 == 9 { samples.append(residentBytes()) }
}
let seconds = Date().timeIntervalSince(started)
let quarter = samples.count / 4
print(
  "\(count) decodes of \(paths.count) files (\(failures) failed, as they should) on \(threads) "
    + "threads: \(Int(Double(count) / seconds)) a second")
var medians: [Int] = []
for part in 0..<4 {
  let values = samples[part * quarter..<(part + 1) * quarter]
  medians.append(median(values))
  print(
    "  quarter \(part + 1): resident MiB min \((values.min() ?? 0) >> 20), median "
      + "\(median(values) >> 20), max \((values.max() ?? 0) >> 20)")
}
