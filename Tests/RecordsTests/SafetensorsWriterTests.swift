import Foundation
import Records
import TestSupport
import Testing

/// `.safetensors` as the format's own library writes them.
@Suite struct SafetensorsWriterTests {
  /// The digest of what safetensors 0.8 writes for the same three tensors.
  @Test(arguments: [[0, 1, 2], [2, 0, 1]]) func bytesAreThoseOfTheLibrary(_ order: [Int]) throws {
    var writer = SafetensorsWriter()
    for index in order {
      switch index {
      case 0: writer.add("pixels", shape: [2, 3, 3], (0..<18).map { UInt8($0) })
      case 1: writer.add("pixel_values", shape: [3, 2, 3], (0..<18).map { Float($0) / 4 - 1 })
      default: writer.add("a", shape: [0, 2], [UInt8]())
      }
    }
    let folder = try TemporaryFolder()
    try writer.write(to: folder("some.safetensors"))
    #expect(
      try SHA256.hexDigest(ofFile: folder("some.safetensors"))
        == "b9a98becc3de93fdd5e96abe07ff2fd3533375608ad05a364b8c0052aa07a270")
    let file = try TensorFile(folder("some.safetensors"))
    #expect(file["pixel_values"]?.floats == (0..<18).map { Float($0) / 4 - 1 })
    #expect(file["pixels"]?.shape == [2, 3, 3] && file["pixels"]?.type == "U8")
    #expect(file["a"]?.bytes == [])
  }

  /// The digest of what safetensors 0.8 writes for a note and a tensor.
  @Test func notes() throws {
    let folder = try TemporaryFolder()
    var writer = SafetensorsWriter(notes: ["weights": "untrained"])
    writer.add("w", shape: [2], [Float(1), 2])
    try writer.write(to: folder("w.safetensors"))
    let header = try SafetensorsHeader(MappedFile(folder("w.safetensors")))
    #expect(header.notes == ["weights": "untrained"] && header.entries.map(\.name) == ["w"])
    #expect(
      try SHA256.hexDigest(ofFile: folder("w.safetensors"))
        == "df46091411f41d36596e6108acb0be1baad3191d4623966b85af56210db6b8a9")
    writer = SafetensorsWriter(notes: ["b": "2", "a": "\"1\""])
    writer.add("w", shape: [2], [Float(1), 2])
    try writer.write(to: folder("v.safetensors"))
    let other = try SafetensorsHeader(MappedFile(folder("v.safetensors")))
    #expect(other.notes == ["a": "\"1\"", "b": "2"])
    #expect(try TensorFile(folder("v.safetensors"))["w"]?.floats == [1, 2])
  }

  @Test func noTensors() throws {
    let folder = try TemporaryFolder()
    try SafetensorsWriter().write(to: folder("none.safetensors"))
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder("none.safetensors"))))
    #expect(bytes == [8, 0, 0, 0, 0, 0, 0, 0] + Array("{}      ".utf8))
  }

  @Test func aTensorInPieces() throws {
    let folder = try TemporaryFolder()
    var writer = SafetensorsWriter()
    writer.add("w", element: .float32, shape: [4]) { sink in
      for value in [1, 2, 3, 4] as [Float] { try withUnsafeBytes(of: value, sink) }
    }
    try writer.write(to: folder("w.safetensors"))
    #expect(try TensorFile(folder("w.safetensors"))["w"]?.floats == [1, 2, 3, 4])
  }

  /// A tensor that fails half-way leaves the file of that name as it was.
  @Test func nothingHalfWritten() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("w.safetensors", "before")
    var writer = SafetensorsWriter()
    writer.add("w", element: .uint8, shape: [2]) { sink in
      try withUnsafeBytes(of: UInt8(1), sink)
      throw CocoaError(.fileReadCorruptFile)
    }
    #expect(throws: CocoaError.self) { try writer.write(to: path) }
    #expect(try String(contentsOfFile: path, encoding: .utf8) == "before")
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["w.safetensors"])
    #expect(throws: RecordError.self) { try writer.write(to: folder("no/such/w.safetensors")) }
  }
}
