import Datasets
import Evaluation
import Foundation
import Metrics
import Records
import TestSupport
import Testing

/// Runs sample by sample, with what was asked and what was right.
@Suite struct RunViewTests {
  @Test func questionsWithTenAnswers() throws {
    let view = try ScoredRun.answers().view()
    #expect(view.dataNote == nil && view.count == 158 && view.record.task == "vqa")
    let inputs = try VQAv2.samples(
      under: DataFolder(
        path: Golden.root.appendingPathComponent("benchmarks/mini").path,
        folders: try #require(view.card).folders),
      split: try #require(view.card?.split(named: "val")))
    var verdicts: Set<Bool?> = []
    for (place, result) in view.samples.enumerated() {
      let sample = try result.get()
      #expect(sample.id == inputs.samples[place].id)
      #expect(sample.input == inputs.samples[place].text)
      #expect(sample.references.count == 10)
      #expect(sample.media.count == 1 && sample.media[0].kind == .image)
      let accuracy = try #require(sample.scores.first { $0.name == "accuracy" }).value
      #expect(sample.isRight == (accuracy == 100))
      verdicts.insert(sample.isRight)
      #expect(sample.candidates.isEmpty && sample.predictedBox == nil && sample.ranking.isEmpty)
    }
    #expect(verdicts == [true, false])
    #expect(try view.samples(at: [5, 2]).map(\.id) == [view.ids[5], view.ids[2]])
  }

  @Test func countsOfReferences() {
    let sample = ViewedSample(
      id: 1,
      references: ["orange", "red", "red", "blue", "red", "orange", "caf\u{E9}", "cafe\u{301}"])
    let counted = sample.countedReferences
    #expect(counted == ["red x3", "orange x2", "blue", "caf\u{E9}", "cafe\u{301}"])
  }

  @Test func captions() throws {
    let view = try ScoredRun.captions().view()
    let sample = try view.sample(at: 0)
    #expect(sample.references.count >= 5 && sample.input == nil && sample.isRight == nil)
    #expect(sample.scores.contains { $0.name == "CIDEr" })
  }

  @Test func boxes() throws {
    let run = ScoredRun.boxes
    let view = try run.view()
    let samples = try view.samples(at: view.ids.indices)
    #expect(samples.map(\.input) == ["man on left", "left guy", "caf\u{e9} owner"])
    #expect(samples.map(\.isRight) == [true, false, true])
    #expect(samples[0].predictedBox == PixelBox(x: 10.5, y: 20.75, width: 200.25, height: 150.25))
    #expect(samples[0].trueBox == PixelBox(x: 10.5, y: 20.75, width: 200.25, height: 300.5))
    #expect(samples[0].references == ["[10.5, 20.75, 200.25, 300.5]"])
    #expect(samples.map(\.remarks) == [["r"], [], []])
  }

  @Test func twoImages() throws {
    let run = ScoredRun.statements
    let view = try run.view()
    let sample = try view.sample(at: 0)
    #expect(sample.input == "dev-1-0-0?" && sample.references == ["True"])
    #expect(sample.media.map(\.exists) == [false, true])
    #expect(sample.media[0].path == "dev/dev-1-0-img0.png")
    #expect(sample.media[1].path == (try run.scratch.get()("data/dev/dev-1-0-img1.png")))
    #expect(try view.samples(at: 0..<3).map(\.isRight) == [true, false, true])
  }

  @Test func logitsAndCandidates() throws {
    let pair = try ScoredRun.pairs.view().sample(at: 1)
    #expect(pair.logits == [0.5, 2, 1.5] && pair.input == "sb" && pair.isRight == false)
    let answer = try ScoredRun.videoAnswers.view()
    let sample = try answer.sample(at: 0)
    #expect(sample.candidates.map(\.text) == ["dog", "cat"])
    #expect(sample.candidates.map(\.score) == [0.75, 0.25])
    #expect(sample.input == "who?" && sample.media.map(\.kind) == [.video])
    #expect(try answer.sample(at: 1).isRight == false)
    #expect(try answer.sample(at: 1).candidates.isEmpty)
  }

  @Test func queries() throws {
    let view = try ScoredRun.pairScores.view()
    let texts = (0..<5).map { SampleID.string("text:\($0)") }
    #expect(Array(view.ids.prefix(3)) == ["image:7", "image:5", "image:9"])
    #expect(Array(view.ids.dropFirst(3)) == texts)
    let image = try view.sample(at: 0)
    #expect(image.references == ["t0", "t1"] && image.input == nil)
    #expect(image.prediction == "t2" && image.isRight == false)
    // Of equal scores the higher number comes first; what is not scored has -100.
    #expect(image.candidates.map(\.text) == ["t2", "t3", "t0", "t4", "t1"])
    #expect(image.candidates.map(\.score) == [2.5, 0.5, 0.5, -100, -100])
    #expect(image.media.map(\.exists) == [false])
    let right = try view.sample(at: 1)
    #expect(right.isRight == true && right.media.map(\.exists) == [true])
    // The pair counts for the text alone.
    #expect(right.candidates.prefix(2).map(\.score) == [1.5, -100])
    let text = try view.sample(at: 3 + 2)
    #expect(text.input == "t2" && text.references == ["5"] && text.prediction == "5")
    #expect(text.candidates.map(\.text) == ["5", "9", "7"])
    #expect(text.candidates.map(\.score) == [1.5, -100, -100])
    #expect(text.media.map(\.path.isEmpty) == [false] && text.media[0].exists)
  }

  @Test func hiddenAnswers() throws {
    let view = try ScoredRun.hidden.view()
    let samples = try view.samples(at: 0..<2)
    #expect(samples.map(\.input) == ["Why?", "Who?"] && samples.map(\.prediction) == ["so", "me"])
    #expect(samples.allSatisfy { $0.isRight == nil && $0.references.isEmpty })
    #expect(try view.traces(at: 0).isEmpty)
  }

  @Test func aClipThatStandsTwice() throws {
    let view = try ScoredRun.repeated.view()
    let samples = try view.samples(at: 0..<3)
    #expect(samples.map(\.references.count) == [2, 1, 2])
    #expect(samples[2].references == ["Dogs run.", "a dog"])
    #expect(samples.allSatisfy { $0.media.map(\.kind) == [.video] })
    #expect(view.places(named: "b_000001_000011") == [0, 2])
  }

  @Test func annotationFilesThatWereGiven() throws {
    var run = ScoredRun.videoAnswers
    run.annotations = ["data/test_qa.json"]
    let view = try run.view()
    #expect(view.record.split == "custom")
    #expect(view.dataNote?.hasPrefix("no media: annotation files") == true)
    let sample = try view.sample(at: 1)
    #expect(sample.input == "what is it?" && sample.references == ["cat"] && sample.media.isEmpty)
  }

  /// Scoring needs no question file, and then nothing is known of the questions.
  @Test func dataWithoutInputs() throws {
    var run = ScoredRun.pairs
    run.files[0].content = run.files[0].content.replacing("sentence2", with: "other")
    let view = try run.view()
    #expect(view.dataNote?.contains("no inputs: ") == true)
    #expect(view.dataNote?.contains("\"sentence2\" is missing") == true)
    let sample = try view.sample(at: 0)
    #expect(sample.input == nil && sample.references == ["neutral"] && sample.isRight == true)
  }

  @Test func dataThatAreNotThereOrOthers() throws {
    let run = ScoredRun.videoAnswers
    let path = try run.write()
    let scratch = try run.scratch.get()
    try FileManager.default.moveItem(atPath: scratch("data"), toPath: scratch("moved"))
    let view = try RunView(folder: path)
    #expect(view.dataNote?.contains("its data folder \(scratch("data")) is not here") == true)
    let bare = try view.sample(at: 0)
    #expect(bare.input == nil && bare.references.isEmpty && bare.isRight == true)
    #expect(bare.candidates.count == 2 && bare.prediction == "dog")
    #expect(try view.traces(at: 0).isEmpty)
    #expect(try RunView(folder: path, data: scratch("moved")).sample(at: 0).input == "who?")
    // Other files under the same names are refused where they are named, and not taken unasked.
    try scratch.write("moved/test_qa.json", run.files[0].content.replacing("who?", with: "when?"))
    let error = #expect(throws: EvaluationError.self) {
      try RunView(folder: path, data: scratch("moved"))
    }
    #expect(error?.description.contains("was scored against msvd-qa-test@") == true)
    #expect(throws: DatasetError.self) { try RunView(folder: path, data: scratch("runs")) }
  }

  @Test func damagedRuns() throws {
    let run = ScoredRun.videoAnswers
    let path = try run.write()
    let samples = "\(path)/samples.jsonl"
    let text = try String(contentsOfFile: samples, encoding: .utf8)
    try Data(text.replacing("37349", with: "37350").utf8).write(to: URL(fileURLWithPath: samples))
    #expect(
      try RunView(folder: path).dataNote?.contains("the sample 37350, which the references") == true
    )
    try Data((text + "{}\n").utf8).write(to: URL(fileURLWithPath: samples))
    #expect(throws: JSONError.self) { try RunView(folder: path) }
    try FileManager.default.removeItem(atPath: samples)
    let error = #expect(throws: RecordError.self) { try RunView(folder: path) }
    #expect(error?.description.contains("samples.jsonl") == true)
    #expect(throws: EvaluationError.self) {
      try RunView(folder: try run.scratch.get()("data"))
    }
  }

  @Test func namesOfSamples() throws {
    let view = try ScoredRun.pairScores.view()
    #expect(view.places(named: "image:5") == [1] && view.places(named: "5") == [1])
    #expect(view.places(named: "text:4") == [7] && view.places(named: "4").isEmpty)
    #expect(view.ids(near: "text:44").first == "text:4")
    let answers = try ScoredRun.videoAnswers.view()
    #expect(answers.places(named: "37349") == [1])
    #expect(answers.ids(near: "37358").contains("37348"))
  }

  /// What has been read already is not read again, and gives the same.
  @Test func dataThatHaveBeenRead() throws {
    let run = ScoredRun.videoAnswers
    let path = try run.write()
    let (card, split) = try BenchmarkName(run.benchmark).resolve()
    let folder = DataFolder(path: try run.folder, folders: card.folders)
    let inputs = try MSVDQA.samples(under: folder, split: try #require(split))
    let view = try RunView(
      folder: path,
      references: MSVDQA.references(under: folder, split: try #require(split)), inputs: inputs,
      media: card.mediaLocator(data: folder.path).locate(inputs.media).requests(for: inputs.media))
    #expect(try view.sample(at: 0).input == "who?")
    #expect(try view.sample(at: 0).media == (try RunView(folder: path).sample(at: 0).media))
  }
}
