/// What is said of an object: what is nil is left open.
public struct ObjectDescription: Sendable, Hashable {
  /// Its shape.
  public let shape: Shape?
  /// Its colour.
  public let color: NamedColor?
  /// Its size.
  public let size: Size?
  /// What is on it.
  public let material: Material?

  /// A description.
  public init(
    shape: Shape? = nil, color: NamedColor? = nil, size: Size? = nil, material: Material? = nil
  ) {
    self.shape = shape
    self.color = color
    self.size = size
    self.material = material
  }

  /// Whether it is true of an object.
  public func fits(_ object: SceneObject) -> Bool {
    (shape == nil || shape == object.shape) && (color == nil || color == object.color)
      && (size == nil || size == object.size) && (material == nil || material == object.material)
  }
}

extension Scene {
  /// The objects of which a description is true, in the scene's order.
  public func objects(matching description: ObjectDescription) -> [SceneObject] {
    objects.filter(description.fits)
  }

  /// The descriptions that are true of one object alone, those of few words first: the shape with
  /// none, one or more of colour, material and size. Empty if another object looks alike.
  public func names(of object: SceneObject) -> [ObjectDescription] {
    let material = object.material == .plain ? nil : object.material
    let candidates = [
      ObjectDescription(shape: object.shape),
      ObjectDescription(shape: object.shape, color: object.color),
      ObjectDescription(shape: object.shape, material: material),
      ObjectDescription(shape: object.shape, size: object.size),
      ObjectDescription(shape: object.shape, color: object.color, material: material),
      ObjectDescription(shape: object.shape, color: object.color, size: object.size),
      ObjectDescription(
        shape: object.shape, color: object.color, size: object.size, material: material),
    ]
    var names: [ObjectDescription] = []
    for candidate in candidates
    where objects(matching: candidate).count == 1 && !names.contains(candidate) {
      names.append(candidate)
    }
    return names
  }
}
