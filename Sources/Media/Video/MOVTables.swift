/// A look at the tables of an MP4 or MOV file before FFmpeg makes its own of them: twelve bytes may
/// claim 2^32 samples of one size, and memory would be taken for each.
struct MOVTables {
  /// How many samples without an entry of their own a file may have: 46 hours of pictures.
  static let limit = 1 << 22

  private let file: LocalFile
  private var unlisted = 0
  private var hasIndex = false
  /// The box at the top that is cut off, if there is one, and where it should end.
  private var cut: (name: String, end: Int64)?

  /// Checks a file.
  ///
  /// - Throws: `MediaError.damaged` where more is claimed than the file can hold, `.truncated` where
  ///   there is no index, `.unsupportedFeature` where the index is compressed.
  static func check(_ file: LocalFile) throws {
    var tables = MOVTables(file: file)
    let isWhole = try tables.walk(0..<file.size, depth: 0)
    guard isWhole, !tables.hasIndex else { return }
    let cut = tables.cut.map { ", and '\($0.name)' goes on to byte \($0.end) of \(file.size)" }
    throw MediaError.truncated(
      file: file.path, reason: "there is no index ('moov') in it\(cut ?? "")")
  }

  private init(file: LocalFile) { self.file = file }

  /// The boxes that FFmpeg looks into for tables.
  private static let folders: Set<String> = [
    "moov", "trak", "mdia", "minf", "stbl", "moof", "traf", "edts", "mvex", "udta", "dinf", "tref",
    "sinf", "wide", "ilst", "schi",
  ]

  /// How many samples of one tick, and of compressed sound at that, a byte may hold.
  private static let ticksPerByte = 8

  /// - Returns: whether boxes follow on boxes to the end.
  private mutating func walk(_ range: Range<Int64>, depth: Int) throws -> Bool {
    var place = range.lowerBound
    var sizes: [(size: Int, count: Int)] = []
    var ticks = false
    while place + 8 <= range.upperBound {
      guard let box = MOVBox(file, at: place, in: range) else { return false }
      switch box.name {
      case "stsz":
        let fields = box.fields(4)
        if fields[1] > 0 {
          sizes.append((fields[1], fields[2]))
        } else {
          try check(fields[2], of: 4, listedIn: box)
        }
      case "stts":
        // A single entry of one tick.
        let fields = box.fields(4)
        ticks = fields[1] == 1 && fields[3] == 1
      case "trun":
        // A run of a fragment; each sample may have up to four fields of its own.
        let fields = box.fields(2)
        let own = (fields[0] & 0xF00).nonzeroBitCount
        try own == 0 ? add(fields[1], of: 1) : check(fields[1], of: 4 * own, listedIn: box)
      case "cmov":
        throw MediaError.unsupportedFeature(
          file: file.path, feature: "a compressed MOV header",
          remedy: "convert it with 'ffmpeg -i IN.mov -c copy OUT.mp4'")
      case _ where Self.folders.contains(box.name) && depth < 8:
        if box.name == "moov" { hasIndex = true }
        _ = try walk(box.content, depth: depth + 1)
      default: break
      }
      // A name that cannot be shown is noise.
      if depth == 0, box.isCut, box.hasPlainName { cut = (box.name, box.claimedEnd) }
      place = box.content.upperBound
    }
    for (size, count) in sizes {
      // Sound of one tick a sample is listed by the chunk, and old QuickTime says that a sample of
      // compressed sound has one byte.
      try ticks ? check(count / Self.ticksPerByte, of: 1) : add(count, of: size)
    }
    return true
  }

  private mutating func add(_ samples: Int, of size: Int) throws {
    unlisted += samples
    guard unlisted <= Self.limit else {
      throw MediaError.damaged(
        file: file.path, reason: "its tables claim more than \(Self.limit) samples of one size")
    }
    try check(samples, of: size)
  }

  private func check(_ samples: Int, of bytes: Int, listedIn box: MOVBox) throws {
    // 32 bits times at most 16: the product fits.
    guard samples * bytes > box.content.count else { return }
    if box.content.upperBound == file.size {
      throw MediaError.truncated(
        file: file.path, reason: "the file ends inside its index ('\(box.name)')")
    }
    throw MediaError.damaged(
      file: file.path,
      reason: "'\(box.name)' claims \(samples) samples and has \(box.content.count) bytes")
  }

  private func check(_ samples: Int, of size: Int) throws {
    // The size has 32 bits, and the number of samples is limited or the size is 1: the product fits.
    guard samples * size <= Int(file.size) else {
      throw MediaError.damaged(
        file: file.path,
        reason: "its tables claim \(samples) samples of \(size) bytes and the file has "
          + "\(file.size) bytes")
    }
  }
}
