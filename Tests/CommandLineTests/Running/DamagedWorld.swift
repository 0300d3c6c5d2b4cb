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
      guard tensor.type == "F32" || tensor.type == "F16" else {
        let type = try #require(SafetensorsType(rawValue: tensor.type))
        writer.add(entry.name, element: type, shape: tensor.shape) { sink in
          try tensor.bytes.withUnsafeBytes(sink)
        }
        continue
      }
      var numbers = tensor.type == "F32" ? tensor.floats : halves(tensor.bytes)
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

  /// Numbers of 16 bits, the least significant byte first.
  private static func halves(_ bytes: [UInt8]) -> [Float] {
    stride(from: 0, to: bytes.count - 1, by: 2).map { place in
      Float(Float16(bitPattern: UInt16(bytes[place]) | UInt16(bytes[place + 1]) << 8))
    }
  }
}
