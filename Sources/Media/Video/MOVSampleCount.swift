/// A look at the tables of an MP4 or MOV file before FFmpeg makes its own of them: a table may claim
/// 2^32 samples of one size in twelve bytes, and memory would be taken for each.
struct MOVSampleCount {
  /// How many samples without an entry of their own a file may have: 46 hours of pictures.
  static let limit = 1 << 22

  private let file: LocalFile
  private var unlisted = 0

  /// Checks a file.
  ///
  /// - Throws: `MediaError.damaged` where more is claimed than the file can hold.
  static func check(_ file: LocalFile) throws {
    var count = MOVSampleCount(file: file)
    try count.walk(0..<file.size, depth: 0)
  }

  private init(file: LocalFile) { self.file = file }

  /// The boxes that FFmpeg looks into for tables.
  private static let folders: Set<String> = [
    "moov", "trak", "mdia", "minf", "stbl", "moof", "traf", "edts", "mvex", "udta", "dinf", "tref",
    "sinf", "wide", "ilst", "schi",
  ]

  /// How many samples of one tick, and of compressed sound at that, a byte may hold.
  private static let ticksPerByte = 8

  private mutating func walk(_ range: Range<Int64>, depth: Int) throws {
    var place = range.lowerBound
    // What stsz and stts say of the same track.
    var (size, count, ticks): (Int, Int, Bool) = (0, 0, false)
    while place + 8 <= range.upperBound {
      let header = file.bytes(at: place, count: 24)
      guard header.count >= 8 else { break }
      var length = Int64(Self.number(header, 0))
      var content = place + 8
      if length == 1, header.count >= 16 {
        length = Int64(
          clamping: UInt64(Self.number(header, 8)) << 32 | UInt64(Self.number(header, 12)))
        content = place + 16
      } else if length == 0 {
        length = range.upperBound - place
      }
      guard length >= content - place else { break }
      let end = min(range.upperBound, place.addingReportingOverflow(length).partialValue)
      guard end > place else { break }
      let name = String(decoding: header[4..<8], as: UTF8.self)
      let fields = header.dropFirst(Int(content - place))
      switch name {
      case "stsz" where fields.count >= 12:
        size = Self.number(header, fields.startIndex + 4)
        count = Self.number(header, fields.startIndex + 8)
      case "stts" where fields.count >= 8:
        ticks = try readsByChunk(content..<end)
      case "cmov":
        throw MediaError.unsupportedFeature(
          file: file.path, feature: "a compressed MOV header",
          remedy: "convert it with 'ffmpeg -i IN.mov -c copy OUT.mp4'")
      case "trun": try add(run: content..<end)
      case _ where Self.folders.contains(name) && depth < 8:
        try walk(content..<end, depth: depth + 1)
      default: break
      }
      place = end
    }
    // Sound of one tick a sample is listed by the chunk, and old QuickTime says that a sample of
    // compressed sound has one byte.
    if size > 0 { try ticks ? check(count / Self.ticksPerByte, of: 1) : add(count, of: size) }
  }

  /// Whether a table of durations has a single entry of one tick.
  private func readsByChunk(_ content: Range<Int64>) throws -> Bool {
    let fields = file.bytes(at: content.lowerBound, count: 16)
    return fields.count == 16 && Self.number(fields, 4) == 1 && Self.number(fields, 12) == 1
  }

  /// A run of a fragment whose samples may have no fields of their own.
  private mutating func add(run content: Range<Int64>) throws {
    let fields = file.bytes(at: content.lowerBound, count: 8)
    guard fields.count == 8 else { return }
    let hasFields = Self.number(fields, 0) & 0xF00 != 0
    if !hasFields { try add(Self.number(fields, 4), of: 1) }
  }

  private mutating func add(_ samples: Int, of size: Int) throws {
    unlisted += samples
    guard unlisted <= Self.limit else {
      throw MediaError.damaged(
        file: file.path, reason: "its tables claim more than \(Self.limit) samples of one size")
    }
    try check(samples, of: size)
  }

  private func check(_ samples: Int, of size: Int) throws {
    // Both are 32-bit numbers: the product fits.
    guard samples * size <= Int(file.size) else {
      throw MediaError.damaged(
        file: file.path,
        reason: "its tables claim \(samples) samples of \(size) bytes and the file has "
          + "\(file.size) bytes")
    }
  }

  private static func number(_ bytes: [UInt8], _ place: Int) -> Int {
    guard place + 4 <= bytes.count else { return 0 }
    return bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
  }
}
