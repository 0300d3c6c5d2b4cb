/// A statement about two pictures, and what it says.
public struct PairStatement: Sendable, Hashable {
  /// As a person would write it.
  public let text: String
  /// What it says.
  public let claim: PairClaim
}

/// Statements for a set of picture pairs, each true of some of the pairs and false of others, as
/// NLVR2's writers were asked for them.
public struct PairStatements {
  /// The pairs of the set.
  private let pairs: [(left: Scene, right: Scene)]
  private var numbers: SeededNumbers

  /// - Parameter seed: What choice and wording follow from.
  public init(about pairs: [(left: Scene, right: Scene)], seed: UInt64, set: String) {
    self.pairs = pairs
    numbers = SeededNumbers(seed: seed, name: "statements \(set)")
  }

  /// Up to as many statements, with the truth about each pair; nil where it is too close to say.
  public mutating func callAsFunction(
    _ count: Int
  ) -> [(statement: PairStatement, truth: [Bool?])] {
    var found: [(statement: PairStatement, truth: [Bool?])] = []
    for _ in 0..<400 where found.count < count {
      let claim = claim()
      let truth = pairs.map { claim.holds(left: $0.left, right: $0.right) }
      guard truth.contains(true), truth.contains(false) || pairs.count == 1,
        !found.contains(where: { $0.statement.claim == claim })
      else { continue }
      found.append((PairStatement(text: words(claim), claim: claim), truth))
    }
    return found
  }

  private mutating func claim() -> PairClaim {
    let scenes = pairs.flatMap { [$0.left, $0.right] }
    let scene = numbers.pick(scenes)
    let object = numbers.pick(scene.objects)
    let what = numbers.pick([
      ObjectDescription(shape: object.shape), ObjectDescription(color: object.color), object.usual,
      ObjectDescription(),
    ])
    let number = scene.objects(matching: what).count
    let kind = what == ObjectDescription() ? object.usual : what
    switch numbers.next(below: 8) {
    case 0: return .left(numbers.pick([.count(what, number), .atLeast(kind, 1)]))
    case 1: return .right(numbers.pick([.count(what, number), .background(scene.background)]))
    case 2: return .both(numbers.pick([.atLeast(kind, 1), .background(scene.background)]))
    case 3: return .one(.atLeast(kind, 1))
    case 4:
      return .some(numbers.pick([.atLeast(kind, max(1, number)), .background(scene.background)]))
    case 5:
      let pair = numbers.pick(pairs)
      let total = [pair.left, pair.right].reduce(0) { $0 + $1.objects(matching: what).count }
      return .total(what, total)
    case 6: return .moreOnTheLeft(what)
    default: return .moreOnTheRight(what)
    }
  }

  private mutating func words(_ claim: PairClaim) -> String {
    let text: String
    switch claim {
    case .left(let claim): text = "the left image \(predicate(claim))"
    case .right(let claim): text = "the image on the right \(predicate(claim))"
    case .both(let claim): text = "each image \(predicate(claim))"
    case .one(let claim): text = "only one of the two images \(predicate(claim))"
    case .some(let claim): text = "at least one of the images \(predicate(claim))"
    case .total(let what, let number):
      let verb = number == 1 ? "is" : "are"
      text = numbers.pick([
        "there \(verb) \(exactly(what, number)) in the two images",
        "there \(verb) \(exactly(what, number)) in total",
      ])
    case .moreOnTheLeft(let what):
      text = "there are more \(what.phrase(2, &numbers)) in the left image than in the right image"
    case .moreOnTheRight(let what):
      text = "the right image has more \(what.phrase(2, &numbers)) than the left image"
    }
    return Words.sentence(text) + "."
  }

  /// `exactly one red star`, `no stars`.
  private mutating func exactly(_ what: ObjectDescription, _ number: Int) -> String {
    let phrase = what.phrase(number, &numbers)
    return number == 0 ? "no \(phrase)" : "exactly \(Words.number(number)) \(phrase)"
  }

  /// What is said of an image, from the verb on.
  private mutating func predicate(_ claim: Claim) -> String {
    switch claim {
    case .count(let what, let number):
      return numbers.pick(["contains ", "shows "]) + exactly(what, number)
    case .atLeast(let what, let number):
      return number == 1
        ? numbers.pick(["contains ", "shows "]) + what.one(&numbers)
        : "contains at least " + what.counted(number, &numbers)
    case .background(let background):
      return "has shapes " + numbers.pick(Words.places(background))
    case .relation(let one, let relation, let other):
      return "shows \(one.one(&numbers)) \(relation.words(&numbers)) \(other.one(&numbers))"
    case .place(let what, let place): return "has \(what.one(&numbers)) \(place.words(&numbers))"
    case .allColored(let color): return "contains nothing but \(color.rawValue) shapes"
    }
  }
}
