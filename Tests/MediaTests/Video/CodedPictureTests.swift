import CLibAV
import Media
import Testing

@Suite struct CodedPictureTests {
  private func inspect(
    _ codec: AVCodecID, _ bytes: [UInt8], lengthSize: Int = 4
  ) -> CodedPicture {
    bytes.withUnsafeBufferPointer { CodedPicture($0, codec: codec, lengthSize: lengthSize) }
  }

  private func units(_ units: [UInt8]..., lengthSize: Int = 4) -> [UInt8] {
    units.flatMap { unit in
      [UInt8](repeating: 0, count: lengthSize - 1) + [UInt8(unit.count)] + unit
    }
  }

  @Test func h264() {
    let codec = AV_CODEC_ID_H264
    let start = inspect(codec, units([0x67, 1], [0x68, 1], [0x65, 0x88]))
    #expect(start.isStart && start.showsOnePicture && start.hasParameters && !start.isDroppable)
    let reference = inspect(codec, units([0x41, 0x9A], [0x41, 0x20]))
    #expect(!reference.isStart && reference.showsOnePicture && !reference.isDroppable)
    let droppable = inspect(codec, units([0x09, 0xF0], [0x01, 0x9E], [0x01, 0x20]))
    #expect(droppable.isDroppable && droppable.showsOnePicture)
    // One slice that others need is enough; so are parameters.
    #expect(!inspect(codec, units([0x01, 0x9E], [0x41, 0x20])).isDroppable)
    #expect(!inspect(codec, units([0x68, 1], [0x01, 0x9E])).isDroppable)
    // Neither a second half alone nor parameters alone are a picture.
    #expect(!inspect(codec, units([0x41, 0x20])).showsOnePicture)
    #expect(!inspect(codec, units([0x67, 1])).showsOnePicture)
    // Some parameters but not all hold on beyond the next start.
    #expect(inspect(codec, units([0x68, 1], [0x65, 0x88])).breaksSequence)
    #expect(inspect(codec, units([0x67, 1], [0x41, 0x9A])).breaksSequence)
    #expect(!start.breaksSequence && !reference.breaksSequence)
    // Data partitions.
    #expect(inspect(codec, units([0x42, 0x9A])).breaksSequence)
  }

  @Test func h264WithStartCodesAndShortLengths() {
    let codes: [UInt8] = [
      0, 0, 0, 1, 0x09, 0xF0, 0, 0, 1, 0x65, 0x88, 0, 0, 3, 1, 0, 0, 1, 0x65, 0x20,
    ]
    let start = inspect(AV_CODEC_ID_H264, codes, lengthSize: 0)
    #expect(start.isStart && start.showsOnePicture)
    let short = inspect(AV_CODEC_ID_H264, units([0x01, 0x9E], lengthSize: 2), lengthSize: 2)
    #expect(short.isDroppable && short.showsOnePicture)
  }

  @Test func hevc() {
    let codec = AV_CODEC_ID_HEVC
    func picture(_ type: UInt8, layer: UInt8 = 1) -> [UInt8] { [type << 1, layer, 0x80] }
    for type: UInt8 in [19, 20, 21] {
      let start = inspect(codec, units(picture(type)))
      #expect(start.isStart && start.showsOnePicture && !start.isDroppable)
    }
    #expect(inspect(codec, units(picture(0))).isDroppable)
    #expect(inspect(codec, units(picture(8))).isDroppable)
    #expect(!inspect(codec, units(picture(1))).isDroppable)
    #expect(inspect(codec, units(picture(0, layer: 3))).temporalLayer == 2)
    #expect(inspect(codec, units(picture(16))).breaksSequence)
    #expect(inspect(codec, units(picture(1), [36 << 1, 1])).breaksSequence)
    let parameters: [[UInt8]] = [[64, 1, 0], [66, 1, 0], [68, 1, 0]]
    let whole = inspect(codec, parameters.flatMap { units($0) } + units(picture(19)))
    #expect(whole.hasParameters && !whole.breaksSequence)
    for count in 1...2 {
      let some = parameters.suffix(count).flatMap { units($0) } + units(picture(19))
      #expect(inspect(codec, some).breaksSequence && !inspect(codec, some).hasParameters)
    }
  }

  @Test func vp8() {
    #expect(inspect(AV_CODEC_ID_VP8, [0x10, 1, 0]).isStart)
    #expect(inspect(AV_CODEC_ID_VP8, [0x10, 1, 0]).showsOnePicture)
    #expect(!inspect(AV_CODEC_ID_VP8, [0x11, 1, 0]).isStart)
    #expect(!inspect(AV_CODEC_ID_VP8, [0x01, 1, 0]).showsOnePicture)
  }

  @Test func vp9() {
    let key = inspect(AV_CODEC_ID_VP9, [0x82, 0x49, 0x83])
    #expect(key.isStart && key.showsOnePicture)
    let between = inspect(AV_CODEC_ID_VP9, [0x86, 0, 0x40])
    #expect(!between.isStart && between.showsOnePicture)
    #expect(!inspect(AV_CODEC_ID_VP9, [0x84, 0, 0x40]).showsOnePicture)
    #expect(inspect(AV_CODEC_ID_VP9, [0x84, 0, 0xC1]).showsOnePicture)
    #expect(inspect(AV_CODEC_ID_VP9, [0x88]).showsOnePicture)
    // Profile 3, whose marker is one bit longer.
    #expect(inspect(AV_CODEC_ID_VP9, [0xB1, 0x49, 0x83]).isStart)
  }

  /// Nothing in a packet leads beyond it.
  @Test(arguments: [AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_VP8, AV_CODEC_ID_VP9])
  func cutPackets(_ codec: AVCodecID) {
    let whole = units([0x26, 1, 0x80], [0x65, 0x88, 0x80, 0x40], [0xFF, 0xFF])
    for count in 0...whole.count {
      for lengthSize in 0...4 {
        _ = inspect(codec, Array(whole.prefix(count)), lengthSize: lengthSize)
      }
    }
    #expect(!inspect(codec, [], lengthSize: 0).showsOnePicture)
    #expect(!inspect(codec, [0xFF, 0xFF, 0xFF, 0xFF, 0x65], lengthSize: 4).isDroppable)
  }
}
