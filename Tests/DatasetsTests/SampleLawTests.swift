import Datasets
import Foundation
import Records
import TestSupport
import Testing

/// What holds for the samples of every adapter.
@Suite struct SampleLawTests {
  /// Checks the laws, and gives the samples.
  @discardableResult
  static func check(
    _ dataset: any Dataset.Type, _ folder: DataFolder, _ split: BenchmarkSplit
  ) throws -> SampleSet {
    let references = try dataset.references(under: folder, split: split)
    let set = try dataset.samples(under: folder, split: split)
    // A clip may have several records of references (VATEX); it is asked for once.
    #expect(set.samples.map(\.id) == references.ids.uniqued())
    #expect(set.media == (try dataset.media(under: folder, split: split)))
    #expect(Set(set.media.map(\.path)).count == set.media.count)
    let used = set.samples.flatMap(\.media)
    #expect(Set(used) == Set(set.media.indices))
    let count = dataset.task == .reasoning ? 2 : 1
    #expect(set.samples.allSatisfy { $0.media.count == count })
    if case .retrieval(let retrieval) = references.content {
      #expect(set.texts == retrieval.texts)
      #expect(set.samples.map(\.media) == set.media.indices.map { [$0] })
      #expect(set.media.map(\.id) == retrieval.images)
    } else {
      #expect(set.texts.isEmpty)
    }
    #expect(Set(set.files.map(\.path)).count == set.files.count)
    #expect(Set(references.files.map(\.path)).isSubset(of: Set(set.files.map(\.path))))
    for file in set.files {
      #expect(file.sha256 == SHA256.hexDigest(of: try MappedFile(file.path)))
    }
    #expect(set.problems.map(\.code) == references.problems.map(\.code))
    let again = try dataset.samples(under: folder, split: split)
    #expect(again.samples == set.samples && again.media == set.media)
    return set
  }

  @Test(arguments: MadeSplit.all) func laws(_ made: MadeSplit) throws {
    let scratch = try made.folder()
    let (dataset, folder, split) = try made.place(in: scratch)
    let set = try Self.check(dataset, folder, split)
    #expect(set.samples.count == made.texts.count)
    for (sample, text) in zip(set.samples, made.texts) {
      #expect(sample.text.map { Array($0.utf8) } == text.map { Array($0.utf8) })
    }
  }

  @Test func everyAdapterIsAmongTheSplits() throws {
    let names = try MadeSplit.all.map { try BenchmarkName($0.name).resolve().card.dataset }
    #expect(Set(names) == Set(DatasetRegistry.all.map { $0.name }))
  }

  /// Every split of every benchmark whose files are there in part or whole.
  @Test(.enabled(if: Golden.folder != nil)) func slicesOfTheRealFiles() throws {
    let datasets = try #require(Golden.folder).appendingPathComponent("datasets")
    var checked: [String] = []
    let places = try FileManager.default.contentsOfDirectory(atPath: datasets.path).sorted()
    for place in places + ["vqav2/synthetic", "vatex/synthetic"] {
      for card in try BenchmarkRegistry.all() where card.embedded != true {
        let dataset = try DatasetRegistry.dataset(for: card)
        let folder = DataFolder(
          path: datasets.appendingPathComponent(place).path, folders: card.folders)
        for split in card.splits
        where (try? dataset.references(under: folder, split: split)) != nil {
          try Self.check(dataset, folder, split)
          checked.append("\(card.name)/\(split.name)")
        }
      }
    }
    for name in [
      "vqav2/val", "vqav2/test-dev", "vqav2/test-std", "coco-caption/test", "coco-caption/val",
      "coco-retrieval/test", "flickr30k-retrieval/test", "refcoco/testA", "refcoco+/testB",
      "refcocog/val", "snli-ve/test", "nlvr2/dev", "nlvr2/test-P", "msrvtt-retrieval/test",
      "msrvtt-qa/test", "msvd-qa/test", "vatex-caption/test", "vatex-caption/private-test",
    ] {
      #expect(checked.contains(name), "\(name)")
    }
  }
}
