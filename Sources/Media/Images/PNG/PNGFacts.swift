/// What the chunks of a PNG say about the picture, and which contents Pillow gives up on.
///
/// Source: the `chunk_…` methods of Pillow 9.5's PngImagePlugin.py.
struct PNGFacts {
  /// Pillow cannot open or load the file because of this chunk.
  struct Problem: Error {
    /// What is wrong with it.
    let reason: String
  }

  /// Size in pixels as the header says it; 0 before a header was read, and possibly after.
  private(set) var width = 0
  private(set) var height = 0
  /// What a pixel is; nil before a header was read that says it.
  private(set) var color: PNGColor?
  /// Whether the rows come in passes.
  private(set) var isInterlaced = false
  /// Red, green, blue of the palette, of at most 257 indices; nil where there is none.
  private(set) var palette: [UInt8]?
  /// The place that the data fill, of an animation's first frame.
  private(set) var region: PNGRegion?
  /// EXIF data, of the chunk made for them; valid as long as the file's bytes.
  private(set) var exif: UnsafeBufferPointer<UInt8>?
  /// The number of the animation's last chunk; nil before the first.
  var sequence: Int?
  private var frames: Int?

  /// Whether exactly one index of the palette is transparent, and that wholly.
  private(set) var hasOneTransparentIndex = false

  /// Whether Pillow takes the file for an animation of several frames.
  var isAnimated: Bool {
    guard let frames else { return false }
    return frames + (region == nil ? 1 : 0) > 1
  }

  /// Takes up a chunk other than one of data or the end.
  ///
  /// - Returns: What is odd about it, refused by Pillow unless it is told to accept damaged files.
  /// - Throws: `Problem`.
  mutating func read(_ name: String, _ content: UnsafeBufferPointer<UInt8>) throws -> String? {
    switch name {
    case "IHDR": return try readHeader(content)
    case "PLTE": if color?.kind == .palette { palette = Array(content.prefix(3 * 257)) }
    case "eXIf": exif = content
    case "tRNS": try readTransparency(content)
    case "acTL": return readAnimation(content)
    case "fcTL": return try readFrame(content)
    case "gAMA" where content.count < 4, "cHRM" where content.count % 4 != 0:
      throw Problem(reason: "a chunk \(name) of \(content.count) bytes")
    case "sRGB" where content.isEmpty, "pHYs" where content.count < 9,
      "fdAT" where content.count < 4:
      return "a chunk \(name) of \(content.count) bytes"
    case "iCCP" where !content.contains(0):
      throw Problem(reason: "a colour profile without a name's end")
    case "zTXt":
      guard let end = content.firstIndex(of: 0), end + 1 < content.count else { break }
      if content[end + 1] != 0 { throw Problem(reason: "a text compressed in an unknown way") }
    default: break
    }
    return nil
  }

  private mutating func readHeader(_ content: UnsafeBufferPointer<UInt8>) throws -> String? {
    guard let width = content.bigEndian32(at: 0), let height = content.bigEndian32(at: 4),
      content.count >= 13
    else { return "a header of \(content.count) bytes" }
    (self.width, self.height) = (width, height)
    // A combination that does not exist leaves what an earlier header said.
    color = PNGColor(type: content[9], depth: content[8]) ?? color
    if content[12] != 0 { isInterlaced = true }
    if content[11] != 0 { throw Problem(reason: "filters of an unknown kind") }
    return nil
  }

  private mutating func readTransparency(_ content: UnsafeBufferPointer<UInt8>) throws {
    let needed: Int
    switch color?.kind {
    case .gray: needed = 2
    case .rgb: needed = 6
    case .palette:
      // One index is transparent and all others are opaque: Pillow keeps the index.
      needed = 0
      hasOneTransparentIndex = content.lazy.filter { $0 != 0xFF }.prefix(2).elementsEqual([0])
    default: needed = 0
    }
    guard content.count >= needed else {
      throw Problem(reason: "a transparent colour of \(content.count) bytes")
    }
  }

  private mutating func readAnimation(_ content: UnsafeBufferPointer<UInt8>) -> String? {
    guard let count = content.bigEndian32(at: 0), content.count >= 8 else {
      return "a chunk acTL of \(content.count) bytes"
    }
    if frames != nil {
      frames = nil
    } else if count > 0, count <= 0x8000_0000 {
      frames = count
    }
    return nil
  }

  private mutating func readFrame(_ content: UnsafeBufferPointer<UInt8>) throws -> String? {
    guard content.count >= 26, let number = content.bigEndian32(at: 0),
      let width = content.bigEndian32(at: 4), let height = content.bigEndian32(at: 8),
      let x = content.bigEndian32(at: 12), let y = content.bigEndian32(at: 16)
    else { return "a chunk fcTL of \(content.count) bytes" }
    guard number == (sequence ?? -1) + 1 else {
      throw Problem(reason: "the frames of the animation are out of sequence")
    }
    sequence = number
    guard x + width <= self.width, y + height <= self.height else {
      throw Problem(reason: "a frame of the animation goes beyond the picture")
    }
    region = PNGRegion(x: x, y: y, width: width, height: height)
    return nil
  }
}
