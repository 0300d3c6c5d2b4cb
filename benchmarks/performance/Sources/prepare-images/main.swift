import CSHA256
import Dispatch
import Foundation
import Media

// prepare-images FOLDER SIZE: decodes every JPEG of a folder, resizes it to SIZE x SIZE and makes
// CLIP's tensor of it, in one thread, and prints as pillow_images.py does: milliseconds of each step
// for one picture, and SHA-256 over all resized pictures and over all tensors.
let arguments = CommandLine.arguments.dropFirst()
guard arguments.count == 2, let folder = arguments.first, let size = Int(arguments[2]) else {
  fatalError("usage: prepare-images FOLDER SIZE")
}
let paths = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  .filter { $0.hasSuffix(".jpg") }.map { "\(folder)/\($0)" }

/// A digest of bytes that come in pieces.
struct Digest {
  private var context = csha256_context()

  init() { csha256_begin(&context, CSHA256_FASTEST) }

  mutating func update<Element>(_ values: [Element]) {
    values.withUnsafeBytes { csha256_update(&context, $0.baseAddress, $0.count) }
  }

  mutating func finish() -> String {
    var bytes = [UInt8](repeating: 0, count: 32)
    csha256_finish(&context, &bytes)
    return bytes.map { String(format: "%02x", $0) }.joined()
  }
}

func now() -> Double { Double(DispatchTime.now().uptimeNanoseconds) / 1e6 }

let decoder = ImageDecoder()
let transform = ImageTransform.square(size)
var (decode, resize, tensor) = (0.0, 0.0, 0.0)
var (pixels, tensors) = (Digest(), Digest())
for (number, path) in (paths.prefix(5) + paths).enumerated() {
  let started = now()
  let picture = try decoder.decode(path).image
  let decoded = now()
  let small = try transform.pixels(of: picture)
  let resized = now()
  let values = transform.tensor(ofResized: small)
  let finished = now()
  if number < 5 { continue }  // a warm-up
  decode += decoded - started
  resize += resized - decoded
  tensor += finished - resized
  pixels.update(small.bytes)
  tensors.update(values.values)
}
let count = Double(paths.count)
print(
  """
  {"milliseconds": {"decode": \(decode / count), "resize": \(resize / count), \
  "tensor": \(tensor / count), "total": \((decode + resize + tensor) / count)}, \
  "digests": {"pixels": "\(pixels.finish())", "tensors": "\(tensors.finish())"}}
  """)
