import Datasets
import Media
import Records

extension SplitReport {
  /// What is decoded of its media.
  ///
  /// - Parameter frames: How many frames of a clip; nil where the card does not say.
  func samples(frames: Int?) -> [DeepCheck.Sample] {
    (media?.location.found ?? []).map { DeepCheck.Sample($0, frames: frames) }
  }

  /// With what a look into the media has shown.
  func adding(
    _ verdicts: [DeepCheck.Sample: DeepCheck.Verdict], frames: Int?, set: String
  ) -> SplitReport {
    guard var media else { return self }
    var unreadable: [MediaReport.Unreadable] = []
    var formats: [MediaFormat: Int] = [:]
    var otherEndings: [String] = []
    var problems = MediaProblems()
    for sample in samples(frames: frames) {
      guard let verdict = verdicts[sample] else { continue }
      switch verdict.result {
      case .success(let format):
        formats[format, default: 0] += 1
        if format.contradicts(nameOf: sample.path) { otherEndings.append(sample.path) }
      case .failure(let error):
        unreadable.append(MediaReport.Unreadable(path: sample.path, error: error))
        problems.add(error, at: sample.path)
      }
      for remark in verdict.remarks { problems.add(remark: remark, at: sample.path) }
    }
    media.unreadable = unreadable
    media.formats = formats
    media.problems = problems
    var report = self
    report.media = media
    if let first = unreadable.first {
      report.findings.append(
        Finding(
          EvaluationError.mediaUnreadable(
            set: set, kind: media.kind, count: unreadable.count, of: media.location.found.count,
            kinds: problems.failures.map { ($0.code, $0.count) }, first: "\(first.error)"),
          code: "media_unreadable", count: unreadable.count,
          examples: unreadable.prefix(10).map(\.path)))
    }
    report.findings += problems.remarks.map { remark in
      Finding(
        (remark.first as? MediaError)?.isDamage == true ? .warning : .note,
        Problem(
          code: remark.code,
          message:
            "\(remark.count) of \(media.location.found.count) \(media.kind.plural) are read as "
            + "the reference reads them; first: \(remark.first)",
          count: remark.count, examples: remark.examples))
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
