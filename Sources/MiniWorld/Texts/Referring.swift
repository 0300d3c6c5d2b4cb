/// How a phrase singles out an object: by its looks, by where it is, by what it lies next to.
public struct Reference: Sendable, Hashable {
  /// Its looks.
  public let looks: ObjectDescription
  /// It is the farthest in this direction of those that look so.
  public let farthest: Relation?
  /// It lies so to the one object of a kind.
  public let relation: Relation?
  /// That object.
  public let anchor: ObjectDescription?

  init(
    _ looks: ObjectDescription, farthest: Relation? = nil, relation: Relation? = nil,
    anchor: ObjectDescription? = nil
  ) {
    (self.looks, self.farthest, self.relation, self.anchor) = (looks, farthest, relation, anchor)
  }

  /// The only object that can be meant; nil where it is open which one is.
  public func object(in scene: Scene) -> SceneObject? {
    var candidates = scene.objects(matching: looks)
    if let farthest {
      guard candidates.count > 1 else { return nil }
      return scene.farthest(farthest, among: candidates)
    }
    if let relation, let anchor {
      guard let anchor = scene.single(anchor) else { return nil }
      candidates = candidates.filter {
        $0.id != anchor.id && scene.holds(relation, $0, anchor) != false
      }
      guard candidates.count == 1, scene.relation(candidates[0], anchor) == relation else {
        return nil
      }
    }
    return candidates.count == 1 ? candidates[0] : nil
  }
}

/// A phrase that means one object of a picture.
public struct ReferringExpression: Sendable, Hashable {
  /// As it was typed.
  public let raw: String
  /// What it says.
  public let reference: Reference

  /// Cleaned as the published files are: lower case, no punctuation.
  public var cleaned: String { tokens.joined(separator: " ") }

  /// The words of the cleaned phrase.
  public var tokens: [String] {
    raw.lowercased().filter { $0.isLetter || $0.isNumber || $0 == " " }
      .split(separator: " ").map(String.init)
  }
}

/// Phrases for the objects of a picture, in the ways of the three data sets.
public struct ReferringExpressions {
  /// A way to refer to things.
  public enum Style: String, Sendable {
    /// RefCOCO: short, anything goes.
    case any = "refcoco"
    /// RefCOCO+: no word of where a thing is.
    case looks = "refcoco+"
    /// RefCOCOg: a longer sentence.
    case sentence = "refcocog"
  }

  private let scene: Scene
  private let style: Style
  private var numbers: SeededNumbers

  /// - Parameter seed: What choice and wording follow from.
  public init(in scene: Scene, _ style: Style, seed: UInt64) {
    self.scene = scene
    self.style = style
    numbers = SeededNumbers(seed: seed, name: "\(style.rawValue) \(scene.id)")
  }

  /// Up to as many phrases for an object, all different; none where no words single it out.
  public mutating func callAsFunction(
    for object: SceneObject, _ count: Int
  ) -> [ReferringExpression] {
    let references = references(to: object).filter { $0.object(in: scene)?.id == object.id }
    guard !references.isEmpty else { return [] }
    var expressions: [ReferringExpression] = []
    for _ in 0..<4 * count where expressions.count < count {
      let reference = numbers.pick(references)
      let new = ReferringExpression(raw: words(reference), reference: reference)
      if !expressions.contains(where: { $0.cleaned == new.cleaned }) { expressions.append(new) }
    }
    return expressions
  }

  private func references(to object: SceneObject) -> [Reference] {
    let looks = scene.names(of: object).map { Reference($0) }
    if style == .looks { return looks }
    var references = looks
    if style == .any {
      for looks in [ObjectDescription(shape: object.shape), object.usual, ObjectDescription()] {
        references += Relation.allCases.map { Reference(looks, farthest: $0) }
      }
    }
    for other in scene.objects where other.id != object.id {
      guard let relation = scene.relation(object, other), let anchor = scene.names(of: other).first
      else { continue }
      let own = style == .sentence ? object.full : object.usual
      references.append(Reference(own, relation: relation, anchor: anchor))
    }
    return references
  }

  private mutating func words(_ reference: Reference) -> String {
    let looks = reference.looks.phrase(1, &numbers)
    if style == .sentence {
      var text = numbers.pick(["the \(looks)", Words.withArticle(looks), "the \(looks)"])
      if let relation = reference.relation, let anchor = reference.anchor {
        let words = relation.words(&numbers)
        text += numbers.pick([" that is ", " which is ", " "]) + words + " " + anchor.the(&numbers)
      } else {
        text += " " + numbers.pick(Words.places(scene.background))
      }
      return numbers.pick([Words.sentence(text) + ".", text])
    }
    if let farthest = reference.farthest { return extreme(looks, farthest) }
    if let relation = reference.relation, let anchor = reference.anchor {
      let words = relation.words(&numbers)
      return "\(looks) \(words) \(anchor.phrase(1, &numbers))"
    }
    return numbers.pick([looks, looks, "the \(looks)", Words.sentence(looks), looks.uppercased()])
  }

  /// Of several that look alike the one at the edge.
  private mutating func extreme(_ looks: String, _ direction: Relation) -> String {
    switch direction {
    case .leftOf:
      numbers.pick(["leftmost \(looks)", "\(looks) farthest left", "the \(looks) most to the left"])
    case .rightOf:
      numbers.pick(["rightmost \(looks)", "\(looks) farthest right", "far right \(looks)"])
    case .above: numbers.pick(["top \(looks)", "highest \(looks)", "the \(looks) at the very top"])
    case .below:
      numbers.pick(["bottom \(looks)", "lowest \(looks)", "the \(looks) at the very bottom"])
    }
  }
}
