import Foundation
import Media
import Models
import Records
import Tensors
import TestSupport
import Testing
import Text

/// Answers and captions of the tiny models, from checkpoint and files to text, against the original's.
@Suite struct GenerationTaskTests {
  private func expect(_ found: [GeneratedText], _ tasks: GoldenTasks, _ part: String) throws {
    let expected = try tasks.nBest(part)
    #expect(found.count == expected.count && !expected.isEmpty)
    for (text, hypotheses) in zip(found, expected) {
      #expect(text.candidates.map(\.ids) == hypotheses.map(\.ids))
      let scores = hypotheses.map(\.score)
      #expect(largestDifference(text.candidates.map(\.score), scores) < 1e-3)
      #expect(text.remarks.isEmpty)
    }
    #expect(try found.map { $0.candidates.first?.ids } == tasks.bestIDs(part))
  }

  @Test(arguments: GoldenTasks.names)
  func answers(_ name: String) throws {
    let tasks = try GoldenTasks(name, [.vqa])
    let settings = try tasks.settings(.vqa)
    let features = try tasks.model.features(of: tasks.pictures("vqa", settings), settings)
    let questions = try tasks.strings("vqa", "questions")
    let found = try tasks.model.answers(
      to: tasks.visualTexts(questions, features), settings)
    try expect(found, tasks, "vqa")
    #expect(try found.map(\.text) == tasks.strings("vqa", "answers"))
    #expect(found.map(\.sample) == ["0", "1", "2", "3"])
    // Another question about the same picture is another answer.
    let swapped = try tasks.model.answers(
      to: tasks.visualTexts(questions.reversed(), features), settings)
    #expect(swapped.map(\.candidates) != found.map(\.candidates))
  }

  @Test(arguments: GoldenTasks.names)
  func captions(_ name: String) throws {
    let tasks = try GoldenTasks(name, [.caption])
    let settings = try tasks.settings(.caption)
    let pictures = try tasks.pictures("caption", settings)
    func captions(_ features: [VisualFeatures]) throws -> [GeneratedText] {
      try tasks.model.captions(
        of: features.map { VisualSample(sample: "x", $0) }, settings)
    }
    let features = try tasks.model.features(of: pictures, settings)
    let found = try captions(features)
    try expect(found, tasks, "caption")
    #expect(try found.map(\.text) == tasks.strings("caption", "captions"))
    let other = try captions(features.reversed())
    #expect(other.map(\.text) == found.map(\.text).reversed())
    #expect(other.map(\.text) != found.map(\.text))
  }

