import CLibAV
import Glibc

/// How the pictures of a stream are turned before they are shown.
package struct DisplayRotation: Equatable {
  /// Turns by 90 degrees against the clock, 0 to 3.
  package private(set) var quarterTurns = 0
  /// What the stream asks for and the reference does not do; nil where there is nothing of the kind.
  package private(set) var notApplied: String?

  /// Reads what a stream says: a `rotate` tag, as Matroska files have it, before a display matrix.
  init(of stream: UnsafePointer<AVStream>) {
    if let tag = av_dict_get(stream.pointee.metadata, "rotate", nil, 0),
      strtod(tag.pointee.value, nil) != 0
    {
      turn(clockwise: strtod(tag.pointee.value, nil))
      return
    }
    var size = 0
    guard let data = av_stream_get_side_data(stream, AV_PKT_DATA_DISPLAYMATRIX, &size),
      size >= 9 * MemoryLayout<Int32>.size
    else { return }
    let matrix = (0..<9).map {
      UnsafeRawPointer(data).loadUnaligned(fromByteOffset: 4 * $0, as: Int32.self)
    }
    apply(matrix)
  }

  /// Takes an angle for what decord makes of it.
  ///
  /// Quirks kept: the angle is cut down to whole degrees, and only 90, 180 and 270 turn the picture.
  package init(clockwise angle: Double) { turn(clockwise: angle) }

  private mutating func turn(clockwise angle: Double) {
    let turn = angle.truncatingRemainder(dividingBy: 360)
    switch turn.isFinite ? Int(turn < 0 ? turn + 360 : turn) : -1 {
    case 90: quarterTurns = 3
    case 180: quarterTurns = 2
    case 270: quarterTurns = 1
    case 0, 360: break
    default: notApplied = "a turn by \(angle) degrees clockwise"
    }
  }

  /// Takes a display matrix for what decord makes of it.
  ///
  /// Quirks kept: those of an angle; a mirrored matrix is turned by the angle that its first row has
  /// and not mirrored.
  ///
  /// - Parameter matrix: nine numbers, row by row, as containers and FFmpeg have them; none where the
  ///   stream has no matrix.
  package init(matrix: [Int32]) { apply(matrix) }

  private mutating func apply(_ matrix: [Int32]) {
    guard matrix.count == 9 else { return }
    let angle = matrix.withUnsafeBufferPointer { values in
      values.baseAddress.map { av_display_rotation_get($0) } ?? 0
    }
    guard angle.isFinite else {
      notApplied = "a display matrix that shrinks the picture to nothing"
      return
    }
    turn(clockwise: -angle)
    let determinant =
      Double(matrix[0]) * Double(matrix[4]) - Double(matrix[1]) * Double(matrix[3])
    if determinant < 0 { notApplied = "a mirrored picture" }
  }
}
