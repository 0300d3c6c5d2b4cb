import Records

/// Samples frames of videos as the reference does: at the indices of `FrameIndices.uniform` (or, on
/// request, of `.spread`), each the exact frame in presentation order.
///
/// Frames that the reference's own reader confuses (AVI without time stamps, open groups of pictures,
/// transport streams) are the exact ones here. Where a video has fewer frames than are asked for, the
/// first is repeated; an index beyond the last frame that is shown gives that one. Both are remarks,
/// and errors in strict use.
///
/// Source: the data sets of mPLUG's video tasks, over decord 0.6. A value can be used by
/// several threads at once, each for a video of its own.
public struct VideoSampler: Sendable {
  /// How many frames are taken, at least 1.
  public let count: Int
  /// The size of the pictures.
  public let size: FrameSize
  /// At which indices frames are taken.
  public let rule: FrameIndices.Rule
  /// Whether remarks are errors.
  public let strict: Bool
  /// Whether frames are hashed in native size, which costs a conversion each.
  public let hashes: Bool

  /// Shared by all videos: it remembers its weights.
  let resampler: Resampler?

  /// Chooses frames and their size.
  public init(
    count: Int, size: FrameSize, rule: FrameIndices.Rule = .uniform, strict: Bool = false,
    hashes: Bool = false
  ) {
    precondition(count > 0, "a sample has at least one frame")
    self.count = count
    self.size = size
    self.rule = rule
    self.strict = strict
    self.hashes = hashes
    resampler = size.resampler
  }

  /// Samples a video. All pictures are in memory at once.
  ///
  /// - Throws: `RecordError` for a file that is missing or unreadable, `MediaError` for one that is no
  ///   video or whose frames cannot be decoded, and in strict use for every remark.
  public func sample(_ path: String) throws -> SampledVideo {
    var images: [Int: RGBImage] = [:]
    let manifest = try forEachFrame(of: path) { frame in
      for place in frame.places { images[place] = frame.image }
    }
    return SampledVideo(
      manifest: manifest, images: manifest.indices.indices.compactMap { images[$0] })
  }

  /// Samples a video and hands out each frame as soon as it is decoded, ascending, one that is sampled
  /// several times only once.
  ///
  /// - Throws: as `sample`, and what `body` throws. In strict use frames may have been handed out
  ///   before a remark is thrown.
  package func forEachFrame(
    of path: String, _ body: (SampledFrame) throws -> Void
  ) throws -> FrameManifest {
    let reader = try VideoReader(path)
    let indices = rule.indices(count: count, of: reader.frameCount)
    let tooFew: [MediaError] =
      reader.frameCount < count
      ? [.tooFewFrames(file: path, frames: reader.frameCount, asked: count)] : []
    try refuse(tooFew + reader.remarks)

    let converter = SampleConverter(for: self, file: path)
    var shownIndices: [Int] = []
    var seconds: [Double?] = []
    var digests: [String] = []
    let distinct = Self.distinct(indices)
    var rest = distinct[...]
    try reader.frames(at: distinct.map(\.index)) { frame in
      guard let (index, places) = rest.popFirst() else { return }
      let (image, sha256) = try converter.convert(frame)
      for _ in places {
        shownIndices.append(frame.index)
        seconds.append(frame.seconds)
        if let sha256 { digests.append(sha256) }
      }
      try body(
        SampledFrame(
          index: index, places: places, shownIndex: frame.index, seconds: frame.seconds,
          image: image, sha256: sha256))
    }
    if let (index, _) = rest.first {
      throw MediaError.undecodableFrame(file: path, index: index, reason: "it did not come")
    }
    try refuse(reader.remarks)
    return FrameManifest(
      file: path, container: reader.format, frameCount: reader.frameCount, size: size,
      width: converter.width, height: converter.height, indices: indices,
      shownIndices: shownIndices, seconds: seconds,
      sha256: hashes ? digests : nil, remarks: tooFew + reader.remarks)
  }

  /// Ascending indices, each once, with the places at which it stands.
  private static func distinct(_ indices: [Int]) -> [(index: Int, places: Range<Int>)] {
    var distinct: [(index: Int, places: Range<Int>)] = []
    for (place, index) in indices.enumerated() {
      if let last = distinct.last, last.index == index {
        distinct[distinct.count - 1].places = last.places.lowerBound..<place + 1
      } else {
        distinct.append((index, place..<place + 1))
      }
    }
    return distinct
  }

  private func refuse(_ remarks: [MediaError]) throws {
    if strict, let first = remarks.first { throw first }
  }
}
