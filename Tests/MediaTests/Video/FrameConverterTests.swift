import CLibAV
import Media
import TestSupport
import Testing

/// Frames of our own making become pictures.
@Suite struct FrameConverterTests {
  static let formats = [
    AV_PIX_FMT_YUV420P, AV_PIX_FMT_YUVJ420P, AV_PIX_FMT_YUV422P, AV_PIX_FMT_YUVJ422P,
    AV_PIX_FMT_YUV444P, AV_PIX_FMT_YUV420P10LE, AV_PIX_FMT_YUV422P10LE, AV_PIX_FMT_YUV444P10LE,
    AV_PIX_FMT_YUV411P, AV_PIX_FMT_YUV410P, AV_PIX_FMT_YUV440P, AV_PIX_FMT_NV12,
    AV_PIX_FMT_YUYV422, AV_PIX_FMT_UYVY422, AV_PIX_FMT_YUVA420P, AV_PIX_FMT_GRAY8,
    AV_PIX_FMT_GRAY16LE, AV_PIX_FMT_RGB24, AV_PIX_FMT_BGR24, AV_PIX_FMT_RGBA, AV_PIX_FMT_GBRP,
    AV_PIX_FMT_RGB48LE, AV_PIX_FMT_RGB555LE, AV_PIX_FMT_PAL8, AV_PIX_FMT_MONOBLACK,
  ]

  private func image(_ frame: VideoFrame, _ size: FrameSize = .native) throws -> RGBImage {
    try FrameConverter(size, file: "made").image(of: frame)
  }

  /// swscale's fast bodies write whole registers: past the width where a row has room, else they
  /// leave the last columns of each row as they were.
  @Test(arguments: formats.indices) func everyPixelIsWritten(_ format: Int) throws {
    let format = Self.formats[format]
    for width in 1...70 {
      for (height, turns) in [(1, 0), (2, 0), (17, 1), (16, 2), (5, 3)] {
        // Black and white alternate in a byte of 200.
        let level: UInt8 = format == AV_PIX_FMT_MONOBLACK ? 255 : 200
        let frame = try MadeFrame.plain(
          format, width: width, height: height, quarterTurns: turns, level: level)
        let native = try image(frame)
        #expect(native.width == (turns % 2 == 0 ? width : height))
        #expect(native.height == (turns % 2 == 0 ? height : width))
        #expect(isPlain(native) as Bool, "\(format) \(width) x \(height), \(turns) turns")
        let square = try image(frame, .square(19, .swscale))
        #expect(square.width == 19 && square.height == 19)
        let isRGB =
          (av_pix_fmt_desc_get(format)?.pointee.flags ?? 0) & UInt64(AV_PIX_FMT_FLAG_RGB) != 0
        if native.width % 2 == 0 || !isRGB {
          #expect(isPlain(square), "\(format) \(width) x \(height), \(turns) turns, 19 x 19")
        }
      }
    }
  }

  /// Scaling RGB of an odd width, swscale reads a pixel more than there is.
  @Test func whatIsPastTheWidthIsAlwaysTheSame() throws {
    let squares = try (0..<4).map { _ in
      let frame = try MadeFrame.random(AV_PIX_FMT_RGB24, width: 35, height: 33, quarterTurns: 1)
      return try image(frame, .square(19, .swscale))
    }
    #expect(squares.allSatisfy { $0 == squares[0] })
  }

  private func isPlain(_ image: RGBImage) -> Bool {
    let first = Array(image.bytes.prefix(3))
    return stride(from: 0, to: image.bytes.count, by: 3).allSatisfy {
      image.bytes[$0..<$0 + 3].elementsEqual(first)
    }
  }

