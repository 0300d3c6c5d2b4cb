/// What a picture makes of a sentence, in SNLI's words.
public enum EntailmentClass: String, Sendable, CaseIterable {
  case entailment, neutral, contradiction
}

/// A sentence about a picture that has a caption: whether it follows, could be, or cannot be.
public struct Hypothesis: Sendable, Hashable {
  /// The sentence.
  public let text: String
  /// What the picture makes of it.
  public let label: EntailmentClass
  /// What it says that the picture shows: true in all scenes where it is entailed, false where it
  /// contradicts; nil for what no picture shows.
  public let claim: Claim?
}

/// Sentences about a picture, of all three classes in turn.
public struct Hypotheses {
  private let scene: Scene
  private var numbers: SeededNumbers

  /// - Parameter seed: What choice and wording follow from.
  public init(about scene: Scene, seed: UInt64) {
    self.scene = scene
    numbers = SeededNumbers(seed: seed, name: "hypotheses \(scene.id)")
  }

  /// One of each class.
  public mutating func callAsFunction() -> [Hypothesis] {
    [entailed(), neutral(), contradicting()]
  }

  private mutating func entailed() -> Hypothesis {
    hypothesis(.entailment) { $0 == true }
  }

  private mutating func contradicting() -> Hypothesis {
    hypothesis(.contradiction) { $0 == false }
  }

  /// A claim that is as it should be; there is always one about the background.
  private mutating func hypothesis(
    _ label: EntailmentClass, _ fits: (Bool?) -> Bool
  ) -> Hypothesis {
    for _ in 0..<100 {
      let claim = claim()
      if fits(claim.holds(in: scene)) {
        return Hypothesis(text: words(claim), label: label, claim: claim)
      }
    }
    let backgrounds = Background.allCases.filter { fits($0 == scene.background) }
    let claim = Claim.background(numbers.pick(backgrounds))
    return Hypothesis(text: words(claim), label: label, claim: claim)
  }

  private mutating func claim() -> Claim {
    let object = numbers.pick(scene.objects)
    let color = numbers.happens(1, of: 2) ? object.color : numbers.pick(NamedColor.allCases)
    let shape = numbers.happens(2, of: 3) ? object.shape : numbers.pick(Shape.allCases)
    let what = ObjectDescription(shape: shape, color: numbers.happens(2, of: 3) ? color : nil)
    switch numbers.next(below: 6) {
    case 0: return .atLeast(what, 1)
    case 1:
      let count = scene.objects.count + numbers.next(in: -1...1)
      return .count(ObjectDescription(), max(1, count))
    case 2: return .background(numbers.pick(Background.allCases + [scene.background]))
    case 3: return .place(object.usual, numbers.pick(Place.allCases))
    case 4:
      let relation = numbers.pick(Relation.allCases)
      return .relation(object.usual, relation, numbers.pick(scene.objects).usual)
    default: return .atLeast(what, 2)
    }
  }

  private mutating func words(_ claim: Claim) -> String {
    let text: String
    switch claim {
    case .atLeast(let what, 1): text = "there is \(what.one(&numbers))"
    case .atLeast(let what, let number):
      text = "there are at least \(what.counted(number, &numbers))"
    case .count(let what, let number):
      text =
        number == 1
        ? "there is only one \(what.phrase(1, &numbers))"
        : "there are exactly \(what.counted(number, &numbers))"
    case .background(let background):
      text = "the shapes are \(numbers.pick(Words.places(background)))"
    case .place(let what, let place): text = "\(what.one(&numbers)) is \(place.words(&numbers))"
    case .relation(let one, let relation, let other):
      text = "\(one.one(&numbers)) is \(relation.words(&numbers)) \(other.one(&numbers))"
    case .allColored(let color): text = "everything is \(color.rawValue)"
    }
    return Words.sentence(text) + "."
  }

  /// What no picture of shapes can tell.
  private mutating func neutral() -> Hypothesis {
    let object = numbers.pick(scene.objects).usual
    let the = object.the(&numbers)
    let text = numbers.pick([
      "a child made this picture", "\(the) was put there last", "\(the) is made of paper",
      "somebody likes \(the) best", "the picture was made in the morning", "\(the) is heavy",
      "this picture hangs in a school", "\(the) belongs to a game", "it will be raining soon",
      "a friend put \(the) there", "two people will look for \(the)", "\(the) is for sale",
    ])
    return Hypothesis(text: Words.sentence(text) + ".", label: .neutral, claim: nil)
  }
}
