import Evaluation
import Foundation
import Models
import Records
import Tensors
import TestSupport
import Testing

/// What lies in the folder of features is believed only where all of it is right.
@Suite struct FeatureFileTests {
  @Test func theFileIsSafetensors() throws {
    let scratch = try TemporaryFolder()
    let made = MadeFeatures.features(5)
    try made.write(to: scratch("a.safetensors"), key: "some key")
    let file = try TensorFile(scratch("a.safetensors"))
    #expect(file["tokens"]?.shape == [3, 4] && file["tokens"]?.floats == made.tokens.floats)
    #expect(file["embedding"]?.shape == [2] && file["embedding"]?.floats == made.embedding)
    let header = try SafetensorsHeader(MappedFile(scratch("a.safetensors")))
    #expect(header.notes["key"] == "some key")
    #expect(header.notes["schema"] == "mplug-eval/features/1")
    #expect(made.equals(try VisualFeatures(contentsOf: scratch("a.safetensors"), key: "some key")))
    #expect(throws: VisualFeatureFileError.self) {
      try VisualFeatures(contentsOf: scratch("a.safetensors"), key: "some other key")
    }
    // The same features, the same bytes.
    try made.write(to: scratch("b.safetensors"), key: "some key")
    #expect(try bytes(scratch("a.safetensors")) == bytes(scratch("b.safetensors")))
  }

  /// Any byte that is flipped, and any length that it is cut to, is found out: the file goes, is
  /// counted, and the features are made and kept anew.
  @Test func damageIsFoundOut() throws {
    let scratch = try TemporaryFolder()
    let (key, made) = (MadeFeatures.key(1), MadeFeatures.features(1))
    let path = FeatureStore.path(of: key, in: scratch.path)
    try FeatureStore(memory: 0, folder: scratch.path).keep(made, key)
    let whole = try bytes(path)
    var damaged: [[UInt8]] = [[], Array(whole.dropLast()), Array(whole.prefix(8)), whole + [0]]
    for place in stride(from: 0, to: whole.count, by: 3) {
      var flipped = whole
      flipped[place] ^= 0x04
      damaged.append(flipped)
    }
    for (number, bytes) in damaged.enumerated() {
      try Data(bytes).write(to: URL(fileURLWithPath: path))
      let store = FeatureStore(memory: 0, folder: scratch.path)
      if let found = try store.features(key) {
        // A flipped bit of what nobody reads, such as the filling of the header.
        #expect(made.equals(found), "damage \(number)")
        #expect(store.counts.folder == 1 && store.counts.damaged == 0)
        continue
      }
      #expect(store.counts.damaged == 1 && store.counts.misses == 1, "damage \(number)")
      #expect(!FileManager.default.fileExists(atPath: path))
      try store.keep(made, key)
      #expect(made.equals(try store.features(key)))
    }
  }

  /// Whole files of others under the name of a key.
  @Test func foreignFilesAreNotTrusted() throws {
    let scratch = try TemporaryFolder()
    let key = MadeFeatures.key(1)
    let path = FeatureStore.path(of: key, in: scratch.path)
    try scratch.write(String(path.dropFirst(scratch.path.count + 1)), "")
    let made = MadeFeatures.features(1)
    // Right in everything: the twin of those below.
    try made.write(to: path, key: key.text)
    let store = FeatureStore(memory: 0, folder: scratch.path)
    #expect(made.equals(try store.features(key)))
    let writers: [(String) throws -> Void] = [
      { try made.write(to: $0, key: MadeFeatures.key(2).text) },
      { try Data("{}".utf8).write(to: URL(fileURLWithPath: $0)) },
      { try self.file(notes: ["schema": "mplug-eval/features/1", "key": key.text]).write(to: $0) },
      { try self.file(notes: ["schema": "mplug-eval/features/0", "key": key.text]).write(to: $0) },
      { path in
        // With the right digest, a number that is none.
        var numbers = made.tokens.floats
        numbers[3] = .nan
        let bytes = numbers.withUnsafeBytes { [UInt8]($0) }
        try self.file(
          notes: [
            "schema": "mplug-eval/features/1", "key": key.text,
            "sha256": SHA256.hexDigest(of: bytes),
          ], numbers
        ).write(to: path)
      },
    ]
    for (number, write) in writers.enumerated() {
      try write(path)
      #expect(try store.features(key) == nil, "file \(number)")
      #expect(store.counts.damaged == number + 1)
      #expect(!FileManager.default.fileExists(atPath: path))
    }
  }

  /// What is no file at all, such as a folder of that name, is a miss, and hinders nobody.
  @Test func whatCannotBeReadIsMade() throws {
    let scratch = try TemporaryFolder()
    let (key, made) = (MadeFeatures.key(1), MadeFeatures.features(1))
    let path = FeatureStore.path(of: key, in: scratch.path)
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    let store = FeatureStore(memory: 1 << 10, folder: scratch.path)
    #expect(try store.features(key) == nil && store.counts.damaged == 1)
    try store.keep(made, key)
    #expect(made.equals(try store.features(key)) && store.counts.memory == 1)
  }

  /// What the twin of the digest test above relies on: with it right, such a file is read.
  @Test func theDigestIsThatOfTheNumbers() throws {
    let scratch = try TemporaryFolder()
    let numbers = (0..<12).map(Float.init)
    let notes = [
      "schema": "mplug-eval/features/1", "key": "k",
      "sha256": SHA256.hexDigest(of: numbers.withUnsafeBytes { [UInt8]($0) }),
    ]
    try file(notes: notes, numbers).write(to: scratch("a"))
    #expect(try VisualFeatures(contentsOf: scratch("a"), key: "k").tokens.floats == numbers)
    var more = file(notes: notes, numbers)
    more.add("other", shape: [1], [Float(1)])
    try more.write(to: scratch("b"))
    #expect(throws: VisualFeatureFileError.self) {
      try VisualFeatures(contentsOf: scratch("b"), key: "k")
    }
  }

  private func file(
    notes: [String: String], _ numbers: [Float] = (0..<12).map(Float.init)
  ) -> SafetensorsWriter {
    var writer = SafetensorsWriter(notes: notes)
    writer.add("tokens", shape: [3, 4], numbers)
    return writer
  }

  private func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }
}
