import Archives
import Checkpoints
import Foundation
import Pickle
import Records
import Tensors
import TestSupport
import Testing

/// Files that are no checkpoint, or half of one.
@Suite struct ForeignFileTests {
  /// Whether an error is one of those that a checkpoint's reader promises.
  private static func isTyped(_ error: any Error) -> Bool {
    error is CheckpointError || error is ArchiveError || error is PickleError
      || error is SafetensorsError || error is JSONError || error is RecordError
  }

  private static func bytes(_ name: String) throws -> [UInt8] {
    [UInt8](
      try Data(
        contentsOf: Golden.fixtures.appendingPathComponent("model/\(name)")))
  }

  /// Cut at every 64 bytes, and at each of the last ones.
  @Test(arguments: ["formats/bare.pth", "formats/expected.safetensors", "formats/legacy.pth"])
  func cutAnywhere(_ name: String) throws {
    let whole = try Self.bytes(name)
    let ends =
      stride(from: 0, to: whole.count, by: 64) + Array(max(0, whole.count - 80)..<whole.count)
    #expect(ends.count > 20)
    for end in ends {
      // The name tells a `.safetensors` file whose beginning does not.
      let file = MappedFile(bytes: Array(whole[..<end]), name: name)
      do {
        _ = try Checkpoint(file)
        Issue.record("\(end) of \(whole.count) bytes were read")
      } catch {
        #expect(Self.isTyped(error), "\(error)")
        #expect(!"\(error)".contains("\n"))
      }
    }
  }

  /// A byte changed anywhere gives either a typed error or a checkpoint that can be read.
  @Test(arguments: ["formats/bare.pth", "formats/expected.safetensors"])
  func damagedAnywhere(_ name: String) throws {
    let whole = try Self.bytes(name)
    var random = TestRandom(seed: 5)
    var read = 0
    for _ in 0..<3000 {
      var bytes = whole
      for _ in 0..<1 + random.below(3) {
        bytes[random.below(bytes.count)] = UInt8(random.below(256))
      }
      do {
        let checkpoint = try Checkpoint(MappedFile(bytes: bytes, name: name))
        for tensor in checkpoint.tensors {
          var count = 0
          checkpoint.forEachPiece(of: tensor) { count += $0.count }
          #expect(count == tensor.count * tensor.element.byteCount)
        }
        read += 1
      } catch {
        #expect(Self.isTyped(error), "\(error)")
      }
    }
    #expect((1..<3000).contains(read))
  }

  @Test func whatItIsInstead() throws {
    let cases: [(String, String, String)] = [
      ("a.pth", "<!DOCTYPE html>\n<html></html>", "web page"),
      ("a.safetensors", "<html></html>", "web page"),
      (
        "a.pth",
        "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 2000000000\n",
        "Git LFS pointer"
      ),
      ("a.pth", "", "an empty file"),
      ("a.safetensors", "short", "not even a header's length"),
      ("a.pth", "hello, this is text", "something else"),
      (
        "model.safetensors.index.json", "{\"metadata\": {}, \"weight_map\": {}}",
        "checkpoint in several files"
      ),
      ("config.json", "{\"hidden_size\": 768}", "a JSON document"),
    ]
    for (name, content, says) in cases {
      do {
        _ = try Checkpoint(MappedFile(bytes: Array(content.utf8), name: name))
        Issue.record("\(name) was read")
      } catch {
        #expect(Self.isTyped(error) && "\(error)".contains(says), "\(error)")
        #expect("\(error)".hasPrefix(name))
      }
    }
    #expect(throws: RecordError.self) { try Checkpoint("/no/such/file.pth") }
  }

  @Test func theContainerBeforeZipIsRefusedByName() throws {
    do {
      _ = try Checkpoint(FormatsTests.path("legacy.pth"))
      Issue.record("it was read")
    } catch let error as CheckpointError {
      #expect("\(error)".contains("before version 1.6") && "\(error)".contains("newer PyTorch"))
    }
    #expect(throws: ArchiveError.self) { try Checkpoint(FormatsTests.path("truncated.pth")) }
  }
}
