import Datasets
import Records

extension SplitReport {
  /// With what a look into the media has shown.
  func adding(_ verdicts: [String: MediaCheck.Verdict], set: String) -> SplitReport {
    guard var media else { return self }
    var unreadable: [MediaReport.Unreadable] = []
    var formats: [MediaFormat: Int] = [:]
    var otherEndings: [String] = []
    for file in media.location.found {
      guard let verdict = verdicts[file.path] else { continue }
      if let format = verdict.format { formats[format, default: 0] += 1 }
      if let damage = verdict.damage {
        unreadable.append(MediaReport.Unreadable(path: file.path, damage: damage))
      }
      if verdict.hasOtherEnding { otherEndings.append(file.path) }
    }
    media.unreadable = unreadable
    media.formats = formats
    var report = self
    report.media = media
    if let first = unreadable.first {
      report.findings.append(
        Finding(
          EvaluationError.mediaUnreadable(
            set: set, kind: media.kind, count: unreadable.count, of: media.location.found.count,
            first: first.path, damage: "\(first.damage)"),
          code: "media_unreadable", count: unreadable.count,
          examples: unreadable.prefix(10).map(\.path)))
    }
    if let first = otherEndings.first {
      report.findings.append(
        Finding(
          .note,
          Problem(
            code: "media_extension",
            message: "\(otherEndings.count) media files are of another format than their names "
              + "say (first: \(first)); they are read by content",
            count: otherEndings.count, examples: Array(otherEndings.prefix(10)))))
    }
    report.findings = report.findings.bySeverity
    return report
  }
}
