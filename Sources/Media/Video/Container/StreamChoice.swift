import CLibAV

/// The video stream of a container that is read.
struct StreamChoice {
  /// Its number.
  let index: Int32
  /// The decoder that FFmpeg chose for it.
  let decoder: UnsafePointer<AVCodec>
  /// The stream; valid as long as the container's context is.
  let stream: UnsafeMutablePointer<AVStream>
  /// How it was chosen.
  let probing: Container.Probing

  /// Chooses the stream that FFmpeg 4.1, and so decord 0.6, calls the best: by how many pictures the
  /// probe saw, then by bit rate.
  ///
  /// - Throws: `MediaError.noVideoStream`, `.unsupportedFeature`, `.tooLarge`, `.damaged`.
  init(
    in context: UnsafeMutablePointer<AVFormatContext>, format: ContainerFormat, file: LocalFile,
    probing: Container.Probing, pixelLimit: Int
  ) throws {
    // Before anything is decoded, and so before memory is taken for pictures.
    for claim in Self.videoParameters(of: context) {
      try Self.check(claim, file: file.path, limit: pixelLimit)
    }
    let isPlain = probing == .header && Self.isPlain(context, format: format)
    self.probing = isPlain ? .header : .pictures
    if !isPlain {
      try StreamProbe.run(on: context, file: file, pixelLimit: pixelLimit)
    }
    Self.forgetDefaults(in: context)
    var decoder: UnsafePointer<AVCodec>?
    index = av_find_best_stream(context, AVMEDIA_TYPE_VIDEO, -1, -1, &decoder, 0)
    guard index >= 0, let decoder, let stream = context.pointee.streams[Int(index)] else {
      guard let codec = Self.videoParameters(of: context).first?.codec_id else {
        throw MediaError.noVideoStream(file: file.path)
      }
      let name = codec == AV_CODEC_ID_NONE ? "unknown" : String(cString: avcodec_get_name(codec))
      throw MediaError.unsupportedFeature(
        file: file.path, feature: "the coding of its video (\(name))",
        remedy: "convert it to H.264")
    }
    self.decoder = decoder
    self.stream = stream
    try Self.check(stream.pointee.codecpar.pointee, file: file.path, limit: pixelLimit)
  }

  /// Later versions of FFmpeg prefer the stream that the container marks as the default one, in MP4
  /// the first; the reference's takes no notice of the mark.
  private static func forgetDefaults(in context: UnsafeMutablePointer<AVFormatContext>) {
    for place in 0..<Int(context.pointee.nb_streams) {
      context.pointee.streams[place]?.pointee.disposition &= ~AV_DISPOSITION_DEFAULT
    }
  }

  private static func check(_ parameters: AVCodecParameters, file: String, limit: Int) throws {
    let (width, height) = (Int(parameters.width), Int(parameters.height))
    // Both are 32-bit numbers: the product fits.
    guard width <= 0 || height <= 0 || width * height <= limit else {
      throw MediaError.tooLarge(file: file, width: width, height: height, limit: limit)
    }
  }

  /// Whether the header leaves nothing open: there is one video stream, so that it is the best, and
  /// its decoder is set up by it. Should a picture come out of order for want of probing, its time
  /// tells, and `VideoReader` probes after all.
  private static func isPlain(
    _ context: UnsafeMutablePointer<AVFormatContext>, format: ContainerFormat
  ) -> Bool {
    let streams = videoParameters(of: context)
    guard format.hasTimes, streams.count == 1,
      let parameters = streams.first, CodedPicture.canInspect(parameters.codec_id)
    else { return false }
    let needsRecord = [AV_CODEC_ID_H264, AV_CODEC_ID_HEVC].contains(parameters.codec_id)
    return parameters.width > 0 && parameters.height > 0
      && (!needsRecord || parameters.extradata_size > 0)
  }

  /// What the container says of its video streams.
  static func videoParameters(
    of context: UnsafeMutablePointer<AVFormatContext>
  ) -> [AVCodecParameters] {
    (0..<Int(context.pointee.nb_streams)).compactMap { place in
      guard let parameters = context.pointee.streams[place]?.pointee.codecpar?.pointee,
        parameters.codec_type == AVMEDIA_TYPE_VIDEO
      else { return nil }
      return parameters
    }
  }
}
