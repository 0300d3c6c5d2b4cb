import Checkpoints
import Foundation
import Records
import Tensors
import TestSupport
import Testing

/// `.safetensors` headers with each of their defects, and files that are written.
@Suite struct SafetensorsTests {
  private func file(_ header: String, bytes: Int, length: UInt64? = nil) -> MappedFile {
    let length = length ?? UInt64(header.utf8.count)
    let start = withUnsafeBytes(of: length.littleEndian) { Array($0) }
    return MappedFile(
      bytes: start + Array(header.utf8) + [UInt8](repeating: 0, count: bytes),
      name: "some.safetensors")
  }

  private func tensor(
    _ name: String, _ type: String, _ shape: String, _ start: Int, _ end: Int
  ) -> String {
    "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":[\(start),\(end)]}"
  }

  /// Two floats.
  private func tensor(_ name: String, _ start: Int, _ end: Int) -> String {
    tensor(name, "F32", "[2]", start, end)
  }

  @Test func whatIsLegal() throws {
    let header =
      "{\"__metadata__\":{\"format\":\"pt\"},\(tensor("b", "F16", "[2,1]", 8, 12)),"
      + "\(tensor("a", "F32", "[]", 0, 4)),\(tensor("e", "I64", "[0,3]", 4, 4)),"
      + "\(tensor("u", "U8", "[4]", 4, 8))}   "
    let checkpoint = try Checkpoint(file(header, bytes: 12))
    #expect(checkpoint.tensors.map(\.name) == ["b", "a", "e", "u"])
    #expect(checkpoint["e"]?.count == 0 && checkpoint["a"]?.shape == [])
    #expect(checkpoint.container == .safetensors && checkpoint.prefix == nil)
    #expect(checkpoint["u"]?.element == .uint8 && checkpoint["none"] == nil)
  }

  @Test func everyDefectHasItsError() throws {
    let w = tensor("w", 0, 8)
    let cases: [(String, Int, UInt64?, String)] = [
      ("{\(w)}", 8, 1 << 40, "a header of 1099511627776 bytes"),
      ("{\(w)}", 8, UInt64.max, "a header of 18446744073709551615 bytes"),
      ("{\(w)}", 8, 5, ""),
      ("{\(w)", 8, nil, ""),
      ("[]", 0, nil, ""),
      ("{\(w)}", 7, nil, "expected 8 bytes of tensors, found 7"),
      ("{\(w)}", 9, nil, "expected 8 bytes of tensors, found 9"),
      ("{\(w),\(w)}", 8, nil, "w stands twice"),
      ("{\(w),\(tensor("v", 4, 12))}", 12, nil, "expected v at byte 8"),
      ("{\(w),\(tensor("v", 12, 20))}", 20, nil, "expected v at byte 8"),
      ("{\(tensor("w", "F32", "[2]", 4, 12))}", 12, nil, "expected w at byte 0"),
      ("{\(tensor("w", "F32", "[2]", 8, 0))}", 8, nil, "lacks a legal"),
      ("{\(tensor("w", "F32", "[2]", -8, 0))}", 8, nil, "lacks a legal"),
      ("{\(tensor("w", "F32", "[3]", 0, 8))}", 8, nil, "element 2 of a storage of 2"),
      ("{\(tensor("w", "F32", "[1]", 0, 8))}", 8, nil, "the shape [1] of F32 has 8 bytes"),
      ("{\(tensor("w", "F64", "[2]", 0, 8))}", 8, nil, "element 1 of a storage of 1"),
      ("{\(tensor("w", "F32", "[-2]", 0, 8))}", 8, nil, "the shape [-2]"),
      ("{\(tensor("w", "F32", "[4294967296,4294967296]", 0, 8))}", 8, nil, "beyond 63 bits"),
      ("{\(tensor("w", "F32", "[99999999999999999999]", 0, 8))}", 8, nil, ""),
      ("{\(tensor("w", "F8_E4M3", "[8]", 0, 8))}", 8, nil, "F8_E4M3, which are not read"),
      ("{\(tensor("w", "f32", "[2]", 0, 8))}", 8, nil, "f32, which are not read"),
      ("{\"w\":{\"dtype\":\"F32\",\"shape\":[2]}}", 8, nil, "lacks a legal"),
      ("{\"w\":{\"shape\":[2],\"data_offsets\":[0,8]}}", 8, nil, "lacks a legal"),
      ("{\"w\":{\"dtype\":\"F32\",\"dtype\":\"F16\"}}", 8, nil, "has dtype twice"),
      ("{\"w\":[1,2]}", 8, nil, ""),
      ("{\"w\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}", 8, nil, ""),
    ]
    for (header, bytes, length, says) in cases {
      do {
        _ = try Checkpoint(file(header, bytes: bytes, length: length))
        Issue.record("\(header) was read")
      } catch {
        #expect(
          error is CheckpointError || error is SafetensorsError || error is JSONError, "\(error)")
        let line = "\(error)"
        #expect(says.isEmpty || line.contains(says), "\(line)")
        #expect(line.hasPrefix("some.safetensors") && !line.contains("\n"), "\(line)")
      }
    }
  }

  /// The golden file was written by the format's own library: ours has the same bytes.
  @Test func whatIsWrittenIsWhatTheLibraryWrites() throws {
    let scratch = try TemporaryFolder()
    let path = scratch("out.safetensors")
    let checkpoint = try Checkpoint(FormatsTests.path("model_key.pth"))
    let tensors = checkpoint.tensors.map { (name: $0.name, tensor: $0) }
    try CheckpointExport(checkpoint, tensors).write(to: path)
    let digest = try SHA256.hexDigest(ofFile: FormatsTests.path("expected.safetensors"))
    #expect(try SHA256.hexDigest(ofFile: path) == digest)
    try CheckpointExport(checkpoint, tensors.reversed()).write(to: path)
    #expect(try SHA256.hexDigest(ofFile: path) == digest)
    try CheckpointExport(checkpoint, Array(tensors.dropLast())).write(to: path)
    #expect(try SHA256.hexDigest(ofFile: path) != digest)
  }

  /// Every half precision number becomes a float and the same number again.
  @Test func narrowNumbersSurvive() throws {
    let scratch = try TemporaryFolder()
    for (name, precision) in [("F16", CheckpointExport.Precision.float16), ("BF16", .bfloat16)] {
      let header = "{\(tensor("w", name, "[256,256]", 0, 131072))}"
      let start = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Array($0) }
      let bits = (0...UInt16.max).map { $0 }
      let bytes = start + Array(header.utf8) + bits.withUnsafeBytes { Array($0) }
      let narrow = try Checkpoint(MappedFile(bytes: bytes, name: "narrow.safetensors"))
      let (wide, again) = (scratch("wide.safetensors"), scratch("again.safetensors"))
      func convert(_ checkpoint: Checkpoint, _ precision: CheckpointExport.Precision, _ to: String)
        throws
      {
        try CheckpointExport(
          checkpoint, checkpoint.tensors.map { ($0.name, $0) }, precision: precision
        ).write(to: to)
      }
      try convert(narrow, .float32, wide)
      try convert(Checkpoint(wide), precision, again)
      let back = try #require(try TensorFile(again)["w"])
      #expect(back.type == name)
      // What is no number stays none, with whatever other bits.
      let (exponent, fraction): (UInt16, UInt16) =
        precision == .float16 ? (0x7C00, 0x03FF) : (0x7F80, 0x7F)
      for number in bits {
        let place = Int(number) * 2
        let got = UInt16(back.bytes[place]) | UInt16(back.bytes[place + 1]) << 8
        let isNaN = number & exponent == exponent && number & fraction != 0
        guard isNaN ? got & exponent == exponent && got & fraction != 0 : got == number else {
          Issue.record("\(number) became \(got)")
          return
        }
      }
    }
  }

  /// Numbers between those of 16 bits, halves between two among them, against the compiler's rounding.
  @Test func roundingIsToTheNearest() throws {
    let scratch = try TemporaryFolder()
    var random = TestRandom(seed: 3)
    var floats: [Float] = [65519.996, -65519.996, 0x1p-25, 0x1.000002p-25, 0x1p-14, 0x1.FFFp-15]
    for place in 0..<60_000 {
      // All of the exponents of half precision and those below; ties in every third.
      let exponent = UInt32(100 + random.below(42))
      let fraction = UInt32(random.below(1 << 23)) & (place % 3 == 0 ? 0x7F_F000 : 0x7F_FFFF)
      floats.append(Float(bitPattern: UInt32(random.below(2)) << 31 | exponent << 23 | fraction))
    }
    var writer = SafetensorsWriter()
    writer.add("w", shape: [floats.count], floats)
    try writer.write(to: scratch("in.safetensors"))
    let checkpoint = try Checkpoint(scratch("in.safetensors"))
    func written(_ precision: CheckpointExport.Precision) throws -> [UInt16] {
      let tensors = checkpoint.tensors.map { (name: $0.name, tensor: $0) }
      try CheckpointExport(checkpoint, tensors, precision: precision).write(to: scratch("out"))
      let bytes = try #require(try TensorFile(scratch("out"))["w"]).bytes
      return stride(from: 0, to: bytes.count, by: 2).map {
        UInt16(bytes[$0]) | UInt16(bytes[$0 + 1]) << 8
      }
    }
    #expect(try written(.float16) == floats.map { Float16($0).bitPattern })
    let brain = try written(.bfloat16)
    for (number, float) in zip(brain, floats) {
      let below = Float(bitPattern: float.bitPattern & 0xFFFF_0000)
      let above = Float(bitPattern: float.bitPattern & 0xFFFF_0000 + 0x1_0000)
      let found = Float(bitPattern: UInt32(number) << 16)
      let (down, up) = (abs(float - below), abs(above - float))
      let isEven = number & 1 == 0
      #expect(
        down < up ? found == below : up < down ? found == above : isEven, "\(float) \(found)")
    }
    #expect(throws: CheckpointError.self) {
      var writer = SafetensorsWriter()
      writer.add("w", shape: [2], [1, 65520] as [Float])
      try writer.write(to: scratch("large.safetensors"))
      let large = try Checkpoint(scratch("large.safetensors"))
      try CheckpointExport(
        large, large.tensors.map { ($0.name, $0) }, precision: .float16
      ).write(to: scratch("out"))
    }
  }

  @Test func aNameThatTheFormatKeeps() throws {
    let w = Pickle.tensor(.storage("0", count: 6), shape: [6], strides: [1])
    let checkpoint = try Checkpoint(TorchBuilder(.ordered([("__metadata__", w)])).file)
    #expect(throws: CheckpointError.self) {
      try CheckpointExport(checkpoint, checkpoint.tensors.map { ($0.name, $0) })
    }
  }
}
