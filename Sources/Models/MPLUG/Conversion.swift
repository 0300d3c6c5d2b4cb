import Checkpoints
import Records

/// A checkpoint on its way to a file for inference.
package struct Conversion: Sendable {
  /// What is written.
  package let export: CheckpointExport
  /// Groups of tensors that are left out, and how many there are.
  package let leftOut: [(group: String, count: Int)]

  /// Chooses the tensors: those that inference reads, or all.
  ///
  /// - Throws: `CheckpointError`, for a file of another architecture unless all are kept.
  package init(
    _ inspection: CheckpointInspection, keepsAll: Bool, precision: CheckpointExport.Precision
  ) throws {
    let checkpoint = inspection.checkpoint
    if keepsAll {
      export = try CheckpointExport(
        checkpoint, inspection.weights?.names ?? checkpoint.tensors.map { ($0.name, $0) },
        precision: precision)
      leftOut = []
      return
    }
    guard let weights = inspection.weights else {
      throw CheckpointError.notLoadable(
        file: checkpoint.path,
        reason: "holds nothing that inference reads: \(inspection.seeming ?? "it is no mPLUG")",
        remedy: "--all converts it as it is")
    }
    let kept = weights.forInference
    export = try CheckpointExport(checkpoint, kept, precision: precision)
    let used = inspection.groups.filter { $0.isUsed == true }.reduce(0) { $0 + $1.tensors }
    leftOut =
      inspection.groups.filter { $0.isUsed != true }.map { ($0.name, $0.tensors) }
      + (used > kept.count ? [("second names of tied tensors", used - kept.count)] : [])
  }

  /// What was done, on one line.
  package func line(writtenTo output: String) -> String {
    let left = leftOut.map { "\($0.count) \($0.group)" }.joined(separator: ", ")
    return "\(export.checkpoint.path): wrote \(output), \(export.tensors.count) tensors, "
      + "\(export.byteCount) bytes of numbers"
      + (export.precision == .stored ? "" : " as \(export.precision.rawValue)")
      + (left.isEmpty ? "" : "; left out: \(left)")
  }

  /// What was done, as a JSON object.
  package func record(writtenTo output: String) -> JSONValue {
    [
      "file": .string(export.checkpoint.path), "output": .string(output),
      "tensors": .int(export.tensors.count), "bytes": .int(export.byteCount),
      "dtype": .string(export.precision.rawValue),
      "left_out": .array(
        leftOut.map { ["group": .string($0.group), "tensors": .int($0.count)] }),
    ]
  }
}
