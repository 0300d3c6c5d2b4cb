import CLibAV
import Records

/// Reads chosen pictures of a video: of one file, the video stream that FFmpeg calls the best.
///
/// The i-th picture is the i-th that a full decode shows. Pictures that nobody wants and nobody needs
/// are not decoded. An object is used by one thread at a time.
package final class VideoReader {
  /// What a video's pictures may have at most, unless another limit is given: 8K.
  package static let defaultPixelLimit = 8192 * 4320

  /// The name under which the file was opened; errors show it.
  package let file: String
  /// Coded packets of the stream: the reference's number of frames, from which indices are taken.
  package var frameCount: Int { index.count }
  /// How many pictures a full decode shows, where that is known without one: an edit list hides some
  /// of those counted. nil where the container does not tell.
  package var shownCount: Int? { index.shown?.count }
  /// Turns by 90 degrees against the clock before pictures are shown, 0 to 3.
  package var quarterTurns: Int { rotation.quarterTurns }
  /// What the reference passes over in silence and strict use refuses, found so far.
  package private(set) var remarks: [MediaError] = []
  /// How many packets were decoded so far, repeated ones included: what the work depends on.
  package private(set) var decodedPackets = 0
  private var hasDamage = false

  let threads: Int
  let pixelLimit: Int
  let index: PacketIndex
  let rotation: DisplayRotation
  /// Seconds of a unit of time stamps.
  let timeBase: Double
  private(set) var container: Container
  private(set) var packets: PacketReader

  /// Opens a video and lists its packets; nothing is decoded yet.
  ///
  /// - Parameters:
  ///   - threads: how many a decoder may use; several videos at once are faster than several threads.
  ///   - pixelLimit: larger pictures are refused before memory is taken for them.
  /// - Throws: `RecordError` for a file that is missing or unreadable, `MediaError` for one that is
  ///   no video or a damaged one.
  package init(
    _ path: String, threads: Int = 1, pixelLimit: Int = VideoReader.defaultPixelLimit
  ) throws {
    LibAVLog.quieten()
    file = path
    self.threads = threads
    self.pixelLimit = pixelLimit
    container = try Container(LocalFile(path), probing: .header, pixelLimit: pixelLimit)
    index = try PacketIndex.read(container)
    guard index.count > 0 else { throw MediaError.noFrames(file: path) }
    try container.checkIsWhole(packets: index.count)
    rotation = DisplayRotation(of: container.stream)
    timeBase = av_q2d(container.stream.pointee.time_base)
    packets = try PacketReader(container, index, isAtStart: false)
    if let missing = try AnnouncedLength.shortfall(of: container.file, format: container.format) {
      remarks.append(missing)
    }
    if let asked = rotation.notApplied {
      remarks.append(
        .unsupportedFeature(
          file: path, feature: asked, remedy: "it is shown as the reference shows it"))
    }
  }

  /// Hands out pictures by their place in presentation order.
  ///
  /// A place beyond the last picture that is shown gets that one, with a remark; `index` of the frame
  /// tells which it is.
  ///
  /// - Parameters:
  ///   - indices: ascending, each once, none negative.
  ///   - body: called once for each of them, in their order.
  /// - Throws: `MediaError`, `RecordError`, and what `body` throws.
  package func frames(at indices: [Int], _ body: (VideoFrame) throws -> Void) throws {
    container.file.renewBudget()
    let decoded = try framesByTime(at: indices, body)
    if decoded.count < indices.count {
      try framesInSequence(at: indices, decoded: decoded, body)
    }
  }

  /// Which kind of container it is.
  package var format: ContainerFormat { container.format }

  /// Decodes by the times of packets as far as pictures come as the times promise.
  ///
  /// - Returns: the times of the pictures that were handed out, one for each of the first indices.
  private func framesByTime(
    at indices: [Int], _ body: (VideoFrame) throws -> Void
  ) throws -> [Int64] {
    guard let shown = index.shown, let last = shown.indices.last else { return [] }
    var decoded: [Int64] = []
    repeat {
      let run = IndexedDecode(self, shown: shown)
      let places = indices.dropFirst(decoded.count).map { min($0, last) }
      let isSound = try run.decode(places.uniqued()) { frame, time in
        for place in indices.dropFirst(decoded.count) where min(place, last) == frame.index {
          decoded.append(time)
          try body(frame)
        }
      }
      if isSound {
        let beyond = indices.filter { $0 > last }
        if !beyond.isEmpty { noteNotShown(beyond, shown: shown.count) }
        return decoded
      }
    } while try probePictures()
    return decoded
  }

  /// Counts a packet that is handed to a decoder.
  func countDecodedPacket() { decodedPackets += 1 }

  /// Adds a remark about pictures that were asked for and are not shown.
  func noteNotShown(_ asked: [Int], shown: Int) {
    remarks.append(
      .framesNotShown(file: file, counted: frameCount, shown: shown, asked: asked))
  }

  /// Adds a remark about the first picture that a decoder had to fill in.
  func noteDamage(of picture: UnsafePointer<AVFrame>, at index: Int) {
    guard picture.pointee.isDamaged, !hasDamage else { return }
    hasDamage = true
    remarks.append(
      .damaged(file: file, reason: "from frame \(index) on the decoder filled in what is missing"))
  }

  /// Opens the container anew and lets FFmpeg look at the first pictures.
  ///
  /// - Returns: false where it was opened like that before.
  private func probePictures() throws -> Bool {
    guard container.probing == .header else { return false }
    try reopen()
    return true
  }

  private func reopen() throws {
    container = try Container(LocalFile(file), probing: .pictures, pixelLimit: pixelLimit)
    packets = try PacketReader(container, index, isAtStart: true)
  }

  /// Goes back to the first packet of a container whose pictures were looked at.
  func rewind() throws {
    if container.probing == .pictures, try packets.move(to: 0) { return }
    try reopen()
  }

  /// A decoder of the stream that has seen nothing.
  func makeDecoder() throws -> PictureDecoder {
    try PictureDecoder(for: container, threads: threads, pixelLimit: pixelLimit)
  }

  /// Makes a frame of a decoded picture, which it takes over.
  ///
  /// - Parameter time: when it is shown, in the stream's time base; nil where nothing tells.
  func frame(
    _ picture: UnsafeMutablePointer<AVFrame>, index: Int, time: Int64?
  ) -> VideoFrame {
    VideoFrame(
      taking: picture, index: index, seconds: time.map { Double($0) * timeBase },
      quarterTurns: quarterTurns)
  }
}
