/// What is asked about a picture, whatever the words.
public enum Query: Sendable, Hashable {
  /// Whether there is an object of a kind.
  case exists(ObjectDescription)
  /// How many objects of a kind there are.
  case count(ObjectDescription)
  /// The colour of the one object of a kind.
  case color(ObjectDescription)
  /// Whether the one object of a kind has a colour.
  case isColor(ObjectDescription, NamedColor)
  /// The shape of the one object of a kind.
  case shape(ObjectDescription)
  /// What is on the one object of a kind.
  case material(ObjectDescription)
  /// Whether something is on the one object of a kind.
  case isMaterial(ObjectDescription, Material)
  /// What the objects lie on.
  case background
  /// Whether they lie on something.
  case isBackground(Background)
  /// Whether the one object lies so to the other.
  case relation(ObjectDescription, Relation, ObjectDescription)
  /// What lies so to the one object of a kind.
  case neighbor(Relation, ObjectDescription)
  /// Where the one object of a kind is.
  case place(ObjectDescription)
  /// Whether the one object is larger than the other.
  case larger(ObjectDescription, ObjectDescription)

  /// The answer in its usual words; nil where nobody could tell or people would differ.
  public func answer(in scene: Scene) -> String? {
    switch self {
    case .exists(let what): return Self.word(!scene.objects(matching: what).isEmpty)
    case .count(let what): return "\(scene.objects(matching: what).count)"
    case .color(let what): return scene.single(what)?.color.rawValue
    case .isColor(let what, let color):
      return scene.single(what).map { Self.word($0.color == color) }
    case .shape(let what): return scene.single(what)?.shape.rawValue
    case .material(let what):
      return scene.single(what).map {
        switch $0.material {
        case .plain: "nothing"
        case .striped: "stripes"
        case .dotted: "dots"
        }
      }
    case .isMaterial(let what, let material):
      return scene.single(what).map { Self.word($0.material == material) }
    case .background: return scene.background.rawValue
    case .isBackground(let background): return Self.word(scene.background == background)
    case .relation(let one, let relation, let other):
      guard let first = scene.single(one), let second = scene.single(other), first.id != second.id
      else { return nil }
      if scene.relation(first, second) == relation { return Self.word(true) }
      return scene.holds(relation, first, second) == false ? Self.word(false) : nil
    case .neighbor(let relation, let what):
      guard let object = scene.single(what) else { return nil }
      let others = scene.objects.filter { $0.id != object.id }
      let holding = others.filter { scene.holds(relation, $0, object) != false }
      guard holding.count == 1, scene.relation(holding[0], object) == relation else { return nil }
      return holding[0].shape.rawValue
    case .place(let what):
      guard let object = scene.single(what) else { return nil }
      let places = Place.allCases.filter { $0.holds(object, in: scene) != false }
      guard places.count == 1, places[0].holds(object, in: scene) == true else { return nil }
      return places[0].rawValue
    case .larger(let one, let other):
      guard let first = scene.single(one), let second = scene.single(other), first.id != second.id,
        first.size != second.size
      else { return nil }
      return Self.word(first.size > second.size)
    }
  }

  private static func word(_ isTrue: Bool) -> String { isTrue ? "yes" : "no" }

  /// As VQA calls the kind of its answer.
  var answerType: String {
    switch self {
    case .exists, .isColor, .isMaterial, .isBackground, .relation, .larger: "yes/no"
    case .count: "number"
    case .color, .shape, .material, .background, .neighbor, .place: "other"
    }
  }
}

extension Scene {
  /// The only object of which a description is true.
  func single(_ what: ObjectDescription) -> SceneObject? {
    let objects = objects(matching: what)
    return objects.count == 1 ? objects[0] : nil
  }
}
