import CLibAV

/// FFmpeg's own log on standard error.
package enum LibAVLog {
  /// Silences it: what matters of it is in our errors. The level belongs to the whole process, so a
  /// level that someone else has set stays as it is.
  package static func quieten() { _ = isQuiet }

  private static let isQuiet: Bool = {
    guard av_log_get_level() == AV_LOG_INFO else { return false }
    av_log_set_level(AV_LOG_QUIET)
    return true
  }()
}
