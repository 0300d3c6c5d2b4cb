import ArgumentParser
import Foundation
import Logging
import Media
import Records
import Reporting

/// `preprocess`: an image as a model is given it.
struct PreprocessCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "preprocess",
    abstract: "Makes an image into the tensor that the reference feeds its model.",
    discussion: """
      The file holds pixel_values, float32 [3, size, size], and pixels, uint8 [height, width, 3]: \
      the resized picture before normalisation. Bytes are those of Pillow 9.5. A file that is cut \
      off is read as far as it goes, as the reference does, with a warning.

      With --letterbox the longer side becomes the size and zeros surround the rest: grounding's \
      way, bilinear and with ImageNet's statistics unless others are asked for.
      """)

  /// The largest square: 200 MB of floats.
  private static let largestSize = 4096

  @Argument(help: "The image: JPEG or PNG by content, whatever its name.")
  var image: String

  @Option(name: .long, help: "The side of the square, in pixels.")
  var size: Int

  @Option(name: .long, help: "bicubic (the default) or bilinear.")
  var resize: ResizeFilter?

  @Option(name: .long, help: "The statistics: clip (the default) or imagenet.")
  var normalize: PixelStatistics?

  @Flag(name: .long, help: "Keeps the aspect and pads, as for grounding.")
  var letterbox = false

  @Flag(name: .long, help: "Turns the image as EXIF says; the reference does not.")
  var applyOrientation = false

  @Flag(name: .long, help: "Refuses a file that is cut off or damaged.")
  var strict = false

  @Option(name: .long, help: "The safetensors file to write.")
  var output: String

  @Option(name: .long, help: "text or json.")
  var format = OutputFormat.text

  @OptionGroup var logging: LogOptions

  func validate() throws {
    guard (1...Self.largestSize).contains(size) else {
      throw ValidationError("--size must be from 1 to \(Self.largestSize).")
    }
    for (name, value) in [("IMAGE", image), ("--output", output)] where value.isEmpty {
      throw ValidationError("\(name) must not be empty.")
    }
  }

  func run() throws {
    if isSameFile(output, image) {
      throw UsageError("--output would overwrite \(image), the image; name another file")
    }
    let decoder = ImageDecoder(
      ImageDecoder.Options(
        orientation: applyOrientation ? .applied : .ignored,
        truncated: strict ? .refused : .accepted))
    let start = Date()
    let decoded = try decoder.decode(image)
    logging.logger.debug("decoded \(image) in \(seconds(since: start))")
    for remark in decoded.remarks { logging.logger.warning("\(remark)") }
    let transform = transform
    let decodedAt = Date()
    let pixels = try transform.pixels(of: decoded.image, file: image)
    let tensor = transform.tensor(ofResized: pixels)
    logging.logger.debug("resized and normalised it in \(seconds(since: decodedAt))")

    var writer = SafetensorsWriter()
    writer.add("pixel_values", shape: [3, tensor.height, tensor.width], tensor.values)
    writer.add("pixels", shape: [pixels.height, pixels.width, 3], pixels.bytes)
    try writer.write(to: output)

    let summary = Summary(command: self, decoded: decoded, pixels: pixels, transform: transform)
    switch format {
    case .text: try Terminal.output(summary.line.withoutControls + "\n")
    case .json: try Terminal.output(summary.record.line())
    }
  }

  private var transform: ImageTransform {
    letterbox
      ? .letterbox(size, filter: resize ?? .bilinear, statistics: normalize ?? .imagenet)
      : .square(size, filter: resize ?? .bicubic, statistics: normalize ?? .clip)
  }
}

/// What was made of an image, for standard output.
private struct Summary {
  let command: PreprocessCommand
  let decoded: DecodedImage
  let pixels: RGBImage
  let transform: ImageTransform

  private var rgbDigest: String { SHA256.hexDigest(of: decoded.image.bytes) }
  private var pixelsDigest: String { SHA256.hexDigest(of: pixels.bytes) }

  var line: String {
    let (filter, statistics) = (transform.resampler.filter, transform.statistics)
    return "\(command.image): \(decoded.format.rawValue), "
      + "\(decoded.image.width) x \(decoded.image.height) to \(pixels.width) x \(pixels.height), "
      + "\(filter.rawValue), \(statistics.rawValue); "
      + "rgb \(rgbDigest.prefix(16)), pixels \(pixelsDigest.prefix(16)); wrote \(command.output)"
  }

  var record: JSONValue {
    [
      "file": .string(command.image), "format": .string(decoded.format.rawValue),
      "width": .int(decoded.image.width), "height": .int(decoded.image.height),
      "rgb_sha256": .string(rgbDigest), "size": .int(command.size),
      "resize": .string(transform.resampler.filter.rawValue),
      "normalize": .string(transform.statistics.rawValue),
      "pixels_sha256": .string(pixelsDigest), "letterbox": letterbox,
      "remarks": .strings(decoded.remarks.map { "\($0)" }), "output": .string(command.output),
    ]
  }

  /// Where the picture lies in the square; null where it fills it by rule.
  private var letterbox: JSONValue {
    guard transform.shape == .letterbox,
      let box = Letterbox(
        width: decoded.image.width, height: decoded.image.height, size: transform.size)
    else { return .null }
    return [
      "ratio": .double(box.ratio), "width": .int(box.width), "height": .int(box.height),
      "left": .int(box.left), "top": .int(box.top),
    ]
  }
}

extension ResizeFilter: ExpressibleByArgument {}
extension PixelStatistics: ExpressibleByArgument {}
