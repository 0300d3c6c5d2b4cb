import Datasets
import Records

/// Looks at one split after the other of a benchmark.
struct SplitExamination {
  let card: BenchmarkCard
  let dataset: any Dataset.Type
  let data: String
  let listings: FolderListings
  let isDeep: Bool

  /// Everything but what is in the media themselves.
  func report(on split: BenchmarkSplit) -> SplitReport {
    let folder = DataFolder(path: data, folders: card.folders)
    var files = FileSearch(split, under: folder)
    var errors = DistinctErrors()
    var findings = files.repeated.map { Finding(.note, $0) }
    var counts = Counts(split)

    let references = errors.catching { try dataset.references(under: folder, split: split) }
    if let references {
      files.add(references.files)
      counts.add(references)
      findings += references.problems.map { Finding(.warning, $0) }
    }
    let media = errors.catching { try dataset.media(under: folder, split: split) } ?? []
    counts.add(media)
    let location = errors.catching {
      try card.mediaLocator(data: data, listings: listings).locate(media)
    }
    let audit = errors.catching { try dataset.audit(under: folder, split: split) } ?? []
    if let problem = counts.problem(in: split, of: card.task) {
      findings.append(Finding(.warning, problem))
    }
    findings += audit.map { problem in
      Finding(
        EvaluationError.contradiction(set: "\(card.name)/\(split.name)", problem: problem),
        code: problem.code, count: problem.count, examples: problem.examples)
    }
    if errors.haveMissingFiles {
      let names = files.absent.flatMap(\.names)
      findings += Neighbours(of: folder, listings: listings).problems(missing: names)
        .map { Finding(.note, $0) }
    }
    let report = location.flatMap { location in
      media.first.map {
        MediaReport(kind: $0.kind, location: location, unreadable: nil, formats: nil)
      }
    }
    if let report { findings += missing(report, split) }
    if references != nil, media.isEmpty, location != nil {
      findings.append(
        Finding(
          .note,
          Problem(
            code: "media_unnamed",
            message: "the benchmark names no media for this split: none were looked for", count: 0))
      )
    }
    return SplitReport(
      split: split, files: files, samples: counts.samples, images: counts.images,
      texts: counts.texts, isReadable: references != nil, media: report,
      findings: (errors.findings + findings).bySeverity)
  }

  /// What is to be said of media that are not there.
  private func missing(_ media: MediaReport, _ split: BenchmarkSplit) -> [Finding] {
    let missing = media.location.missing
    guard !missing.isEmpty else { return [] }
    let set = "\(card.name)/\(split.name)"
    let error = EvaluationError.mediaMissing(
      set: set, kind: media.kind, count: missing.count,
      needed: media.needed, first: missing.prefix(3).map(\.path),
      triedIn: media.location.triedLayouts)
    let examples = missing.prefix(10).map(\.path)
    if isDeep || !media.location.found.isEmpty {
      return [Finding(error, code: "media_missing", count: missing.count, examples: examples)]
    }
    let what = media.kind == .image ? "image" : "clip"
    return [
      Finding(
        .warning,
        Problem(
          code: "media_absent",
          message:
            "no \(what) is there: predictions can be scored and nothing can be run; "
            + "\(error)".dropFirst(set.count + 2),
          count: missing.count, examples: examples))
    ]
  }
}

/// Errors of several readers of the same files: each once.
private struct DistinctErrors {
  private(set) var findings: [Finding] = []

  /// The result, or nil where an error was thrown.
  mutating func catching<Result>(_ body: () throws -> Result) -> Result? {
    do {
      return try body()
    } catch {
      let finding = Finding(error)
      if !findings.contains(where: { $0.message == finding.message }) { findings.append(finding) }
      return nil
    }
  }

  var haveMissingFiles: Bool { findings.contains { $0.code == "file_missing" } }
}

extension [Finding] {
  /// Errors first, then warnings, then notes; each in the order of finding.
  var bySeverity: [Finding] {
    [Finding.Severity.error, .warning, .note].flatMap { severity in
      filter { $0.severity == severity }
    }
  }
}
