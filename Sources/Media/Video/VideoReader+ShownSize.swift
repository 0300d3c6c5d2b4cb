import CLibAV

extension VideoReader {
  /// The size of the stream's pictures as they are shown, after turning: that of the container and of
  /// the stream's head, which single pictures may not have. nil where neither tells.
  package var shownSize: (width: Int, height: Int)? {
    let coded = container.stream.pointee.codecpar.pointee
    guard coded.width > 0, coded.height > 0 else { return nil }
    let (width, height) = (Int(coded.width), Int(coded.height))
    return quarterTurns % 2 == 0 ? (width, height) : (height, width)
  }
}