  /// Where a pixel depends on no neighbour, turning first and turning last are the same.
  @Test(arguments: [AV_PIX_FMT_YUV444P, AV_PIX_FMT_GRAY8, AV_PIX_FMT_RGB24, AV_PIX_FMT_RGBA])
  func turningThePictureTurnsTheImage(_ format: AVPixelFormat) throws {
    for (width, height) in [(1, 1), (1, 7), (6, 4), (33, 65), (70, 35)] {
      let upright = try image(try MadeFrame.random(format, width: width, height: height))
      for turns in 1...3 {
        let frame = try MadeFrame.random(
          format, width: width, height: height, quarterTurns: turns)
        let turned = try image(frame)
        #expect(turned == upright.turned(by: turns), "\(width) x \(height), \(turns) turns")
        if width > 1 && height > 1 { #expect(turned != upright.turned(by: turns ^ 2 | 1)) }
      }
    }
  }

  /// 4:2:0 of an even size is converted two by two pixels at a time.
  @Test func chromaTurnsWithLuma() throws {
    let upright = try image(try MadeFrame.random(AV_PIX_FMT_YUV420P, width: 48, height: 34))
    for turns in 1...3 {
      let turned = try image(
        try MadeFrame.random(AV_PIX_FMT_YUV420P, width: 48, height: 34, quarterTurns: turns))
      #expect(turned == upright.turned(by: turns), "\(turns) turns")
    }
  }

  @Test func rangeAndMatrixCount() throws {
    func picture(_ matrix: AVColorSpace, _ range: AVColorRange) throws -> RGBImage {
      let frame = try MadeFrame.random(AV_PIX_FMT_YUV420P, width: 32, height: 32)
      frame.frame.pointee.colorspace = matrix
      frame.frame.pointee.color_range = range
      return try image(frame)
    }
    let untagged = try picture(AVCOL_SPC_UNSPECIFIED, AVCOL_RANGE_UNSPECIFIED)
    #expect(try picture(AVCOL_SPC_BT470BG, AVCOL_RANGE_MPEG) == untagged)
    #expect(try picture(AVCOL_SPC_SMPTE170M, AVCOL_RANGE_MPEG) == untagged)
    // What swscale has no matrix for is taken for BT.601 as well.
    #expect(try picture(AVCOL_SPC_YCGCO, AVCOL_RANGE_MPEG) == untagged)
    #expect(try picture(AVCOL_SPC_ICTCP, AVCOL_RANGE_MPEG) == untagged)
    let others = [
      try picture(AVCOL_SPC_BT709, AVCOL_RANGE_MPEG),
      try picture(AVCOL_SPC_BT2020_NCL, AVCOL_RANGE_MPEG),
      try picture(AVCOL_SPC_BT470BG, AVCOL_RANGE_JPEG),
      try picture(AVCOL_SPC_BT709, AVCOL_RANGE_JPEG),
    ]
    for (place, other) in others.enumerated() {
      #expect(other != untagged)
      #expect(!others[..<place].contains(other))
    }
  }

  /// One converter for frames of several kinds gives what a new one gives for each.
  @Test func framesOfSeveralKinds() throws {
    for size in [FrameSize.native, .square(24, .swscale), .square(24, .pillow)] {
      let converter = FrameConverter(size, file: "made")
      for round in 0..<2 {
        for (place, format) in Self.formats.enumerated() {
          let frame = try MadeFrame.random(
            format, width: 40 + place, height: 30, quarterTurns: (place + round) % 4)
          #expect(try converter.image(of: frame) == image(frame, size))
        }
      }
    }
  }

  @Test func pillowResizesTheNativePicture() throws {
    let frame = try MadeFrame.random(
      AV_PIX_FMT_YUV420P, width: 50, height: 31, quarterTurns: 1)
    let native = try image(frame)
    let bicubic = try image(frame, .square(20, .pillow))
    let bilinear = try image(frame, .square(20, .pillowBilinear))
    #expect(bicubic == Resampler(filter: .bicubic).resize(native, width: 20, height: 20))
    #expect(bilinear == Resampler(filter: .bilinear).resize(native, width: 20, height: 20))
    #expect(bicubic != bilinear)
    #expect(bicubic != (try image(frame, .square(20, .swscale))))
  }

  @Test func chromaSiting() throws {
    let frame = try MadeFrame.random(AV_PIX_FMT_YUV420P, width: 40, height: 30)
    frame.frame.pointee.chroma_location = AVCHROMA_LOC_LEFT
    func square(_ siting: ChromaSiting) throws -> RGBImage {
      try FrameConverter(.square(64, .swscale), file: "made", siting: siting).image(of: frame)
    }
    #expect(try square(.asTagged) != square(.assumedCentred))
    frame.frame.pointee.chroma_location = AVCHROMA_LOC_UNSPECIFIED
    #expect(try square(.asTagged) == square(.assumedCentred))
  }

  @Test(arguments: 0...3) func pixelsOfUnknownKind(_ turns: Int) throws {
    let frame = try MadeFrame.random(
      AV_PIX_FMT_YUV420P, width: 16, height: 16, quarterTurns: turns)
    frame.frame.pointee.format = AV_PIX_FMT_VAAPI.rawValue
    #expect {
      try image(frame)
    } throws: { error in
      guard case .unsupportedFeature(let file, let feature, _)? = error as? MediaError else {
        return false
      }
      return file == "made" && feature.contains("vaapi")
    }
    frame.frame.pointee.format = -1
    #expect(throws: MediaError.self) { try image(frame) }
    frame.frame.pointee.format = AV_PIX_FMT_YUV420P.rawValue
  }
}
