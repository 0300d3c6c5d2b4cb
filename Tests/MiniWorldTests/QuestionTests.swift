import MiniWorld
import Testing

/// Questions about pictures, and what ten people answer.
@Suite struct QuestionTests {
  private let scene = SampleScene.picture
  private let star = ObjectDescription(shape: .star)
  private let circle = ObjectDescription(shape: .circle)
  private let square = ObjectDescription(shape: .square)

  @Test func answersAreReadOffTheScene() {
    let blue = ObjectDescription(color: .blue)
    let expected: [(Query, String?)] = [
      (.exists(star), "yes"), (.exists(ObjectDescription(shape: .heart)), "no"),
      (.count(blue), "2"), (.count(ObjectDescription()), "3"),
      (.count(ObjectDescription(color: .green)), "0"),
      (.color(star), "red"), (.color(blue), nil),
      (.isColor(star, .red), "yes"), (.isColor(star, .blue), "no"),
      (.shape(ObjectDescription(color: .red)), "star"), (.shape(blue), nil),
      (.material(star), "stripes"), (.material(circle), "nothing"),
      (.isMaterial(star, .striped), "yes"), (.isMaterial(star, .dotted), "no"),
      (.background, "grass"), (.isBackground(.grass), "yes"), (.isBackground(.wood), "no"),
      (.relation(star, .leftOf, circle), "yes"), (.relation(star, .rightOf, circle), "no"),
      // Nearly as high: people would differ.
      (.relation(star, .above, circle), nil),
      (.relation(square, .above, circle), "yes"), (.relation(circle, .above, square), "no"),
      // The star is nearly as high as the circle.
      (.neighbor(.above, circle), nil), (.neighbor(.rightOf, star), nil),
      (.place(star), "left"), (.larger(star, circle), "yes"), (.larger(circle, star), "no"),
      (.larger(circle, square), nil),
    ]
    for (query, answer) in expected {
      #expect(query.answer(in: scene) == answer, "\(query)")
    }
    #expect(Query.neighbor(.leftOf, circle).answer(in: SampleScene.clip) == "square")
  }

  @Test func everyQuestionIsAnsweredByItsScene() {
    var kinds: [String: Int] = [:]
    for id in 0..<150 {
      var generator = SceneGenerator(seed: 3, name: "\(id)")
      let scene = generator.scene(id: id)
      var questions = Questions(about: scene, seed: 3)
      let asked = questions(4)
      #expect(asked.count == 4)
      #expect(Set(asked.map(\.text)).count == asked.count)
      for question in asked {
        kinds[question.answerType, default: 0] += 1
        #expect(question.query.answer(in: scene) == question.answer)
        #expect(question.answers.count == 10)
        #expect(question.answers.count { $0.text == question.answer } >= 6)
        #expect(question.answers.allSatisfy { ["yes", "maybe", "no"].contains($0.confidence) })
        #expect(question.text.hasSuffix("?"))
        #expect(
          question.questionType == "none of the above"
            || question.text.lowercased().hasPrefix(question.questionType))
      }
    }
    #expect(Set(kinds.keys) == ["yes/no", "number", "other"])
    for count in kinds.values { #expect(count > 60) }
  }

  @Test func aSeedGivesTheSameQuestionsAndAnotherOneOthers() {
    func ask(_ seed: UInt64) -> [VisualQuestion] {
      var questions = Questions(about: SampleScene.picture, seed: seed)
      return questions(4)
    }
    #expect(ask(1) == ask(1))
    #expect(ask(1) != ask(2))
  }
}
