/// What the pixels of a PNG are: colour type and depth of its header, in the combinations that PNG
/// allows.
struct PNGColor: Equatable {
  /// PNG's colour types.
  enum Kind: UInt8 {
    case gray = 0
    case rgb = 2
    case palette = 3
    case grayAlpha = 4
    case rgba = 6
  }

  /// The colour type.
  let kind: Kind
  /// Bits of a sample: 1, 2, 4, 8 or 16.
  let depth: Int

  /// - Returns: nil for a combination that PNG does not have; Pillow knows none of them either.
  init?(type: UInt8, depth: UInt8) {
    guard let kind = Kind(rawValue: type) else { return nil }
    let depths: [UInt8] =
      switch kind {
      case .gray: [1, 2, 4, 8, 16]
      case .palette: [1, 2, 4, 8]
      case .rgb, .grayAlpha, .rgba: [8, 16]
      }
    guard depths.contains(depth) else { return nil }
    self.kind = kind
    self.depth = Int(depth)
  }

  /// Samples of a pixel, 1 to 4.
  var samples: Int {
    switch kind {
    case .gray, .palette: 1
    case .grayAlpha: 2
    case .rgb: 3
    case .rgba: 4
    }
  }

  /// Bits of a pixel, 1 to 64.
  var bits: Int { samples * depth }

  /// How far apart in bytes the filters look: a pixel, at least 1.
  var filterStep: Int { (bits + 7) / 8 }

  /// Bytes of a row of so many pixels, without the filter's byte.
  func rowBytes(_ width: Int) -> Int { (width * bits + 7) / 8 }
}

/// What the header chunk of a PNG says.
struct PNGHeader {
  /// Pixels in a row, at least 1.
  var width: Int
  /// Rows, at least 1.
  var height: Int
  /// What a pixel is.
  var color: PNGColor
  /// Whether the rows come in the seven passes of Adam7.
  var isInterlaced: Bool

  /// Bytes that the data unpack to, with a filter's byte for each row.
  var unpackedBytes: Int {
    passes.reduce(0) { $0 + $1.rows * (1 + color.rowBytes($1.columns)) }
  }

  /// The passes that have pixels, in the order of the data.
  var passes: [PNGPass] {
    guard isInterlaced else {
      return [PNGPass(x: 0, y: 0, xStep: 1, yStep: 1, columns: width, rows: height)]
    }
    return Self.adam7.compactMap { x, y, xStep, yStep in
      let columns = (width - x + xStep - 1) / xStep
      let rows = (height - y + yStep - 1) / yStep
      guard columns > 0, rows > 0 else { return nil }
      return PNGPass(x: x, y: y, xStep: xStep, yStep: yStep, columns: columns, rows: rows)
    }
  }

  private static let adam7 = [
    (0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2),
    (0, 1, 1, 2),
  ]
}

/// A pass of an interlaced picture: every so many columns and rows of it.
struct PNGPass {
  /// The first column and row.
  let x, y: Int
  /// From one column or row to the next.
  let xStep, yStep: Int
  /// How many columns and rows there are, each at least 1.
  let columns, rows: Int
}

/// The part of the picture that the data fill: all of it, unless an APNG's first frame is smaller.
struct PNGRegion: Equatable {
  /// The left column and the upper row.
  var x, y: Int
  /// Size in pixels.
  var width, height: Int
}
