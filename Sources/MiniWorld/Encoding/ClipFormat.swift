import CLibAV

/// The formats of clips.
public enum ClipFormat: String, Sendable, Hashable, CaseIterable {
  /// H.264 in MP4; MPEG-4 where libavcodec has no encoder for that.
  case mp4
  /// MPEG-4 in AVI.
  case avi

  /// How its names end.
  public var suffix: String {
    switch self {
    case .mp4: ".mp4"
    case .avi: ".avi"
    }
  }

  /// The encoder; nil if the installed libavcodec has none.
  var encoder: UnsafePointer<AVCodec>? {
    switch self {
    case .mp4: avcodec_find_encoder_by_name("libx264") ?? avcodec_find_encoder(AV_CODEC_ID_MPEG4)
    case .avi: avcodec_find_encoder(AV_CODEC_ID_MPEG4)
    }
  }
}
