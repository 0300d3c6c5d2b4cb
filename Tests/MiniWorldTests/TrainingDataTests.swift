import Datasets
import Foundation
import MiniWorld
import TestSupport
import Testing

/// Training splits: the same formats, any size, no scene of the committed set.
@Suite struct TrainingDataTests {
  @Test func theFilesOfASmallSplit() throws {
    let scratch = try TemporaryFolder()
    let data = TrainingData(scenes: 24, seed: 4)
    try data.writeAnnotations(to: scratch.path)
    #expect(data.media.map(\.scenes.count) == [24, 24, 24, 3, 3, 3])
    let questions = try VQAv2.references(
      in: [scratch("vqav2/v2_mscoco_train2014_annotations.json")], label: "train")
    #expect(questions.count == 24 * 4 - 1)
    let captions = try COCOCaption.references(
      in: [scratch("coco/annotations/captions_train2014.json")], label: "train")
    #expect(captions.count == 24)
    for (name, file) in [
      ("refcoco", "refs(unc).p"), ("refcoco+", "refs(unc).p"), ("refcocog", "refs(umd).p"),
    ] {
      let refs = try RefCOCO.references(
        in: [scratch("\(name)/\(file)"), scratch("\(name)/instances.json")], label: "train")
      #expect(refs.count > 40)
    }
    let pairs = try SNLIVE.references(in: [scratch("snli_ve/snli_ve_train.jsonl")], label: "train")
    #expect(pairs.count == 72)
    let statements = try NLVR2.references(in: [scratch("nlvr2/data/train.json")], label: "train")
    #expect(statements.count > 20)
    for name in ["msrvtt_qa", "msvd_qa"] {
      let asked = try MSRVTTQA.references(in: [scratch("\(name)/train_qa.json")], label: "train")
      #expect(asked.count >= 3 * 3)
    }
    let clips = try VATEX.references(
      in: [scratch("vatex/vatex_training_v1.0.json")], label: "train")
    #expect(clips.count == 3)
    let info = try MSRVTTRetrieval.references(
      in: [scratch("msrvtt/train_val_videodatainfo.json")], label: "train")
    #expect(info.count > 0)
  }

  @Test func aLargerSplitBeginsAsASmallerOne() throws {
    let (small, large) = (try TemporaryFolder(), try TemporaryFolder())
    try TrainingData(scenes: 8, seed: 4).writeAnnotations(to: small.path)
    try TrainingData(scenes: 16, seed: 4).writeAnnotations(to: large.path)
    let name = "snli_ve/snli_ve_train.jsonl"
    let first = try String(contentsOfFile: small(name), encoding: .utf8)
    let second = try String(contentsOfFile: large(name), encoding: .utf8)
    #expect(second.hasPrefix(first) && second != first)
  }

  @Test func noSceneIsOneOfTheCommittedSet() {
    func scenes(_ series: [MediaSeries]) -> Set<[SceneObject]> {
      Set(series.flatMap { one in one.scenes.places.map { one.scenes[$0].objects } })
    }
    let own = scenes(MiniWorldData().media)
    #expect(own.isDisjoint(with: scenes(TrainingData(scenes: 40).media)))
    #expect(!own.isDisjoint(with: scenes(MiniWorldData().media)))
  }
}
