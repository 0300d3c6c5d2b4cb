import Datasets
import Evaluation
import Records

extension DoctorReport {
  /// For a program. Members are sorted on writing; a member that has no value is null.
  ///
  /// ```
  /// {"schema": "mplug-eval/doctor/1", "data": DIR, "deep": false,
  ///  "check": null or what --deep did and did not look at,
  ///  "benchmarks": [{"benchmark": NAME, "title": …, "task": …, "splits": [{
  ///    "split": NAME, "label": …, "status": "usable" | "partial" | "unusable",
  ///    "scoring": "usable" | "submission" | "unusable",
  ///    "running": "complete" | "incomplete" | "impossible" | null,
  ///    "files": [{"role": …, "path": …, "bytes": N, "sha256": … or null if scoring reads another}],
  ///    "absent": [{"role": …, "names": […]}],
  ///    "counts": {"samples" | "images" | "texts": {"found": N, "official": N}},
  ///    "media": null or {"kind": "image" | "video", "needed": N, "found": N, "missing": N,
  ///      "missing_paths": the first 1,000 as the data set names them,
  ///      "tried": [{"folder": …, "exists": …}],
  ///      "formats": {"JPEG": N} of those that can be read, or null, "unreadable": N or null,
  ///      "unreadable_kinds": [{"code": …, "count": N, "examples": […]}],
  ///      "unreadable_files": the first 1,000, [{"path": …, "code": …, "reason": …}],
  ///        or null},
  ///    "findings": [{"code": …, "severity": "error" | "warning" | "note", "message": …,
  ///      "count": N, "examples": […]}]}]}]}
  /// ```
  package var json: JSONValue {
    [
      "schema": "mplug-eval/doctor/1", "data": .string(data), "deep": .bool(checkedFiles != nil),
      "check": decodingNote.map { .string($0) } ?? .null,
      "benchmarks": .array(
        benchmarks.map { benchmark in
          [
            "benchmark": .string(benchmark.card.name), "title": .string(benchmark.card.title),
            "task": .string(benchmark.card.task.rawValue),
            "splits": .array(benchmark.splits.map(\.json)),
          ]
        }),
    ]
  }
}

extension SplitReport {
  fileprivate var json: JSONValue {
    [
      "split": .string(split.name), "label": .string(split.label),
      "status": .string(status.rawValue), "scoring": .string(scoring.rawValue),
      "running": media.map { .string($0.running) } ?? .null,
      "files": .array(
        files.found.map {
          [
            "role": .string($0.role), "path": .string($0.path), "bytes": .int($0.bytes),
            "sha256": $0.sha256.map { .string($0) } ?? .null,
          ]
        }),
      "absent": .array(
        files.absent.map { ["role": .string($0.role), "names": .strings($0.names)] }),
      "counts": ["samples": samples.json, "images": images.json, "texts": texts.json],
      "media": media?.json ?? .null, "findings": .array(findings.map(\.json)),
    ]
  }
}

extension SplitReport.Count {
  fileprivate var json: JSONValue {
    [
      "found": found.map { .int($0) } ?? .null, "official": official.map { .int($0) } ?? .null,
    ]
  }
}

extension MediaReport {
  fileprivate static let listed = 1000

  fileprivate var running: String {
    if location.found.isEmpty { return "impossible" }
    return location.missing.isEmpty && (unreadable ?? []).isEmpty ? "complete" : "incomplete"
  }

  fileprivate var json: JSONValue {
    [
      "kind": .string(kind.rawValue), "needed": .int(needed), "found": .int(location.found.count),
      "missing": .int(location.missing.count),
      "missing_paths": .strings(location.missing.prefix(Self.listed).map(\.path)),
      "tried": .array(
        location.triedLayouts.map {
          ["folder": .string($0.folder), "exists": .bool($0.exists)]
        }),
      "formats": formats.map { formats in
        .object(
          JSONObject(
            formats.sorted { $0.key.title < $1.key.title }.map {
              ($0.key.title, .int($0.value))
            }))
      } ?? .null,
      "unreadable": unreadable.map { .int($0.count) } ?? .null,
      "unreadable_kinds": .array(
        problems.failures.map {
          [
            "code": .string($0.code), "count": .int($0.count), "examples": .strings($0.examples),
          ]
        }),
      "unreadable_files": unreadable.map { files in
        .array(
          files.prefix(Self.listed).map {
            ["path": .string($0.path), "code": .string($0.code), "reason": .string("\($0.error)")]
          })
      } ?? .null,
    ]
  }
}

extension Finding {
  fileprivate var json: JSONValue {
    [
      "code": .string(code), "severity": .string(severity.rawValue), "message": .string(message),
      "count": .int(count), "examples": .strings(examples),
    ]
  }
}
