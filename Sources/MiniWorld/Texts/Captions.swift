/// Captions of a picture as different people write them: short and long, of the whole and of a part.
public struct Captions {
  private let scene: Scene
  private var numbers: SeededNumbers

  /// - Parameter seed: What the wording follows from.
  public init(of scene: Scene, seed: UInt64) {
    self.scene = scene
    numbers = SeededNumbers(seed: seed, name: "captions \(scene.id)")
  }

  /// As many captions, each of another kind as long as there are kinds.
  public mutating func callAsFunction(_ count: Int) -> [Statement] {
    var kinds = numbers.shuffled([Kind.listing, .relation, .counting, .place, .single])
    while kinds.count < count { kinds.append(.listing) }
    var captions: [Statement] = []
    for kind in kinds.prefix(count) {
      var caption = statement(kind)
      // Another wording where the same sentence would stand twice.
      for _ in 0..<8 where captions.contains(where: { $0.text == caption.text }) {
        caption = statement(.listing)
      }
      captions.append(caption)
    }
    return captions
  }

  /// What a caption speaks of.
  private enum Kind { case listing, relation, counting, place, single }

  private mutating func statement(_ kind: Kind) -> Statement {
    let made: Statement? =
      switch kind {
      case .listing: listing()
      case .relation: related()
      case .counting: counting()
      case .place: placed()
      case .single: single()
      }
    return made ?? listing()
  }

  /// All objects, alike ones together.
  private mutating func listing() -> Statement {
    var groups: [(what: ObjectDescription, count: Int)] = []
    let isDetailed = numbers.happens(1, of: 2)
    for object in scene.objects {
      let what = isDetailed ? object.full : object.usual
      if let place = groups.firstIndex(where: { $0.what == what }) {
        groups[place].count += 1
      } else {
        groups.append((what, 1))
      }
    }
    let parts = groups.map { $0.what.counted($0.count, &numbers) }
    let place = numbers.pick(Words.places(scene.background))
    let subject = Words.list(parts)
    let verb = scene.objects.count == 1 ? "is" : "are"
    let text = numbers.pick([
      "\(subject) \(place)", "\(subject) \(place)", "there \(verb) \(subject) \(place)",
      "a picture of \(subject) \(place)", "\(subject) can be seen \(place)",
    ])
    return Statement(
      text: finished(text),
      claims: groups.map { .atLeast($0.what, $0.count) } + [.background(scene.background)])
  }

  /// Two objects and how they lie.
  private mutating func related() -> Statement? {
    let pairs = scene.clearPairs
    guard !pairs.isEmpty else { return nil }
    let pair = numbers.pick(pairs)
    let (one, other) = (pair.one.full, pair.other.full)
    let words = pair.relation.words(&numbers)
    let text = numbers.pick([
      "\(one.one(&numbers)) is \(words) \(other.one(&numbers))",
      "\(one.one(&numbers)) \(words) \(other.one(&numbers)) "
        + numbers.pick(Words.places(scene.background)),
      "there is \(one.one(&numbers)) \(words) \(other.one(&numbers))",
    ])
    return Statement(
      text: finished(text),
      claims: [.relation(one, pair.relation, other), .background(scene.background)])
  }

  /// How many objects there are.
  private mutating func counting() -> Statement {
    let all = ObjectDescription()
    let place = numbers.pick(Words.places(scene.background))
    let count = scene.objects.count
    let text =
      if let shape = scene.commonShape {
        "\(ObjectDescription(shape: shape).counted(count, &numbers)) \(place)"
      } else {
        numbers.pick([
          "\(all.counted(count, &numbers)) \(place)",
          "\(count == 1 ? "a colored" : "\(Words.number(count)) colored") "
            + "\(count == 1 ? "shape" : "shapes") \(place)",
          "a picture with \(all.counted(count, &numbers)) \(place)",
        ])
      }
    return Statement(
      text: finished(text), claims: [.count(all, count), .background(scene.background)])
  }

  /// An object and in which part of the picture it is.
  private mutating func placed() -> Statement? {
    var choices: [(SceneObject, Place)] = []
    for object in scene.objects {
      for place in Place.allCases where place.holds(object, in: scene) == true {
        choices.append((object, place))
      }
    }
    guard !choices.isEmpty else { return nil }
    let (object, place) = numbers.pick(choices)
    let what = object.full.one(&numbers)
    let text = numbers.pick([
      "\(what) \(place.words(&numbers))", "\(what) is \(place.words(&numbers))",
      "there is \(what) \(place.words(&numbers))",
    ])
    return Statement(text: finished(text), claims: [.place(object.full, place)])
  }

  /// One object of several.
  private mutating func single() -> Statement {
    let object = numbers.pick(scene.objects)
    let place = numbers.pick(Words.places(scene.background))
    let what = object.full
    let text = numbers.pick([
      "\(what.one(&numbers)) \(place)", "i see \(what.one(&numbers)) \(place)",
      "this picture shows \(what.one(&numbers)) \(place)",
    ])
    return Statement(
      text: finished(text), claims: [.atLeast(what, 1), .background(scene.background)])
  }

  /// As people leave it: mostly a sentence, at times without its stop or with a space behind it.
  private mutating func finished(_ text: String) -> String {
    let sentence = Words.sentence(text)
    return switch numbers.next(below: 8) {
    case 0: sentence
    case 1: sentence + ". "
    case 2: text + " ."
    default: sentence + "."
    }
  }
}

extension Scene {
  /// Two objects that lie so that all agree how.
  var clearPairs: [(one: SceneObject, relation: Relation, other: SceneObject)] {
    var pairs: [(one: SceneObject, relation: Relation, other: SceneObject)] = []
    for one in objects {
      for other in objects where other.id != one.id {
        if let relation = relation(one, other) { pairs.append((one, relation, other)) }
      }
    }
    return pairs
  }

  /// The shape that all of several objects have.
  var commonShape: Shape? {
    guard let first = objects.first, objects.count > 1,
      objects.allSatisfy({ $0.shape == first.shape })
    else { return nil }
    return first.shape
  }
}

extension Relation {
  /// Between two things: `to the left of`.
  func words(_ numbers: inout SeededNumbers) -> String {
    switch self {
    case .leftOf: numbers.pick(["to the left of", "left of"])
    case .rightOf: numbers.pick(["to the right of", "right of"])
    case .above: "above"
    case .below: numbers.pick(["below", "under"])
    }
  }
}

extension Place {
  /// Behind a thing: `on the left side of the picture`.
  func words(_ numbers: inout SeededNumbers) -> String {
    switch self {
    case .left: numbers.pick(["on the left", "on the left side of the picture"])
    case .right: numbers.pick(["on the right", "on the right side of the picture"])
    case .top: numbers.pick(["at the top", "near the top of the picture"])
    case .bottom: numbers.pick(["at the bottom", "near the bottom of the picture"])
    case .middle: numbers.pick(["in the middle", "in the center of the picture"])
    }
  }
}
