/// Makes up scenes, one after the other: the same ones for the same seed.
public struct SceneGenerator: Sendable {
  var numbers: SeededNumbers

  /// Starts the sequence of a seed.
  public init(seed: UInt64) { numbers = SeededNumbers(seed: seed) }

  /// Starts a sequence that belongs to a name below a seed, such as a split.
  public init(seed: UInt64, name: String) { numbers = SeededNumbers(seed: seed, name: name) }

  /// A scene for a picture: its objects lie apart, and there is at least one that a few words name.
  ///
  /// - Parameters:
  ///   - id: its number.
  ///   - count: how many objects; within 1 to 6.
  public mutating func scene(id: Int, objects count: ClosedRange<Int> = 2...6) -> Scene {
    let count = count.clamped(to: 1...6)
    while true {
      let (width, height) = pictureSize()
      let background = numbers.pick(Background.allCases)
      let wanted = numbers.next(in: count)
      let grain = numbers.next()
      guard
        let objects = objects(
          wanted, on: background, PixelRect(x: 0, y: 0, width: width, height: height))
      else { continue }
      let scene = Scene(
        id: id, width: width, height: height, background: background, objects: objects,
        grain: grain)
      if scene.objects.contains(where: { !scene.names(of: $0).isEmpty }) { return scene }
    }
  }

  /// Landscape, portrait in a quarter of the pictures, and square once in a while.
  private mutating func pictureSize() -> (width: Int, height: Int) {
    let longer = numbers.next(in: 120...160)
    let shorter = numbers.next(in: 90...min(128, longer))
    if numbers.happens(1, of: 12) { return (shorter, shorter) }
    return numbers.happens(1, of: 4) ? (shorter, longer) : (longer, shorter)
  }

  /// Objects that lie apart within a frame; nil if there was no room.
  private mutating func objects(
    _ count: Int, on background: Background, _ frame: PixelRect
  ) -> [SceneObject]? {
    var objects: [SceneObject] = []
    for id in 0..<count {
      // Now and then something is like what is there already, so that one word names it seldom.
      let model = objects.isEmpty || numbers.happens(3, of: 5) ? nil : numbers.pick(objects)
      let looks = looks(like: model, on: background)
      guard let object = placed(looks, id: id, among: objects, frame) else { return nil }
      objects.append(object)
    }
    return objects
  }

  /// An object's looks: anything, or some of them those of another object.
  mutating func looks(like model: SceneObject?, on background: Background) -> Looks {
    let colors = NamedColor.allCases.filter { !background.similarColors.contains($0) }
    var shape = numbers.pick(Shape.allCases)
    var color = numbers.pick(colors)
    let size = numbers.pick(Size.allCases)
    if let model {
      if numbers.happens(2, of: 3) { shape = model.shape } else { color = model.color }
    }
    var material = Material.plain
    if numbers.happens(2, of: 5) { material = numbers.pick([.striped, .dotted]) }
    if !material.shows(on: shape, size) { material = .plain }
    return Looks(shape: shape, color: color, size: size, material: material)
  }

  /// Puts an object where it is at least three pixels away from the others; nil if no place was found.
  private mutating func placed(
    _ looks: Looks, id: Int, among others: [SceneObject], _ frame: PixelRect
  ) -> SceneObject? {
    let radius = radius(of: looks.size, in: frame)
    for _ in 0..<60 {
      let place = ShapePlacement(
        shape: looks.shape, center: center(radius, in: frame), radius: radius)
      if !others.contains(where: { $0.box.comes(within: 3, of: place.reach) }) {
        return looks.object(id: id, center: place.center, radius: radius)
      }
    }
    return nil
  }

  /// A radius in half pixels, within a sixteenth of what the size says.
  mutating func radius(of size: Size, in frame: PixelRect) -> Double {
    let middle = min(frame.width, frame.height) * size.hundredths / 50
    return Double(numbers.next(in: middle - middle / 16...middle + middle / 16)) / 2
  }

  /// A place, in half pixels, at which an object stays two pixels away from the frame's edges.
  mutating func center(_ radius: Double, in frame: PixelRect) -> ScenePoint {
    let margin = Int((2 * radius).rounded(.up)) + 4
    return ScenePoint(
      x: Double(numbers.next(in: 2 * frame.x + margin...2 * frame.right - margin)) / 2,
      y: Double(numbers.next(in: 2 * frame.y + margin...2 * frame.bottom - margin)) / 2)
  }

  /// What an object looks like, before it has a place.
  struct Looks {
    let shape: Shape
    let color: NamedColor
    let size: Size
    let material: Material

    /// The object at a place.
    func object(id: Int, center: ScenePoint, radius: Double) -> SceneObject {
      SceneObject(
        id: id, shape: shape, color: color, size: size, material: material, center: center,
        radius: radius)
    }
  }
}
