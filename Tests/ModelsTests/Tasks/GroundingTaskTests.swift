import Foundation
import Media
import Models
import Tensors
import TestSupport
import Testing

/// Boxes of the tiny models, against the original's.
@Suite struct GroundingTaskTests {
  @Test(arguments: GoldenTasks.names)
  func boxes(_ name: String) throws {
    let tasks = try GoldenTasks(name, [.grounding])
    let settings = try tasks.settings(.grounding)
    let features = try tasks.model.features(
      of: tasks.pictures("grounding", settings), settings)
    let phrases = tasks.visualTexts(try tasks.strings("grounding", "phrases"), features)
    let found = try tasks.model.boxes(of: phrases, settings)
    let golden = try tasks.golden.tensors("grounding")
    let boxes = found.flatMap {
      [$0.box.centerX, $0.box.centerY, $0.box.width, $0.box.height]
    }
    #expect(boxes == golden.floats("box") && boxes.count == 12)
    #expect(found.map { [344] + $0.tokens.prefix(3) } == golden.integers("tokens"))
    #expect(found.map(\.sample) == ["0", "1", "2"])
    // One by one and on other engines: the same.
    for engine in Engines.all {
      let other = try GoldenTasks(name, [.grounding], engine: engine)
      let pictures = try other.pictures("grounding", settings)
      let single = try phrases.enumerated().flatMap { index, phrase in
        try other.model.boxes(
          of: [
            VisualText(
              phrase.input,
              about: other.model.features(of: [pictures[index]], settings)[0])
          ], settings)
      }
      #expect(single == found)
    }
    let swapped = try tasks.model.boxes(
      of: tasks.visualTexts(phrases.map(\.input.text).reversed(), features), settings)
    #expect(swapped.map(\.box) != found.map(\.box))
  }

  /// Tiny-large has three text layers, of which the original runs two (quirk Q8).
  @Test func allTextLayersAreAnotherResult() throws {
    let tasks = try GoldenTasks("tiny-large", [.grounding])
    var settings = try tasks.settings(.grounding)
    let features = try tasks.model.features(
      of: tasks.pictures("grounding", settings), settings)
    let phrases = tasks.visualTexts(try tasks.strings("grounding", "phrases"), features)
    let kept = try tasks.model.boxes(of: phrases, settings)
    settings.corrected = [.q8]
    #expect(try tasks.model.boxes(of: phrases, settings).map(\.box) != kept.map(\.box))
  }

  @Test func theLetterboxAndItsStatistics() throws {
    let tasks = try GoldenTasks("tiny-base", [.grounding])
    var settings = try tasks.model.taskProtocol(for: .grounding)
    let box = try tasks.pictures("grounding", settings)
    #expect(settings.imageTransform.statistics == .imagenet)
    settings.corrected = [.q7]
    let corrected = try tasks.pictures("grounding", settings)
    #expect(zip(box, corrected).allSatisfy { $0 != $1 })
  }

  private func found(_ numbers: [Float]) -> FoundBox {
    FoundBox(
      sample: "s", tokens: [],
      box: SquareBox(
        centerX: numbers[0], centerY: numbers[1], width: numbers[2], height: numbers[3]),
      remarks: [])
  }

  @Test func pixels() throws {
    var settings = TaskProtocol.standard(.grounding, resolution: 336)
    // 672 x 336 lies in rows 84 to 252 of the square, at half its size.
    let inside = try #require(
      found([0.5, 0.5, 0.25, 0.125]).pixels(width: 672, height: 336, settings))
    #expect(inside == (252, 126, 168, 84))
    // What sticks out of the square is cut off.
    let corner = try #require(found([1, 0.5, 0.5, 0.5]).pixels(width: 672, height: 336, settings))
    #expect(corner == (504, 0, 168, 336))
    settings.shape = .square
    let square = try #require(
      found([0.5, 0.5, 0.25, 0.125]).pixels(width: 672, height: 336, settings))
    #expect(square == (252, 147, 168, 42))
    settings.shape = .letterbox
    #expect(found([0.5, 0.5, 1, 1]).pixels(width: 9000, height: 1, settings) == nil)
  }

  @Test func pairsOfPhrasesAreRefused() throws {
    let tasks = try GoldenTasks("tiny-base", [.grounding])
    let settings = try tasks.settings(.grounding)
    let features = try tasks.model.features(
      of: [tasks.pictures("grounding", settings)[0]], settings)
    #expect(throws: (any Error).self) {
      try tasks.model.boxes(of: tasks.visualTexts(["a dog ||| a cat"], features), settings)
    }
  }
}
