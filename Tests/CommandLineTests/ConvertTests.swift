import Foundation
import Records
import TestSupport
import Testing

/// `convert`: the golden checkpoints in, a safetensors file or a description out.
@Suite struct ConvertTests {
  private static func fixture(_ name: String) -> String {
    Golden.fixtures.appendingPathComponent("model/\(name)").path
  }

  private func convert(
    _ arguments: String..., scratch: TemporaryFolder, to name: String = "out.safetensors"
  ) throws -> (record: JSONValue, file: TensorFile) {
    let result = try BuiltBinary.run(
      ["convert", arguments[0], scratch(name), "--format", "json"] + arguments.dropFirst())
    #expect(result.status == 0 && result.errors == "", "\(result.errors)")
    return (try JSONFile.parse(result.output), try TensorFile(scratch(name)))
  }

  /// What comes out is the golden file of weights, but for what inference does not read.
  @Test func theWeightsOfInference() throws {
    let scratch = try TemporaryFolder()
    let golden = try TensorFile(Self.fixture("tiny-large/weights.safetensors"))
    let (record, file) = try convert(Self.fixture("tiny-large/checkpoint.pth"), scratch: scratch)
    let names = golden.tensors.keys.filter { $0 != "temp" }
    #expect(Set(file.tensors.keys) == Set(names))
    for name in names {
      #expect(file[name]?.bytes == golden[name]?.bytes && file[name]?.type == "F16", "\(name)")
      #expect(file[name]?.shape == golden[name]?.shape)
    }
    #expect(record["tensors"]?.int == names.count && record["dtype"]?.string == "stored")
    let left = record["left_out"]?.array?.compactMap { $0["group"]?.string } ?? []
    #expect(left.contains("CLIP's text tower") && left.contains("momentum copies of training"))
    // The same again, and from what was written.
    let again = try convert(
      Self.fixture("tiny-large/checkpoint.pth"), scratch: scratch, to: "again.safetensors")
    let twice = try convert(
      scratch("out.safetensors"), scratch: scratch, to: "twice.safetensors")
    #expect(again.record["bytes"] == record["bytes"] && twice.record["left_out"] == .array([]))
    let digest = try SHA256.hexDigest(ofFile: scratch("out.safetensors"))
    for name in ["again.safetensors", "twice.safetensors"] {
      #expect(try SHA256.hexDigest(ofFile: scratch(name)) == digest)
    }
  }

  @Test func otherPrecisions() throws {
    let scratch = try TemporaryFolder()
    let golden = try TensorFile(Self.fixture("tiny-base/weights.safetensors"))
    let source = Self.fixture("tiny-base/checkpoint.pth")
    // Pretraining's names and float32; every weight is exact in half precision.
    let stored = try convert(source, scratch: scratch).file
    let half = try convert(source, "--dtype", "float16", scratch: scratch).file
    let brain = try convert(source, "--dtype", "bfloat16", scratch: scratch).file
    let whole = try convert(
      scratch("out.safetensors"), "--dtype", "float32", scratch: scratch, to: "w.safetensors"
    ).file
    for (name, tensor) in golden.tensors where name != "temp" {
      #expect(half[name]?.bytes == tensor.bytes, "\(name)")
      #expect(stored[name]?.type == "F32" && half[name]?.type == "F16")
      let floats = stored[name]?.floats ?? []
      let expected = floats.flatMap { float -> [UInt8] in
        let bits = float.bitPattern
        let rounded = (bits + 0x7FFF + (bits >> 16 & 1)) >> 16
        return [UInt8(truncatingIfNeeded: rounded), UInt8(truncatingIfNeeded: rounded >> 8)]
      }
      #expect(brain[name]?.type == "BF16" && brain[name]?.bytes == expected, "\(name)")
      let widened = stride(from: 0, to: expected.count, by: 2).map {
        Float(bitPattern: UInt32(expected[$0]) << 16 | UInt32(expected[$0 + 1]) << 24)
      }
      #expect(whole[name]?.type == "F32" && whole[name]?.floats == widened, "\(name)")
    }
  }

  @Test func allTensors() throws {
    let scratch = try TemporaryFolder()
    let file = try convert(Self.fixture("tiny-base/checkpoint.pth"), "--all", scratch: scratch).file
    #expect(file["queue_ptr"]?.type == "I64" && file["temp"]?.type == "F32")
    #expect(file["text_decoder.cls.predictions.decoder.weight"] != nil)
    let odd = try convert(
      Self.fixture("formats/model_key.pth"), "--all", scratch: scratch, to: "odd.safetensors")
    let digest = try SHA256.hexDigest(ofFile: Self.fixture("formats/expected.safetensors"))
    #expect(try SHA256.hexDigest(ofFile: scratch("odd.safetensors")) == digest)
    #expect(odd.record["tensors"]?.int == 20)
  }

