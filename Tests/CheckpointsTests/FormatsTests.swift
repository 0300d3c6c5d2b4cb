import Checkpoints
import Foundation
import Records
import Tensors
import TestSupport
import Testing

/// Files that PyTorch wrote: all element types, strides, shared storages.
@Suite struct FormatsTests {
  static func path(_ name: String) -> String {
    Golden.fixtures.appendingPathComponent("model/formats/\(name)").path
  }

  static func bytes(of tensor: StoredTensor, in checkpoint: Checkpoint) -> [UInt8] {
    var bytes: [UInt8] = []
    checkpoint.forEachPiece(of: tensor) { bytes += Array($0) }
    return bytes
  }

  @Test(arguments: ["model_key.pth", "module_key.pth", "bare.pth", "expected.safetensors"])
  func everyTensorIsTheOneThatWasSaved(_ name: String) throws {
    let expected = try TensorFile(Self.path("expected.safetensors"))
    let checkpoint = try Checkpoint(Self.path(name))
    #expect(Set(checkpoint.tensors.map(\.name)) == Set(expected.tensors.keys))
    #expect(expected.tensors.count > 15)
    for tensor in checkpoint.tensors {
      let wanted = try #require(expected[tensor.name])
      #expect(tensor.shape == wanted.shape && tensor.element.safetensors.rawValue == wanted.type)
      #expect(Self.bytes(of: tensor, in: checkpoint) == wanted.bytes, "\(tensor.name)")
    }
  }

  @Test func theContainersAreTold() throws {
    #expect(try Checkpoint(Self.path("model_key.pth")).container == .torch(key: "model"))
    let module = try Checkpoint(Self.path("module_key.pth"))
    #expect(module.container == .torch(key: "module") && module.prefix == "module.")
    #expect(try Checkpoint(Self.path("bare.pth")).container == .torch(key: nil))
    #expect(try Checkpoint(Self.path("expected.safetensors")).container == .safetensors)
    #expect(throws: CheckpointError.self) { try Checkpoint(Self.path("legacy.pth")) }
  }
}
