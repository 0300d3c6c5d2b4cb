import CFuzzer
import CZlib
import Glibc
import Media
import Records

// fuzz-images: libFuzzer over the image decoder. See Tests/Fuzz/fuzz.

/// What must hold for any bytes: a picture within the limit, or a typed error of one line.
func check(_ bytes: [UInt8]) {
  for (orientation, truncated) in [
    (ImageDecoder.Options.Orientation.applied, ImageDecoder.Options.Truncated.accepted),
    (.ignored, .refused),
  ] {
    // What is larger takes longer and shows nothing new.
    let options = ImageDecoder.Options(
      orientation: orientation, truncated: truncated, pixelLimit: 1 << 16)
    do {
      let decoded = try ImageDecoder(options).decode(MappedFile(bytes: bytes, name: "input"))
      let image = decoded.image
      guard image.width * image.height <= options.pixelLimit else {
        fatalError("the limit is passed")
      }
      guard truncated == .accepted || decoded.remarks.isEmpty else {
        fatalError("refused are remarks, and there are some")
      }
      let small = Resampler(filter: .bicubic).resize(image, width: 24, height: 17)
      let plain = Resampler(filter: .bicubic, body: .scalar).resize(image, width: 24, height: 17)
      guard small == plain else { fatalError("the bodies of the resampler differ") }
    } catch let error as MediaError {
      guard !"\(error)".utf8.contains(10) else { fatalError("an error of two lines: \(error)") }
    } catch {
      fatalError("an error of no known type: \(error)")
    }
  }
}

/// PNG with the check sums that its chunks should have: damage behind them is then looked at.
func mended(_ bytes: [UInt8]) -> [UInt8]? {
  guard bytes.starts(with: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]) else { return nil }
  var bytes = bytes
  var place = 8
  while place + 12 <= bytes.count {
    let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
    guard length <= bytes.count - place - 12 else { break }
    let end = place + 8 + length
    let sum = bytes[place + 4..<end].withUnsafeBufferPointer {
      crc32(0, $0.baseAddress, uInt($0.count))
    }
    for index in 0..<4 { bytes[end + index] = UInt8(truncatingIfNeeded: sum >> (24 - 8 * index)) }
    place = end + 4
  }
  return bytes
}

var count = CommandLine.argc
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
exit(
  LLVMFuzzerRunDriver(&count, &arguments) { data, size in
    let bytes = Array(UnsafeBufferPointer(start: data, count: size))
    // EXIF data come in pictures; alone they are reached faster.
    if bytes.starts(with: "Exif\0\0".utf8) {
      _ = ImageOrientation(exif: bytes)
      return 0
    }
    check(bytes)
    if let mended = mended(bytes), mended != bytes { check(mended) }
    return 0
  })
