import Datasets
import Foundation
import Media
import MiniWorld
import Records
import TestSupport
import Testing

/// `benchmarks/mini` is what the generator writes.
@Suite struct CommittedDataTests {
  private static let root = Golden.root.appendingPathComponent("benchmarks/mini").path

  private func bytes(_ path: String) throws -> [UInt8] {
    [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
  }

  private func names(under folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: folder).filter {
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: "\(folder)/\($0)", isDirectory: &isFolder)
        && !isFolder.boolValue
    }.sorted()
  }

  @Test func annotationsAndPredictionsByteForByte() throws {
    let scratch = try TemporaryFolder()
    try MiniWorldData().writeAnnotations(to: scratch.path)
    let made = try names(under: scratch.path)
    for name in made {
      #expect(try bytes(scratch(name)) == bytes("\(Self.root)/\(name)"), "\(name)")
    }
    let media = ["jpg", "png", "mp4", "avi"]
    let committed = try names(under: Self.root).filter { name in
      !name.hasPrefix("checkpoint/") && !["README.md", "evaluate"].contains(name)
        && !media.contains { name.hasSuffix("." + $0) }
    }
    #expect(committed == made)
  }

  @Test func anotherSeedMakesOtherData() throws {
    let scratch = try TemporaryFolder()
    try MiniWorldData(seed: 1).writeAnnotations(to: scratch.path)
    let name = "vqav2/v2_OpenEnded_mscoco_val2014_questions.json"
    #expect(try bytes(scratch(name)) != bytes("\(Self.root)/\(name)"))
  }

  /// Encoders differ from release to release: pictures may be a little off.
  @Test func picturesAndClips() throws {
    let scratch = try TemporaryFolder()
    var paths: Set<String> = []
    for series in MiniWorldData().media {
      for place in series.scenes.places { paths.insert(series.path(place)) }
    }
    let media = ["jpg", "png", "mp4", "avi"]
    let committed = try names(under: Self.root).filter { name in
      media.contains { name.hasSuffix("." + $0) }
    }
    #expect(Set(committed) == paths)
    for series in MiniWorldData().media {
      try MediaWriter(folder: scratch.path).write(series)
      for place in series.scenes.places {
        let (own, kept) = (scratch(series.path(place)), "\(Self.root)/\(series.path(place))")
        if try bytes(own) == bytes(kept) { continue }
        let difference = try difference(own, kept, isClip: series.scenes.kind == .clips)
        #expect(difference < 4, "\(series.path(place))")
      }
    }
  }

  /// The mean difference of two files' pixels, in steps of 255.
  private func difference(_ one: String, _ other: String, isClip: Bool) throws -> Double {
    func pixels(_ path: String) throws -> [UInt8] {
      if !isClip { return try ImageDecoder().decode(path).image.bytes }
      return try VideoSampler(count: 4, size: .native).sample(path).images.flatMap(\.bytes)
    }
    let (first, second) = (try pixels(one), try pixels(other))
    guard first.count == second.count else { return .infinity }
    return zip(first, second).reduce(0.0) { $0 + Double(abs(Int($1.0) - Int($1.1))) }
      / Double(first.count)
  }

  @Test func checkpointsAndVocabulary() throws {
    let scratch = try TemporaryFolder()
    for (head, name) in [
      (UntrainedCheckpoint.Head.entailment, "mini"), (.statements, "mini-nlvr2"),
    ] {
      try UntrainedCheckpoint(head: head).write(to: scratch("\(name).safetensors"))
      let own = try bytes(scratch("\(name).safetensors"))
      #expect(try own == bytes("\(Self.root)/checkpoint/\(name).safetensors"))
      #expect(own.count < 2_000_000)
    }
    try MiniVocabulary().write(to: scratch("vocab.txt"))
    #expect(try bytes(scratch("vocab.txt")) == bytes("\(Self.root)/checkpoint/vocab.txt"))
  }

  @Test func theSetIsSmall() throws {
    let sizes = try names(under: Self.root).filter { !$0.hasPrefix("checkpoint/") }.map {
      try bytes("\(Self.root)/\($0)").count
    }
    #expect(sizes.reduce(0, +) < 3_000_000)
  }

  /// As many samples as the cards say, of every split, through the adapters of the real data sets.
  @Test func everySplitIsRead() throws {
    let cards = try BenchmarkRegistry.all().filter { $0.embedded == true }
    #expect(cards.count == 13)
    for card in cards {
      let folder = DataFolder(path: Self.root, folders: card.folders)
      let dataset = try DatasetRegistry.dataset(for: card)
      for split in card.splits {
        let references = try dataset.references(under: folder, split: split)
        #expect(references.count == split.samples, "\(card.name)/\(split.name)")
        #expect(references.problems.isEmpty, "\(references.problems)")
        #expect(try dataset.audit(under: folder, split: split) == [])
        let media = try dataset.media(under: folder, split: split)
        #expect(media.count == split.images)
        #expect(try card.mediaLocator(data: Self.root).locate(media).missing.isEmpty)
        #expect(try dataset.samples(under: folder, split: split).samples.isEmpty == false)
      }
    }
  }
}
