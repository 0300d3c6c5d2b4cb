import Foundation
import Records
import TestSupport
import Testing

/// Copies of the mini world's files with damage.
enum DamagedWorld {
  /// A copy of the data folder, for media to be damaged in.
  static func copy(_ scratch: TemporaryFolder) throws -> String {
    try FileManager.default.copyItem(atPath: Mini.folder, toPath: scratch("data"))
    return scratch("data")
  }

  /// A copy of the checkpoint, with its note, whose numbers are changed.
  static func checkpoint(
    _ scratch: TemporaryFolder, _ name: String, _ change: (inout [Float], String) -> Void
  ) throws -> String {
    let original = Mini.file("checkpoint/mini.safetensors")
    let header = try SafetensorsHeader(MappedFile(original))
    let file = try TensorFile(original)
    var writer = SafetensorsWriter(notes: header.notes)
    for entry in header.entries {
      let tensor = try #require(file[entry.name])
      var numbers: [Float]
      switch tensor.type {
      case "F32": numbers = tensor.floats
      case "F16":
        numbers = stride(from: 0, to: tensor.bytes.count, by: 2).map { place in
          let bits = UInt16(tensor.bytes[place]) | UInt16(tensor.bytes[place + 1]) << 8
          return Float(Float16(bitPattern: bits))
        }
      default: throw CocoaError(.fileReadCorruptFile)
      }
      change(&numbers, entry.name)
      writer.add(entry.name, shape: tensor.shape, numbers)
    }
    try writer.write(to: scratch(name))
    let vocabulary = Mini.file("checkpoint/vocab.txt")
    if !FileManager.default.fileExists(atPath: scratch("vocab.txt")) {
      try FileManager.default.copyItem(atPath: vocabulary, toPath: scratch("vocab.txt"))
    }
    return scratch(name)
  }
}
