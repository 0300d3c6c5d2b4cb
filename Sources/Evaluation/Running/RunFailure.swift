import Datasets
import Glibc
import Models
import Records
import Text

/// A sample that a run could not ask the model, or whose answer was no number.
package struct RunFailure: Sendable {
  /// The sample.
  package let id: SampleID
  /// A short name of the kind, which scripts can rely on, such as `media_truncated`.
  package let code: String
  /// What went wrong.
  package let error: any Error

  package init(id: SampleID, code: String, error: any Error) {
    self.id = id
    self.code = code
    self.error = error
  }

  /// The code of an error that concerns one sample; nil for one that concerns the run.
  package static func code(of error: any Error) -> String? {
    switch error {
    case ModelError.notComputable, ModelError.logitsNotFinite: "not_computable"
    case is GroundingPhraseError, ModelError.emptyText, ModelError.textTooLong: "text_unusable"
    case ModelError.unfitImage: "image_unfit"
    default: nil
    }
  }
}

extension [RunFailure] {
  /// Failures counted by kind, with the first few samples of each, as runs report them.
  package var problems: [Problem] {
    var codes: [String] = []
    for failure in self where !codes.contains(failure.code) { codes.append(failure.code) }
    return codes.map { code in
      let own = filter { $0.code == code }
      return Problem(
        code: code,
        message: "\(own.count) samples have no prediction (\(code)); first: \(own[0].error)",
        count: own.count, examples: own.prefix(10).map { "\($0.id)" })
    }
  }
}

/// Why a sample has no prediction, as another process wrote it down.
private struct StoredReason: Error, CustomStringConvertible {
  let description: String
}

extension [RunFailure] {
  /// The name in the folder of a part.
  private static var fileName: String { "failures.jsonl" }

  /// Writes failures down, a line each, for whoever puts the parts of the run together; where there
  /// are none, no file.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package func write(in folder: String) throws {
    let path = "\(folder)/\(Self.fileName)"
    guard !isEmpty else {
      guard unlink(path) == 0 || errno == ENOENT else {
        throw RecordError.writeFailed(path: path, reason: systemReason(errno))
      }
      return
    }
    let lines = try map { failure in
      try JournalLines.line(
        JSONObject([
          ("code", .string(failure.code)), ("id", failure.id.json),
          ("reason", .string("\(failure.error)")),
        ]))
    }
    try AtomicFile.write([UInt8](lines.joined()), to: path)
  }

  /// Reads what `write(in:)` wrote; nothing where there is no such file.
  ///
  /// - Throws: `RecordError` for a file that cannot be read.
  package static func read(in folder: String) throws -> [RunFailure] {
    let path = "\(folder)/\(fileName)"
    guard access(path, F_OK) == 0 else { return [] }
    var failures: [RunFailure] = []
    try MappedFile(path).withBytes { bytes in
      JournalLines.forEach(in: UnsafeRawBufferPointer(bytes), path: path) { value, _ in
        guard let id = value["id"].flatMap(SampleID.init(json:)),
          let code = value["code"]?.string, let reason = value["reason"]?.string
        else { return }
        failures.append(RunFailure(id: id, code: code, error: StoredReason(description: reason)))
      }
    }
    return failures
  }
}
