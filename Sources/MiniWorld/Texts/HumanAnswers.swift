/// An answer of one of ten people.
public struct HumanAnswer: Sendable, Hashable {
  /// As it was typed.
  public let text: String
  /// `yes`, `maybe` or `no`.
  public let confidence: String
}

/// Ten people's answers to a question: most give the right one, some in other words, with a slip of
/// the pen or a look too short.
struct HumanAnswers {
  let query: Query
  let answer: String
  var numbers: SeededNumbers

  /// Ten answers, six or more of them the usual one.
  mutating func callAsFunction() -> [HumanAnswer] {
    let differing = numbers.pick([0, 0, 0, 1, 1, 2, 2, 3, 4])
    var answers: [HumanAnswer] = []
    for place in 0..<10 {
      let isUsual = place >= differing
      let text = isUsual ? answer : numbers.pick(others)
      let confidence =
        numbers.happens(1, of: isUsual ? 8 : 2)
        ? numbers.pick(["maybe", "maybe", "no"]) : "yes"
      answers.append(HumanAnswer(text: text, confidence: confidence))
    }
    return numbers.shuffled(answers)
  }

  /// What people say instead; those that are likelier stand more than once.
  private var others: [String] {
    switch query {
    case .exists, .isColor, .isMaterial, .isBackground, .relation, .larger:
      return [answer == "yes" ? "no" : "yes", answer == "yes" ? "yep" : "nope", "not sure"]
    case .count:
      guard let count = Int(answer) else { return [answer] }
      let near = [count + 1, count == 0 ? 1 : count - 1].map(String.init)
      return near + [Words.number(count) == "no" ? "none" : Words.number(count)] + ["\(count)."]
    case .color(let what):
      var words = ["it is \(answer)", "\(answer)ish", misspelled(answer), "dark \(answer)"]
      words += Words.names(NamedColor(rawValue: answer) ?? .red).dropFirst()
      if let shape = what.shape { words.append("\(answer) \(shape.rawValue)") }
      return words
    case .shape, .neighbor:
      let names = Words.names(Shape(rawValue: answer) ?? .circle)
      return names.dropFirst() + [Words.withArticle(answer), "the \(answer)", misspelled(answer)]
        + [Words.plural(answer)]
    case .material:
      return answer == "nothing" ? ["none", "plain", "no pattern"] : ["lines", answer + "."]
    case .background:
      let names = Words.names(Background(rawValue: answer) ?? .grass)
      return names.dropFirst() + ["the \(answer)", misspelled(answer)]
    case .place:
      return ["\(answer) side", "on the \(answer)", misspelled(answer), "in the picture"]
    }
  }

  /// Two letters changed about.
  private func misspelled(_ word: String) -> String {
    var letters = Array(word)
    guard letters.count > 3 else { return word + word.suffix(1) }
    letters.swapAt(letters.count / 2, letters.count / 2 - 1)
    return String(letters)
  }
}
