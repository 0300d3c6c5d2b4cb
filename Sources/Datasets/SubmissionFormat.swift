import Records

/// The prediction file as the official server takes it: every sample once, in the order of the
/// references.
public struct SubmissionFormat: Sendable {
  /// The ending of the file's name: `json` or `csv`.
  public let fileExtension: String
  private let body: @Sendable ([SampleID], [SamplePrediction], AtomicFile) throws -> Void

  /// A format from the function that writes all samples; it must not commit the file.
  package init(
    fileExtension: String,
    _ body: @escaping @Sendable ([SampleID], [SamplePrediction], AtomicFile) throws -> Void
  ) {
    self.fileExtension = fileExtension
    self.body = body
  }

  /// The name in a run folder.
  package var fileName: String { "submission.\(fileExtension)" }

  /// Writes the file.
  ///
  /// - Throws: `RecordError.writeFailed`; nothing half-written remains.
  package func write(
    ids: [SampleID], predictions: [SamplePrediction], to path: String
  ) throws {
    let file = try AtomicFile(path)
    try body(ids, predictions, file)
    try file.commit()
  }
}

extension SubmissionFormat {
  /// A JSON list of objects with an id and a prediction, one a line.
  package static func list(id: StaticString, prediction name: StaticString) -> SubmissionFormat {
    SubmissionFormat(fileExtension: "json") { ids, predictions, file in
      var writer = JSONWriter()
      for (index, (sample, prediction)) in zip(ids, predictions).enumerated() {
        try file.append(index == 0 ? "[" : ",\n")
        writer.beginObject()
        writer.key(name)
        try writer.prediction(prediction)
        writer.key(id)
        writer.id(sample)
        writer.endObject()
        try file.append(draining: &writer)
      }
      try file.append("]\n")
    }
  }

  /// One JSON object with the ids as names, a member a line, each id once.
  package static var object: SubmissionFormat {
    SubmissionFormat(fileExtension: "json") { ids, predictions, file in
      var seen: Set<SampleID> = []
      for (sample, prediction) in zip(ids, predictions) where seen.insert(sample).inserted {
        try file.append(seen.count == 1 ? "{" : ",\n")
        // A member alone is no document: the name and the value are written one after the other.
        var name = JSONWriter()
        name.string(sample.description)
        try file.append(draining: &name)
        try file.append(":")
        var value = JSONWriter()
        try value.prediction(prediction)
        try file.append(draining: &value)
      }
      try file.append("}\n")
    }
  }

  /// The list that a layout of prediction files describes.
  package static func list(_ layout: PredictionLayout) -> SubmissionFormat {
    list(id: layout.id, prediction: layout.text)
  }
}
