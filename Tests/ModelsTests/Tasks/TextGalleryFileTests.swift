import Foundation
import Models
import Records
import Tensors
import TestSupport
import Testing

/// Galleries in parts and in files.
@Suite struct TextGalleryFileTests {
  private let tasks: GoldenTasks
  private let settings: TaskProtocol
  private let texts: [TextInput]
  private let scratch: TemporaryFolder

  init() throws {
    tasks = try GoldenTasks("tiny-base", [.retrieval])
    var settings = try tasks.settings(.retrieval)
    settings.output = .matching(MatchingRule(shortlist: 3, addsSimilarity: false))
    settings.text?.ids = nil
    settings.text?.words = nil
    self.settings = settings
    let long = Array(repeating: "dog", count: 90).joined(separator: " ")
    texts = try (tasks.strings("retrieval", "captions_raw") + [long]).enumerated().map {
      TextInput(sample: "t\($0)", $1)
    }
    scratch = try TemporaryFolder()
  }

  private func gallery(_ range: Range<Int>) throws -> TextGallery {
    try tasks.model.gallery(of: Array(texts[range]), settings)
  }

  private func expectSame(_ gallery: TextGallery, _ whole: TextGallery) throws {
    #expect(gallery.samples == whole.samples && gallery.remarks == whole.remarks)
    #expect(gallery.embeddings.floats == whole.embeddings.floats)
    #expect(gallery.embeddings.width == whole.embeddings.width)
    let features = try tasks.model.features(
      of: tasks.pictures("retrieval", settings), settings)
    func scores(_ gallery: TextGallery) throws -> MatchingScores {
      let lists = try tasks.model.shortlists(
        of: features.map { $0.embedding ?? [] }, and: gallery, settings)
      return try tasks.model.scores(
        of: lists, gallery, visuals: 0..<features.count, settings, features: { features[$0] },
        progress: { _, _ in })
    }
    #expect(try scores(gallery) == scores(whole))
  }

  @Test func partsAreTheWholeToTheBit() throws {
    let whole = try gallery(0..<8)
    #expect(whole.remarks[7] == [.textCut(limit: 64)])
    for ends in [[0, 8], [0, 3, 8], [0, 1, 1, 7, 8], [0, 0, 8, 8]] {
      let parts = try zip(ends, ends.dropFirst()).map { try gallery($0..<$1) }
      try expectSame(.joined(parts), whole)
      let files = try parts.enumerated().map { place, part in
        let path = scratch("\(ends.count)-\(place).safetensors")
        try part.write(to: path, key: "k")
        return try TextGalleryFile(path, key: "k")
      }
      #expect(files.map(\.count) == parts.map(\.count))
      try expectSame(TextGallery(files, samples: whole.samples), whole)
    }
    #expect(TextGallery.joined([]).count == 0)
    // The same texts give the same bytes, others give others.
    try gallery(0..<3).write(to: scratch("again"), key: "k")
    #expect(
      try SHA256.hexDigest(ofFile: scratch("again"))
        == SHA256.hexDigest(ofFile: scratch("3-0.safetensors")))
    try gallery(0..<2).write(to: scratch("other"), key: "k")
    #expect(
      try SHA256.hexDigest(ofFile: scratch("again"))
        != SHA256.hexDigest(ofFile: scratch("other")))
  }

  @Test func nothingIsBelieved() throws {
    let path = scratch("gallery.safetensors")
    try gallery(0..<8).write(to: path, key: "right")
    #expect(try TextGalleryFile(path, key: "right").count == 8)
    #expect(throws: KeyedTensorsError.self) { try TextGalleryFile(path, key: "wrong") }
    let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    var random = TestRandom(seed: 21)
    for round in 0..<120 {
      let damaged =
        round % 3 == 0 ? Array(bytes.prefix(random.below(bytes.count))) : random.damage(bytes)
      guard damaged != bytes else { continue }
      try scratch.write("gallery.safetensors", Data(damaged))
      // Whatever of the header still says the same may have been changed in its spaces.
      do {
        let file = try TextGalleryFile(path, key: "right")
        #expect(file.count == 8 && damaged.count == bytes.count)
      } catch {
        #expect(!"\(error)".contains("\n") && "\(error)".contains(path))
      }
    }
  }

  /// Files that say of themselves what is wrong, with the right digest.
  @Test func whatDoesNotFit() throws {
    func message(_ fill: (inout SafetensorsWriter) -> Void) throws -> String {
      let path = scratch("made.safetensors")
      try KeyedTensors.write(to: path, schema: "mplug-eval/texts/1", key: "k", fill)
      return
        "\(try #require(throws: KeyedTensorsError.self) { try TextGalleryFile(path, key: "k") })"
    }
    func add(
      _ writer: inout SafetensorsWriter, lengths: [Int32] = [1, 1], limits: [Int32] = [0, 0],
      states: [Float] = [1, 2, 3, 4], rows: Int = 2, embeddings: [Float] = [1, 1]
    ) {
      writer.add("states", shape: [rows, states.count / rows], states)
      writer.add("embeddings", shape: [embeddings.count, 1], embeddings)
      for (name, numbers) in [("lengths", lengths), ("limits", limits)] {
        writer.add(name, element: .int32, shape: [numbers.count]) { sink in
          try numbers.withUnsafeBytes(sink)
        }
      }
    }
    #expect(try message { add(&$0, lengths: [1, 2]) }.contains("not those of their states"))
    #expect(try message { add(&$0, lengths: [3, -1]) }.contains("not those of their states"))
    #expect(try message { add(&$0, limits: [0]) }.contains("2 lengths, 2 embeddings and 1 limits"))
    #expect(try message { add(&$0, embeddings: [1]) }.contains("1 embeddings"))
    #expect(try message { add(&$0, states: [1, .nan, 3, 4]) }.contains("states holds a number"))
    #expect(try message { add(&$0, embeddings: [.infinity, 1]) }.contains("embeddings holds"))
    #expect(try message { $0.add("states", shape: [1], [1 as Float]) }.contains("states is F32"))
    #expect(try message { $0.add("other", shape: [1], [1 as Float]) }.contains("states is missing"))
    let path = scratch("fine.safetensors")
    try KeyedTensors.write(to: path, schema: "mplug-eval/texts/1", key: "k") { add(&$0) }
    let fine = try TextGalleryFile(path, key: "k")
    #expect(fine.count == 2)
    // Of another width than the others.
    try gallery(0..<1).write(to: scratch("one"), key: "k")
    let one = try TextGalleryFile(scratch("one"), key: "k")
    #expect(throws: KeyedTensorsError.self) {
      try TextGallery([one, fine], samples: ["a", "b", "c"])
    }
    #expect(throws: RecordError.self) { try TextGalleryFile(scratch("none"), key: "k") }
  }
}
