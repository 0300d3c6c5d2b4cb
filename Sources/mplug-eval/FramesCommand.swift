import ArgumentParser
import Foundation
import Logging
import Media
import Records
import Reporting

/// `frames`: what a model sees of a video.
struct FramesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "frames",
    abstract: "Samples frames of a video, the exact ones at the reference's indices.",
    discussion: """
      Prints the index, the time and the SHA-256 of each frame, of its RGB bytes in native size; \
      width and height are those of the video as it is shown.

      What the reference passes over in silence (too few frames: the first is repeated; indices \
      beyond the last frame shown: that one stands for them) gives the reference's result and a \
      warning; --strict makes it an error.
      """)

  /// More than any model takes; a contact sheet of them still fits into memory.
  private static let counts = 1...4096

  @Argument(help: "The video.")
  var video: String

  @Option(name: .long, help: "How many frames are taken: 1 to 4096.")
  var count = 8

  @Option(
    name: .long,
    help: "Makes pictures of SIZE x SIZE pixels, the aspect not kept; without it native size.")
  var size: Int?

  @Option(
    name: .long,
    help: """
      How they come to that size: swscale as in the reference's reader (the default), or pillow, \
      pillow-bilinear: Pillow's bicubic, bilinear from native size.
      """)
  var resize: FrameResize?

  @Option(
    name: .long,
    help: "Writes the pictures as PNG into a folder, with frames.json; it is replaced as a whole.")
  var output: String?

  @Option(name: .long, help: "Writes all pictures side by side into a PNG file.")
  var sheet: String?

  @Flag(name: .long, help: "Makes warnings about the video errors.")
  var strict = false

  @Option(name: .long, help: "text or json.")
  var format = OutputFormat.text

  @OptionGroup var logging: LogOptions

  func validate() throws {
    for (name, value) in [("VIDEO", video), ("--output", output), ("--sheet", sheet)]
    where value?.isEmpty == true {
      throw ValidationError("\(name) must not be empty.")
    }
    if !Self.counts.contains(count) { throw ValidationError("--count takes 1 to 4096.") }
    if let size, !(1...FrameSize.largestSide).contains(size) {
      throw ValidationError("--size takes 1 to \(FrameSize.largestSide).")
    }
    if resize != nil && size == nil { throw ValidationError("--resize belongs to --size.") }
  }

  func run() throws {
    try refuseOverwriting()
    let start = Date()
    let sampler = VideoSampler(
      count: count, size: size.map { .square($0, resize ?? .swscale) } ?? .native, strict: strict,
      hashes: true)
    // Both before anything is decoded: what cannot be written is known at once.
    let folder = try output.map { try FrameFolder($0) }
    let sheetFile = try sheet.map { try AtomicFile($0) }
    let contactSheet = ContactSheet(thumbnailWidth: count <= 256 ? 240 : 96)
    var cells: [ContactSheet.Frame] = []
    let manifest = try sampler.forEachFrame(of: video) { frame in
      try folder?.add(frame)
      guard sheetFile != nil else { return }
      let cell = ContactSheet.Frame(
        image: contactSheet.reduced(frame.image), index: frame.index, seconds: frame.seconds)
      cells += frame.places.map { _ in cell }
    }
    logging.logger.debug(
      "\(manifest.indices.count) of \(manifest.frameCount) frames in \(seconds(since: start))")
    for remark in manifest.remarks { logging.logger.warning("\(remark)") }
    if let sheetFile {
      guard let picture = contactSheet.image(of: cells) else {
        throw UsageError("--sheet has no room for \(cells.count) frames; lower --count")
      }
      try sheetFile.append(try PNGWriter.bytes(of: picture))
    }
    try folder?.commit(manifest)
    try sheetFile?.commit()
    switch format {
    case .json: try Terminal.output(manifest.json.line())
    case .text: try Terminal.output(TableFormat.text.render([table(manifest)]))
    }
  }

  private func table(_ manifest: FrameManifest) -> Table {
    let differs = manifest.indices != manifest.shownIndices
    return Table(
      title: "\(manifest.file): \(manifest.frameCount) frames of "
        + "\(manifest.width) x \(manifest.height)",
      columns: [Table.Column("frame", isNumeric: true)]
        + (differs ? [Table.Column("shown", isNumeric: true)] : [])
        + [Table.Column("seconds", isNumeric: true), Table.Column("sha256")],
      rows: manifest.indices.indices.map { place in
        [Table.Cell("\(manifest.indices[place])")]
          + (differs ? [Table.Cell("\(manifest.shownIndices[place])")] : [])
          + [
            Table.Cell(manifest.seconds[place].map { String(format: "%.3f", $0) } ?? "-"),
            Table.Cell(manifest.sha256?[place] ?? "-"),
          ]
      })
  }

  /// What is written must not be what is read, and a folder is replaced only where it is ours.
  private func refuseOverwriting() throws {
    if let sheet, isSameFile(sheet, video) {
      throw UsageError("--sheet would overwrite \(video), the video; name another file")
    }
    guard let output else { return }
    if let name = FrameFolder.foreignFile(in: output) {
      throw UsageError(
        "--output would replace \(output), which holds other files such as \(name); "
          + "name a new folder")
    }
    if let sheet, folder(of: sheet) == URL(fileURLWithPath: output).standardizedFileURL.path {
      throw UsageError(
        "--sheet lies in \(output), which --output replaces; name a file in another folder")
    }
  }

  private func folder(of path: String) -> String {
    URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent().path
  }
}

extension FrameResize: ExpressibleByArgument {}