  @Test(arguments: GoldenTasks.names)
  func videoCaptions(_ name: String) throws {
    let tasks = try GoldenTasks(name, [.videoCaption])
    var settings = try tasks.settings(.videoCaption)
    let features = try tasks.model.features(of: tasks.videos("videocap", settings), settings)
    let samples = features.map { VisualSample(sample: "x", $0) }
    let found = try tasks.model.captions(of: samples, settings)
    try expect(found, tasks, "videocap")
    #expect(try found.map(\.text) == tasks.strings("videocap", "captions"))
    // The whole prompt, as it was meant.
    settings.corrected = [.q4]
    let whole = try tasks.model.captions(of: samples, settings)
    #expect(whole.allSatisfy { $0.candidates.allSatisfy { $0.ids.prefix(4).count == 4 } })
    #expect(whole.map { $0.candidates.map(\.ids) } != found.map { $0.candidates.map(\.ids) })
    let prompt = tasks.model.tokenizer.ids(of: "a picture of").ids
    #expect(whole.allSatisfy { $0.candidates.allSatisfy { $0.ids.starts(with: prompt) } })
    #expect(
      found.allSatisfy {
        $0.candidates.allSatisfy { $0.ids.starts(with: prompt.dropLast()) }
      })
  }

  /// One question, two or all at a time; one thread or two; AVX or none: the same bits.
  @Test(arguments: GoldenTasks.names)
  func batchesAndEnginesDoNotMatter(_ name: String) throws {
    var first: [GeneratedText]?
    for engine in Engines.all {
      let tasks = try GoldenTasks(name, [.vqa], engine: engine)
      let settings = try tasks.settings(.vqa)
      let pictures = try tasks.pictures("vqa", settings)
      let questions = try tasks.strings("vqa", "questions")
      for size in [1, 2, 4] {
        var found: [GeneratedText] = []
        for start in stride(from: 0, to: pictures.count, by: size) {
          let part = start..<min(start + size, pictures.count)
          let features = try tasks.model.features(of: Array(pictures[part]), settings)
          found += try tasks.model.answers(
            to: tasks.visualTexts(Array(questions[part]), features), settings)
        }
        let candidates = found.map(\.candidates)
        if let first {
          #expect(candidates == first.map(\.candidates), "\(engine.threads) \(size)")
        } else {
          first = found
        }
      }
    }
  }

  /// A cached feature serves any number of questions, as a fresh one would.
  @Test func cachedFeaturesEqualFreshOnes() throws {
    let tasks = try GoldenTasks("tiny-base", [.vqa, .caption])
    let settings = try tasks.settings(.vqa)
    let pictures = try tasks.pictures("vqa", settings)
    let questions = try tasks.strings("vqa", "questions")
    let once = try tasks.model.features(of: [pictures[0]], settings)[0]
    let cached = VisualFeatures(
      tokens: tasks.engine.matrix(once.tokens.rows, once.tokens.width, once.tokens.floats),
      embedding: once.embedding)
    let fresh = try questions.map { question in
      let features = try tasks.model.features(of: [pictures[0]], settings)[0]
      return try tasks.model.answers(
        to: [VisualText(TextInput(sample: "s", question), about: features)], settings)[0]
    }
    let shared = try tasks.model.answers(
      to: questions.map { VisualText(TextInput(sample: "s", $0), about: cached) }, settings)
    #expect(shared == fresh)
    #expect(settings.featureSignature == (try tasks.settings(.caption)).featureSignature)
  }

  /// A cache may hold features of another model: they are refused, not read beyond their end.
  @Test func featuresOfAnotherModelAreRefused() throws {
    let tasks = try GoldenTasks("tiny-base", [.vqa, .caption])
    for (rows, width) in [(17, 128), (17, 32), (0, 64)] {
      let tokens = tasks.engine.matrix(rows, width, Array(repeating: 0, count: rows * width))
      let foreign = VisualFeatures(tokens: tokens, embedding: nil)
      let says = "[\(rows), \(width)], not [tokens, 64]"
      #expect {
        try tasks.model.captions(
          of: [VisualSample(sample: "s", foreign)], tasks.settings(.caption))
      } throws: { "\($0)".contains(says) }
      #expect {
        try tasks.model.answers(
          to: [VisualText(TextInput(sample: "s", "what"), about: foreign)], tasks.settings(.vqa))
      } throws: { "\($0)".contains(says) }
    }
  }

  @Test func theAnswerMayEndAtItsFirstSeparator() throws {
    let tasks = try GoldenTasks("tiny-base", [.vqa])
    var settings = try tasks.settings(.vqa)
    let features = try tasks.model.features(of: tasks.pictures("vqa", settings), settings)
    let texts = tasks.visualTexts(try tasks.strings("vqa", "questions"), features)
    let kept = try tasks.model.answers(to: texts, settings)
    settings.corrected = [.q3]
    let cut = try tasks.model.answers(to: texts, settings)
    for (kept, cut) in zip(kept, cut) {
      for (kept, cut) in zip(kept.candidates, cut.candidates) {
        #expect(kept.score == cut.score && kept.ids.starts(with: cut.ids))
        #expect(!cut.ids.dropLast().contains(102))
      }
    }
  }

  /// What is read in a picture and what stands in it follow a question, unless that is turned off.
  @Test func questionsWithWordsAndObjects() throws {
    let tasks = try GoldenTasks("tiny-base", [.vqa])
    var settings = try tasks.settings(.vqa)
    let features = try tasks.model.features(
      of: [tasks.pictures("vqa", settings)[1]], settings)
    func answer(_ input: TextInput) throws -> GeneratedText {
      try tasks.model.answers(to: [VisualText(input, about: features[0])], settings)[0]
    }
    let plain = "how many people are standing near the red bus"
    let long = try tasks.strings("vqa", "questions")[1]
    #expect(long == plain + " [SEP] stop 25 [SEP] bus person road tree")
    let parts = TextInput(
      sample: "1", plain, ocr: ["Stop!", "25"], objects: "bus&&person&&road&&tree")
    let built = try answer(parts)
    #expect(built == (try answer(TextInput(sample: "1", long))))
    let bare = try answer(TextInput(sample: "1", plain))
    #expect(built.candidates != bare.candidates)
    settings.text?.ocrWords = nil
    settings.text?.addsObjects = false
    #expect(try answer(parts) == bare)
  }

  @Test func longTextsAreCutAndItIsSaid() throws {
    let tasks = try GoldenTasks("tiny-large", [.vqa])
    let settings = try tasks.settings(.vqa)
    let features = try tasks.model.features(
      of: [tasks.pictures("vqa", settings)[0]], settings)
    func answer(_ words: Int) throws -> GeneratedText {
      let text = Array(repeating: "dog", count: words).joined(separator: " ")
      return try tasks.model.answers(
        to: [VisualText(TextInput(sample: "long", text), about: features[0])], settings)[0]
    }
    // The tiny models have 64 positions.
    let full = try answer(63)
    #expect(full.remarks.isEmpty)
    let cut = try answer(64)
    #expect(cut.remarks == [.textCut(limit: 64)] && cut.candidates == full.candidates)
    #expect(try answer(62).candidates != full.candidates)
    #expect(cut.remarks.first?.code == "text-cut")
    // What the protocol itself cuts is no remark.
    var short = settings
    short.text?.ids = 5
    let byRule = try tasks.model.answers(
      to: [VisualText(TextInput(sample: "x", "a dog and a cat and a bus"), about: features[0])],
      short)
    #expect(byRule[0].remarks.isEmpty)
  }

  @Test func whatIsNoNumberNamesItsSample() throws {
    let tasks = try GoldenTasks("tiny-base", [.vqa, .caption])
    let settings = try tasks.settings(.vqa)
    let features = try tasks.model.features(of: tasks.pictures("vqa", settings), settings)
    var floats = features[1].tokens.floats
    floats[5] = .nan
    let broken = VisualFeatures(
      tokens: tasks.engine.matrix(features[1].tokens.rows, features[1].tokens.width, floats),
      embedding: nil)
    let questions = [
      VisualText(TextInput(sample: "q7", "is it"), about: features[0]),
      VisualText(TextInput(sample: "q8", "is it"), about: broken),
    ]
    #expect {
      try tasks.model.answers(to: questions, settings)
    } throws: { error in
      "\(error)".hasPrefix("sample q8, vqa: ")
    }
    let caption = try tasks.settings(.caption)
    #expect {
      try tasks.model.captions(
        of: [
          VisualSample(sample: "c1", features[0]), VisualSample(sample: "c2", broken),
        ], caption)
    } throws: { error in
      "\(error)".hasPrefix("sample c2, caption: ")
    }
  }

  @Test func whatIsNotLoadedCannotBeAsked() throws {
    let tasks = try GoldenTasks("tiny-base", [.caption])
    #expect(tasks.model.tasks == [.caption, .videoCaption])
    let settings = try tasks.settings(.vqa)
    let features = try tasks.model.features(of: tasks.pictures("vqa", settings), settings)
    #expect(throws: ModelError.self) {
      try tasks.model.answers(
        to: [VisualText(TextInput(sample: "s", "is it"), about: features[0])], settings)
    }
    // A protocol of another kind of output.
    #expect(throws: ModelError.self) {
      try tasks.model.captions(
        of: [VisualSample(sample: "s", features[0])], tasks.settings(.grounding))
    }
    let published = Set(ModelTask.allCases).subtracting([.entailment, .reasoning])
    #expect(try GoldenTasks("tiny-base", published).model.tasks == published)
  }
}
