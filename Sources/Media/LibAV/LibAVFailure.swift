import CLibAV

/// What FFmpeg's libraries say of a negative return value.
package enum LibAVFailure {
  /// The text of an error number, such as "Invalid data found when processing input".
  package static func text(_ code: Int32) -> String {
    var buffer = [CChar](repeating: 0, count: Int(AV_ERROR_MAX_STRING_SIZE))
    guard av_strerror(code, &buffer, buffer.count) == 0 else { return "error \(code)" }
    return String(decoding: buffer.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
  }
}
