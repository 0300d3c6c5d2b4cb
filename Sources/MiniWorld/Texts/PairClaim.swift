/// Something that is true of two pictures side by side or not.
public enum PairClaim: Sendable, Hashable {
  /// It is true of the left picture.
  case left(Claim)
  /// It is true of the right picture.
  case right(Claim)
  /// It is true of each.
  case both(Claim)
  /// It is true of one alone.
  case one(Claim)
  /// It is true of at least one.
  case some(Claim)
  /// There are exactly as many objects of a kind in the two together.
  case total(ObjectDescription, Int)
  /// The left picture has more objects of a kind than the right one.
  case moreOnTheLeft(ObjectDescription)
  /// The right picture has more objects of a kind than the left one.
  case moreOnTheRight(ObjectDescription)

  /// Whether it is true; nil where it is too close to say.
  public func holds(left: Scene, right: Scene) -> Bool? {
    func both(_ claim: Claim) -> [Bool?] { [claim.holds(in: left), claim.holds(in: right)] }
    func count(_ what: ObjectDescription, _ scene: Scene) -> Int {
      scene.objects(matching: what).count
    }
    switch self {
    case .left(let claim): return claim.holds(in: left)
    case .right(let claim): return claim.holds(in: right)
    case .both(let claim):
      let answers = both(claim)
      return answers.contains(false) ? false : answers.contains(nil) ? nil : true
    case .some(let claim):
      let answers = both(claim)
      return answers.contains(true) ? true : answers.contains(nil) ? nil : false
    case .one(let claim):
      guard let one = claim.holds(in: left), let other = claim.holds(in: right) else { return nil }
      return one != other
    case .total(let what, let number): return count(what, left) + count(what, right) == number
    case .moreOnTheLeft(let what): return count(what, left) > count(what, right)
    case .moreOnTheRight(let what): return count(what, right) > count(what, left)
    }
  }
}
