import Foundation
import Records

/// Finds run folders under a results folder.
public enum RunFolders {
  /// A run and where it lies.
  package struct Found: Sendable {
    /// The run's folder.
    package let path: String
    /// What its `run.json` holds.
    package let record: RunRecord
  }

  /// All runs under a folder, in the order of their paths; the folder itself may be one.
  ///
  /// - Throws: `RecordError.missingFile` if there is no such folder, `JSONError` or
  ///   `EvaluationError.badRun` for a `run.json` that is none.
  package static func all(under folder: String) throws -> [Found] {
    try requireFolder(folder, remedy: "give a folder that `mplug-eval score --output` wrote to")
    let manager = FileManager.default
    var found: [Found] = []
    var waiting = [(folder, 0)]
    while let (path, depth) = waiting.popLast() {
      let file = "\(path)/run.json"
      if manager.fileExists(atPath: file) {
        found.append(Found(path: path, record: try read(file)))
        continue
      }
      // results/<model>/<benchmark>-<split>/<id>, and one more for a folder of results folders.
      guard depth < 4 else { continue }
      guard let names = try? manager.contentsOfDirectory(atPath: path) else {
        throw RecordError.unreadable(
          path: path, reason: "the folder cannot be listed; give yourself the permission")
      }
      for name in names where !name.hasPrefix(".") {
        var isFolder: ObjCBool = false
        let child = "\(path)/\(name)"
        if manager.fileExists(atPath: child, isDirectory: &isFolder), isFolder.boolValue {
          waiting.append((child, depth + 1))
        }
      }
    }
    return found.sorted { $0.path < $1.path }
  }

  /// The only run under a folder, which may be the run's own.
  ///
  /// - Throws: As `all(under:)`; `EvaluationError.noRuns` or `.severalRuns`.
  package static func one(at folder: String) throws -> Found {
    let found = try all(under: folder)
    guard let run = found.first else { throw EvaluationError.noRuns(path: folder) }
    guard found.count == 1 else {
      throw EvaluationError.severalRuns(path: folder, runs: found.map(\.path))
    }
    return run
  }

  private static func read(_ path: String) throws -> RunRecord {
    let value = try JSONValue(try MappedFile(path))
    guard let record = RunRecord(json: value) else {
      let schema = value["schema"]?.string ?? "none"
      throw EvaluationError.badRun(
        path: path,
        reason: schema == RunRecord.schema
          ? "lacks a member of schema \(schema), or has one of another kind"
          : "is no record of schema \(RunRecord.schema) (found \(schema))",
        remedy: "score the predictions again, or remove the folder")
    }
    return record
  }
}