  @Test func whatIsInIt() throws {
    let source = Self.fixture("tiny-base/checkpoint.pth")
    let text = try BuiltBinary.run(["convert", source, "--inspect"])
    #expect(text.status == 0 && text.errors == "")
    for part in [
      "checkpoint.pth: .pth, ", "under 'model'", "names of pretraining", "fusion_encoder",
      "CLIP's text tower", "vision_width", "704",
    ] {
      #expect(text.output.contains(part), "\(part)")
    }
    #expect(!text.output.contains("text_encoder.encoder.layer.0.output.dense.weight"))
    let all = try BuiltBinary.run(["convert", source, "--inspect", "--verbose"])
    #expect(all.output.contains("text_encoder.bert.encoder.layer.0.output.dense.weight"))
    let json = try JSONFile.parse(
      try BuiltBinary.run(["convert", source, "--inspect", "--check", "--format", "json"]).output)
    #expect(json["state"]?.string == "model" && json["names"]?.string == "pretraining")
    #expect(json["sizes"]?["vision_width"]?.int == 64 && json["not_finite"] == .array([]))
    #expect(json["sizes"]?["decoder_layers"]?.int == 3 && json["sizes"]?["classes"] == .null)
    #expect(json["audit"] == .null && json["list"] == nil)
  }

  /// The golden model's own configuration fits, a published model's does not.
  @Test func aModelHeldAgainstIt() throws {
    let scratch = try TemporaryFolder()
    let source = Self.fixture("tiny-base/checkpoint.pth")
    let arguments = ["convert", source, "--inspect", "--model"]
    let own = try BuiltBinary.run(
      arguments + [Self.fixture("tiny-base/config.json"), "--format", "json"])
    #expect(own.status == 0, "\(own.errors)")
    let audit = try JSONFile.parse(own.output)["audit"]
    #expect(audit?["loadable"]?.bool == true && audit?["missing"] == .array([]))
    #expect(audit?["unknown"] == .array([]))
    let other = try BuiltBinary.run(arguments + ["mplug-base"])
    #expect(other.status == 65)
    #expect(other.output.contains("missing") && other.output.contains("of another shape"))
    #expect(other.errors.contains("vision width 64, not 768"))
    #expect(other.errors.utf8.count { $0 == 0x0A } == 1)
    try expectFailure(
      64, saying: ["did you mean", "mplug-base"], arguments + ["mplug-bas"], in: scratch)
    try expectFailure(66, saying: ["no.yaml"], arguments + ["./no.yaml"], in: scratch)
  }

  @Test func whatIsRefused() throws {
    let scratch = try TemporaryFolder()
    func fails(_ status: Int32, _ says: String, _ arguments: String...) throws {
      try expectFailure(status, saying: [says], ["convert"] + arguments, in: scratch)
    }
    let source = Self.fixture("tiny-base/checkpoint.pth")
    let out = scratch("out.safetensors")
    try fails(66, "no.pth: there is no such file", "no.pth", out)
    try fails(65, "before version 1.6", Self.fixture("formats/legacy.pth"), out)
    try fails(65, "cut off", Self.fixture("formats/truncated.pth"), out)
    try fails(65, "it is no mPLUG", Self.fixture("formats/bare.pth"), out)
    try fails(64, "Name the file to write", source)
    try fails(64, "Name the file to write", source, out, "--inspect")
    try fails(64, "OUT must end in .safetensors", source, scratch("out.bin"))
    try fails(64, "--all and --dtype", source, "--inspect", "--all")
    try fails(64, "--check and --model", source, out, "--check")
    try fails(64, "'float8'", source, out, "--dtype", "float8")
    let page = try scratch.write("page.pth", "<!DOCTYPE html><html></html>")
    try fails(65, "web page", page, out)
    let copy = try scratch.write(
      "same.safetensors",
      try Data(contentsOf: URL(fileURLWithPath: Self.fixture("tiny-base/weights.safetensors"))))
    try fails(64, "would overwrite", copy, copy)
  }

  /// A weight beyond half precision, and one that is no number.
  @Test func numbersThatAreTooLarge() throws {
    let scratch = try TemporaryFolder()
    var writer = SafetensorsWriter()
    writer.add("visn_fc.weight", shape: [2, 2], [1, 2, 70000, .nan])
    try writer.write(to: scratch("large.safetensors"))
    try expectFailure(
      65, saying: ["visn_fc.weight", "element 2 is 70000.0", "another --dtype"],
      ["convert", scratch("large.safetensors"), scratch("o.safetensors"), "--dtype", "float16"],
      in: scratch)
    let result = try BuiltBinary.run(
      ["convert", scratch("large.safetensors"), "--inspect", "--check"])
    #expect(result.status == 65 && result.output.contains("visn_fc.weight: 1 NaN, 0 infinite"))
    #expect(result.errors.contains("visn_fc.weight holds a number that is not finite"))
  }
}
