import Foundation
import Records
import TestSupport
import Testing

/// A copy of a golden model folder, with vocabulary and pictures beside it, to be damaged.
final class FixtureCopy {
  let scratch: TemporaryFolder
  let name: String

  /// The folder's path under the temporary one.
  var folder: String { scratch(name) }

  init(_ name: String = "tiny-base") throws {
    self.name = name
    scratch = try TemporaryFolder()
    let golden = Golden.fixtures.appendingPathComponent("model")
    for item in [name, "vocab.txt", "images"] {
      try FileManager.default.copyItem(
        atPath: golden.appendingPathComponent(item).path, toPath: scratch(item))
    }
  }

  /// A path in the folder; `../` leads beside it.
  func path(_ file: String) -> String { "\(folder)/\(file)" }

  /// Rewrites a file.
  func change(_ file: String, _ body: (inout Data) throws -> Void) throws {
    let url = URL(fileURLWithPath: path(file))
    var data = try Data(contentsOf: url)
    try body(&data)
    try data.write(to: url)
  }

  /// Replaces a text in a file, which has to be there.
  func replace(_ text: String, by other: String, in file: String) throws {
    try change(file) { data in
      let range = try #require(data.firstRange(of: Data(text.utf8)), "\(text) is not in \(file)")
      data.replaceSubrange(range, with: Data(other.utf8))
    }
  }

  /// Overwrites bytes of a tensor in a safetensors file.
  ///
  /// - Parameter offset: where in the tensor, in bytes.
  func patch(_ file: String, _ tensor: String, at offset: Int, _ bytes: [UInt8]) throws {
    try change(file) { data in
      let length = data[0..<8].reversed().reduce(0) { $0 << 8 | Int($1) }
      let header = try JSONFile.parse(String(decoding: data[8..<8 + length], as: UTF8.self))
      let ends = try #require(header[tensor]?["data_offsets"]?.array)
      let start = 8 + length + (ends[0].int ?? 0) + offset
      try #require(offset + bytes.count <= (ends[1].int ?? 0) - (ends[0].int ?? 0))
      data.replaceSubrange(start..<start + bytes.count, with: Data(bytes))
    }
  }

  /// Runs `verify` on the folder.
  func verify(_ options: String...) throws -> BuiltBinary.Result {
    try BuiltBinary.run(["verify", folder] + options)
  }
}
