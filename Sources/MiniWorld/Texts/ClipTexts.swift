/// A question about a clip with its one answer.
public struct ClipQuestion: Sendable, Hashable {
  /// In lower case, as the published files are.
  public let text: String
  /// One word, two for some backgrounds.
  public let answer: String
}

/// What people say of a clip and ask about it.
public struct ClipTexts {
  private let scene: Scene
  private let motions: [(object: SceneObject, motion: ObjectMotion)]
  private var numbers: SeededNumbers

  /// - Parameter seed: What choice and wording follow from.
  public init(of scene: Scene, seed: UInt64) {
    self.scene = scene
    motions = (scene.motion ?? []).map { (scene.objects[$0.object], $0) }
    numbers = SeededNumbers(seed: seed, name: "clip \(scene.id)")
  }

  /// As many captions, no two alike as long as words last.
  public mutating func captions(_ count: Int) -> [String] {
    var captions: [String] = []
    for _ in 0..<6 * count where captions.count < count {
      let caption = caption()
      if !captions.contains(caption) { captions.append(caption) }
    }
    while captions.count < count { captions.append(caption()) }
    return captions
  }

  private mutating func caption() -> String {
    let told = numbers.happens(1, of: 3) ? [numbers.pick(motions)] : motions
    let parts = told.map { object, motion in
      name(object).one(&numbers) + " " + motion.kind.words(&numbers)
    }
    let joint =
      told.count == 2 && told[1].motion.start >= told[0].motion.end ? " and then " : " while "
    let text = parts.joined(separator: joint)
    let place = numbers.pick(Array(Words.places(scene.background).prefix(2)))
    return numbers.pick([text, "\(text) \(place)", "\(place), \(text)", "\(text) \(place)"])
  }

  /// Colour and shape, or all that is to be said.
  private mutating func name(_ object: SceneObject) -> ObjectDescription {
    numbers.happens(1, of: 3) ? object.full : object.usual
  }

  /// As many questions as there are, up to a count.
  public mutating func questions(_ count: Int) -> [ClipQuestion] {
    var all: [ClipQuestion] = []
    for (object, motion) in motions {
      let words = motion.kind.words(&numbers)
      let isAlone = motions.filter { $0.motion.kind == motion.kind }.count == 1
      if isAlone {
        all.append(
          ClipQuestion(
            text: numbers.pick(["what \(words)?", "who \(words)?"]), answer: object.shape.rawValue))
        all.append(
          ClipQuestion(
            text: "what color is the shape that \(words)?", answer: object.color.rawValue))
      }
      guard let name = scene.names(of: object).first else { continue }
      all.append(
        ClipQuestion(text: "what does \(name.the(&numbers)) do?", answer: motion.kind.answer))
      if let direction = motion.kind.direction {
        all.append(
          ClipQuestion(
            text: "where does \(name.the(&numbers)) \(numbers.pick(["move", "go"]))?",
            answer: direction))
      }
    }
    all.append(
      ClipQuestion(
        text: numbers.pick(["how many shapes are there?", "how many things can be seen?"]),
        answer: Words.number(scene.objects.count)))
    // Whether a thing that grows or spins moves is a matter of words.
    if motions.allSatisfy({ $0.motion.distance > 0 }) {
      all.append(
        ClipQuestion(
          text: "how many shapes are moving?",
          answer: Words.number(Set(motions.map(\.object.id)).count)))
    }
    all.append(
      ClipQuestion(
        text: numbers.pick(["where are the shapes?", "where does this happen?"]),
        answer: Words.names(scene.background)[0]))
    return Array(numbers.shuffled(all).prefix(count))
  }
}

extension ObjectMotion.Kind {
  /// What a thing does: `moves to the left`.
  func words(_ numbers: inout SeededNumbers) -> String {
    switch self {
    case .movesLeft: numbers.pick(["moves to the left", "slides left", "moves left"])
    case .movesRight: numbers.pick(["moves to the right", "slides right", "moves right"])
    case .movesUp: numbers.pick(["moves up", "rises", "goes up"])
    case .movesDown: numbers.pick(["moves down", "sinks", "goes down"])
    case .bounces: numbers.pick(["bounces", "bounces up and down", "jumps up and down"])
    case .spins: numbers.pick(["spins", "turns around", "spins around"])
    case .grows: numbers.pick(["grows", "gets bigger", "becomes larger"])
    case .shrinks: numbers.pick(["shrinks", "gets smaller", "becomes smaller"])
    }
  }

  /// In one word what a thing does.
  var answer: String {
    switch self {
    case .movesLeft, .movesRight, .movesUp, .movesDown: "move"
    case .bounces: "bounce"
    case .spins: "spin"
    case .grows: "grow"
    case .shrinks: "shrink"
    }
  }

  /// Where a thing goes; nil for one that stays, or comes back.
  var direction: String? {
    switch self {
    case .movesLeft: "left"
    case .movesRight: "right"
    case .movesUp: "up"
    case .movesDown: "down"
    case .bounces, .spins, .grows, .shrinks: nil
    }
  }
}
