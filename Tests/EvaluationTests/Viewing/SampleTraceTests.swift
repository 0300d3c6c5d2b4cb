import Evaluation
import Foundation
import Metrics
import Records
import TestSupport
import Testing

/// Traces give the numbers of `samples.jsonl`.
@Suite struct SampleTraceTests {
  private func score(_ sample: ViewedSample, _ name: String) throws -> Double {
    try #require(sample.scores.first { $0.name == name }, "\(name)").value
  }

  @Test func answers() throws {
    let view = try ScoredRun.answers().view()
    var isNormalized: Set<Bool> = []
    var accuracies: Set<Double> = []
    for place in 0..<view.count {
      let sample = try view.sample(at: place)
      guard case .answer(let trace) = try #require(view.traces(at: place).first) else {
        Issue.record("no trace of an answer")
        continue
      }
      #expect(trace.accuracy == (try score(sample, "accuracy")))
      #expect(trace.humans.map(\.answer) == sample.references)
      isNormalized.insert(trace.isNormalized)
      accuracies.insert(trace.accuracy)
      for human in trace.humans {
        #expect(human.isEqual == (human.compared == trace.prediction))
      }
    }
    #expect(isNormalized.contains(true) && accuracies.count > 2)
  }

  /// The official program leaves out all records that equal the one at hand, and normalizes only
  /// where people differ.
  @Test func answersOfOneRecordAndOfOneMind() throws {
    var references = VQAReferences()
    references.append(
      questionID: 1, imageID: 1, questionType: "what", answerType: "other",
      answers: ["The Dog.", "The Dog."])
    let numbers = (0..<3).map { _ in
      Array("a cat".utf8).withUnsafeBufferPointer { references.intern(answer: $0) }
    }
    let other = Array("dog".utf8).withUnsafeBufferPointer { references.intern(answer: $0) }
    references.append(
      questionID: 2, imageID: 1,
      questionType: Array("x".utf8).withUnsafeBufferPointer { references.intern(questionType: $0) },
      answerType: Array("x".utf8).withUnsafeBufferPointer { references.intern(answerType: $0) },
      answers: numbers + [other], recordClasses: [0, 0, 1, 0])
    let said = ["the dog", "cat"]
    let scores = try VQAAccuracy().scores(of: references, answers: said)
    for question in 0..<2 {
      let trace = try VQAAccuracy.trace(of: said[question], to: question, in: references)
      #expect(trace.accuracy == scores.scores[0].samples?[question])
      #expect(trace.isNormalized == (question == 1))
    }
    let cats = try VQAAccuracy.trace(of: "cat", to: 1, in: references)
    #expect(
      cats.prediction == "cat" && cats.humans.map(\.compared) == ["cat", "cat", "cat", "dog"])
    let accuracies: [Double] = [1.0 / 3, 1.0 / 3, 2.0 / 3, 1]
    #expect(cats.humans.map(\.accuracy) == accuracies)
  }

  @Test func captions() throws {
    for run in [try ScoredRun.captions(), ScoredRun.repeated] {
      let path = try run.write()
      let view = try RunView(folder: path)
      let lines = try JSONFile.lines("\(path)/samples.jsonl")
      for place in 0..<view.count {
        let sample = try view.sample(at: place)
        guard case .caption(let trace) = try #require(view.traces(at: place).first) else {
          Issue.record("no trace of a caption")
          continue
        }
        let cider = try #require(trace.cider)
        #expect(abs(cider - (try score(sample, "CIDEr"))) < 1e-12)
        let rows = try #require(lines[place]["statistics"]?["Bleu"]?.array).compactMap(\.double)
        #expect(trace.orders.map { Double($0.correct) } == Array(rows[0..<4]))
        #expect(trace.orders.map { Double($0.guessed) } == Array(rows[4..<8]))
        #expect([Double(trace.words), Double(trace.nearestLength)] == Array(rows[8...]))
        #expect(trace.references.map(\.caption) == sample.references)
        #expect(trace.orders.allSatisfy { $0.matched.count == $0.correct })
      }
    }
    let view = try ScoredRun.repeated.view()
    guard case .caption(let trace) = try #require(view.traces(at: 0).first) else { return }
    #expect(trace.tokens == "a dog runs")
    #expect(trace.references.map(\.tokens) == ["a dog runs", "the dog runs fast"])
    #expect(trace.orders[1].matched == ["a dog", "dog runs"])
    #expect(trace.orders[3].guessed == 0)
    #expect(try #require(trace.references[0].cider) > (try #require(trace.references[1].cider)))
  }

  @Test func boxes() throws {
    let view = try ScoredRun.boxes.view()
    for place in 0..<view.count {
      let sample = try view.sample(at: place)
      guard case .box(let trace) = try #require(view.traces(at: place).first) else {
        Issue.record("no trace of a box")
        continue
      }
      #expect(trace.iou == (try score(sample, "mIoU")))
      #expect(trace.mplugIoU == (try score(sample, "mIoU-mplug")))
      #expect((trace.iou >= 0.5 ? 1 : 0) == (try score(sample, "acc@0.5")))
      #expect(trace.imageSize == PixelSize(width: 640, height: 427))
    }
  }

  @Test func classesAndGroups() throws {
    for run in [ScoredRun.statements, .pairs] {
      let view = try run.view()
      for place in 0..<view.count {
        guard case .label(let trace) = try #require(view.traces(at: place).first) else {
          Issue.record("no trace of a class")
          continue
        }
        #expect((trace.isEqual ? 1 : 0) == (try score(view.sample(at: place), "accuracy")))
      }
    }
    guard case .label(let trace) = try #require(ScoredRun.statements.view().traces(at: 0).first)
    else { return }
    #expect(trace.group == "dev-1--0" && trace.members.map(\.id) == ["dev-1-0-0", "dev-1-1-0"])
    #expect(trace.members.map(\.isEqual) == [true, false])
  }

  @Test func exactAnswers() throws {
    let view = try ScoredRun.videoAnswers.view()
    for place in 0..<view.count {
      guard case .exactAnswer(_, let isEqual) = try #require(view.traces(at: place).first) else {
        Issue.record("no trace of an answer")
        continue
      }
      #expect((isEqual ? 1 : 0) == (try score(view.sample(at: place), "accuracy")))
    }
  }

  /// The least rank of the right candidates is the query's.
  @Test func ranks() throws {
    let view = try ScoredRun.pairScores.view()
    var ranks: Set<Double> = []
    for place in 0..<view.count {
      let sample = try view.sample(at: place)
      guard case .query(let trace) = try #require(view.traces(at: place).first) else {
        Issue.record("no trace of a query")
        continue
      }
      let best = try #require(trace.right.compactMap(\.rank).min())
      #expect(Double(best) == (try score(sample, "rank")))
      ranks.insert(Double(best))
      #expect(trace.right.allSatisfy { $0.isRight && $0.rank != nil && $0.score != nil })
      #expect(trace.first.map(\.rank) == Array(1...trace.first.count))
      #expect(trace.first.count == trace.candidateCount)
      #expect(trace.first.count { $0.isRight } == trace.right.count)
    }
    #expect(ranks.count > 1)
    // Without the scores the ranks of the first candidates are known, and no score is.
    var bare = ScoredRun.pairScores
    bare.keepsPredictions = false
    guard case .query(let trace) = try #require(bare.view().traces(at: 0).first) else { return }
    #expect(trace.right.map(\.rank) == [3, 5] && trace.right.allSatisfy { $0.score == nil })
  }
}
