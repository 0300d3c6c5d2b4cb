import CLibAV

/// What a packet's first bytes say of the picture in it, without decoding.
package struct CodedPicture: Equatable {
  /// Whether exactly one picture is shown for the packet, at the packet's time.
  package var showsOnePicture = false
  /// Whether decoding may begin with it: no picture that is shown after it needs one before it.
  package var isStart = false
  /// Whether no other picture needs it, so that it need not be decoded unless it is wanted.
  package var isDroppable = false
  /// Whether it brings the parameters of pictures along, all kinds of them. One that brings only
  /// some changes them for all pictures behind it, starts included: it breaks the sequence.
  package var hasParameters = false
  /// The layer of time it belongs to, from 0; pictures of higher layers may need it in any case.
  package var temporalLayer: UInt8 = 0
  /// Whether pictures behind it are decoded or shown by other rules than these.
  package var breaksSequence = false

  /// Nothing is known of it.
  package init() {}

  /// Whether packets of a codec can be looked into.
  static func canInspect(_ codec: AVCodecID) -> Bool {
    [AV_CODEC_ID_H264, AV_CODEC_ID_HEVC, AV_CODEC_ID_VP8, AV_CODEC_ID_VP9].contains(codec)
  }

  /// Looks into a packet.
  ///
  /// - Parameters:
  ///   - lengthSize: bytes of the length before each NAL unit (H.264, HEVC); 0 for start codes.
  package init(_ bytes: UnsafeBufferPointer<UInt8>, codec: AVCodecID, lengthSize: Int) {
    switch codec {
    case AV_CODEC_ID_H264: inspectH264(NALUnits(bytes, lengthSize: lengthSize))
    case AV_CODEC_ID_HEVC: inspectHEVC(NALUnits(bytes, lengthSize: lengthSize))
    case AV_CODEC_ID_VP8: inspectVP8(bytes)
    case AV_CODEC_ID_VP9: inspectVP9(bytes)
    default: break
    }
  }

  /// H.264: `nal_ref_idc` 0 in all slices means that nothing refers to the picture; an IDR picture
  /// empties the decoder. Recovery points (open GOP) are no starts: what a decoder does with
  /// references that it never saw is its own affair.
  private mutating func inspectH264(_ units: NALUnits) {
    var (slices, starts, references, pictures) = (0, 0, 0, 0)
    var parameters: Set<UInt8> = []
    for unit in units {
      guard let header = unit.first else { continue }
      switch header & 31 {
      case 1, 5:
        slices += 1
        if header & 31 == 5 { starts += 1 }
        if header & 0x60 != 0 { references += 1 }
        // first_mb_in_slice, an Exp-Golomb number: 0 is a single 1 bit.
        if unit.count > 1, unit[unit.startIndex + 1] & 0x80 != 0 { pictures += 1 }
      // Data partitions.
      case 2, 3, 4: breaksSequence = true
      case 7, 8: parameters.insert(header & 31)
      default: break
      }
    }
    // Two fields of a picture begin at macroblock 0 both.
    showsOnePicture = pictures == 1 || pictures == 2
    isStart = slices > 0 && starts == slices
    isDroppable = slices > 0 && references == 0 && parameters.isEmpty
    hasParameters = parameters.count == 2
    breaksSequence = breaksSequence || parameters.count == 1
  }

  /// HEVC: sub-layer non-reference pictures of the highest temporal layer are referred to by none.
  /// All pictures shown after a CRA picture can be decoded from it.
  private mutating func inspectHEVC(_ units: NALUnits) {
    var (slices, pictures, starts, droppable) = (0, 0, 0, 0)
    var parameters: Set<UInt8> = []
    for unit in units {
      guard unit.count >= 2 else { continue }
      let (high, low) = (unit[unit.startIndex], unit[unit.startIndex + 1])
      let type = high >> 1 & 63
      // Other layers (multiview) are not decoded.
      guard high & 1 == 0, low >> 3 == 0 else { continue }
      switch type {
      case 0...31:
        slices += 1
        if unit.count > 2, unit[unit.startIndex + 2] & 0x80 != 0 { pictures += 1 }
        if (19...21).contains(type) { starts += 1 }
        if type <= 14, type % 2 == 0 { droppable += 1 }
        // The leading pictures of a BLA picture are never shown.
        if (16...18).contains(type) { breaksSequence = true }
        temporalLayer = max(temporalLayer, (low & 7) - min(1, low & 7))
      case 32...34: parameters.insert(type)
      // End of sequence, end of stream: leading pictures behind it are not shown.
      case 36, 37: breaksSequence = true
      default: break
      }
    }
    showsOnePicture = pictures == 1
    isStart = slices > 0 && starts == slices
    isDroppable = slices > 0 && droppable == slices && parameters.isEmpty
    hasParameters = parameters.count == 3
    breaksSequence = breaksSequence || (1...2).contains(parameters.count)
  }

  /// VP8: bit 0 of the frame tag is clear in a key frame, bit 4 says that it is shown.
  private mutating func inspectVP8(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let tag = bytes.first else { return }
    showsOnePicture = tag & 0x10 != 0
    isStart = tag & 1 == 0
  }

  /// VP9: the last frame of a superframe is the one that is shown.
  private mutating func inspectVP9(_ bytes: UnsafeBufferPointer<UInt8>) {
    guard let first = bytes.first, let last = bytes.last, first >> 6 == 2 else { return }
    let isSuperframe = last & 0xE0 == 0xC0
    // Profile 3 has a reserved bit after the profile.
    let shift: UInt8 = first & 0x30 == 0x30 ? 1 : 0
    let showsExisting = first >> (3 - shift) & 1 == 1
    let isKey = first >> (2 - shift) & 1 == 0
    let isShown = first >> (1 - shift) & 1 == 1
    showsOnePicture = isSuperframe || showsExisting || isShown
    isStart = !isSuperframe && !showsExisting && isKey && isShown
  }
}
