import Datasets
import Evaluation

extension DoctorReport {
  /// For a person: for each benchmark a table of its splits, the files, and what was found.
  package var text: String {
    let parts = benchmarks.map { $0.text(data: data) }
    return (parts + [decodingNote.map { $0 + "\n" }].compactMap(\.self)).joined(separator: "\n")
  }

  /// What `--deep` has and has not shown; nil without it.
  var decodingNote: String? {
    checkedFiles.map { count in
      "\(count) media files were decoded as a run would: images whole, of clips the frames that are "
        + "sampled."
    }
  }
}

extension BenchmarkReport {
  fileprivate func text(data: String) -> String {
    TableFormat.text.render([splitTable(data), fileTable]) + findingLines
  }

  private func splitTable(_ data: String) -> Table {
    let hasTexts = splits.contains { $0.texts.found != nil || $0.texts.official != nil }
    let things = splits.contains { $0.media?.kind == .video } ? "clips" : "images"
    // Captions and retrieval are counted by image.
    let hasThings = ![.caption, .retrieval].contains(card.task)
    return Table(
      title: "\(card.name) under \(data)",
      columns: ["split", "status", hasThings ? card.task.sampleNoun : things].map {
        Table.Column($0)
      }
        + (hasThings ? [Table.Column(things)] : [])
        + (hasTexts ? [Table.Column("texts")] : [])
        + ["media there", "scoring", "running"].map { Table.Column($0) },
      rows: splits.map { split in
        [split.split.name, split.status.rawValue, split.samples.text].map { Table.Cell($0) }
          + (hasThings ? [Table.Cell(split.images.text)] : [])
          + (hasTexts ? [Table.Cell(split.texts.text)] : [])
          + [split.mediaText, split.scoring.rawValue, split.runningText].map { Table.Cell($0) }
      })
  }

  private var fileTable: Table {
    Table(
      title: "",
      columns: ["split", "holds", "file", "bytes", "scoring reads"].map { Table.Column($0) },
      rows: splits.flatMap { split in
        split.files.found.map { file in
          [
            split.split.name, file.role, file.path, "\(file.bytes)",
            file.sha256 == nil ? "no" : "yes",
          ].map { Table.Cell($0) }
        }
          + split.files.absent.map { absence in
            [
              split.split.name, absence.role, "no \(absence.names.joined(separator: " or "))", "-",
              "-",
            ]
            .map { Table.Cell($0) }
          }
      })
  }

  private var findingLines: String {
    var text = ""
    for split in splits where !split.findings.isEmpty {
      let set = "\(card.name)/\(split.split.name)"
      text += "\n\(set)\n"
      for finding in split.findings {
        let message =
          finding.message.hasPrefix("\(set): ")
          ? String(finding.message.dropFirst(set.count + 2)) : finding.message
        text += "  \(finding.severity.rawValue): \(message.withoutControls)\n"
        guard finding.code == "media_unreadable", let media = split.media else { continue }
        for kind in media.problems.failures {
          text += "    \(kind.code): \(kind.count), such as \("\(kind.first)".withoutControls)\n"
        }
      }
    }
    return text
  }
}

extension SplitReport.Count {
  /// `158 of 158`, the official count behind.
  fileprivate var text: String {
    switch (found, official) {
    case (let found?, let official?): "\(found) of \(official)"
    case (let found?, nil): "\(found)"
    case (nil, let official?): "- of \(official)"
    case (nil, nil): "-"
    }
  }
}

extension SplitReport {
  fileprivate var mediaText: String {
    media.map { "\($0.location.found.count) of \($0.needed)" } ?? "-"
  }

  fileprivate var runningText: String {
    guard let media else { return "-" }
    let missing = media.location.missing.count
    let unreadable = media.unreadable?.count ?? 0
    let things = media.kind.plural
    if media.location.found.isEmpty { return "no \(things)" }
    let parts =
      (missing > 0 ? ["\(missing) of \(media.needed) \(things) missing"] : [])
      + (unreadable > 0 ? ["\(unreadable) unreadable"] : [])
    return parts.isEmpty ? "all \(things) there" : parts.joined(separator: ", ")
  }
}
