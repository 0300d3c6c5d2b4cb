/// What there is to see in a picture or a clip, and where.
public struct Scene: Sendable, Hashable {
  /// The number of the scene in its data set.
  public let id: Int
  /// Columns of the picture; even in clips.
  public let width: Int
  /// Rows of the picture; even in clips.
  public let height: Int
  /// What the objects lie on.
  public let background: Background
  /// At least one; `objects[i].id` is i. What comes later lies in front.
  public let objects: [SceneObject]
  /// What moves in a clip, in the order in which it begins; nil in a picture.
  public let motion: [ObjectMotion]?
  /// The length of a clip in tenths of a second; 0 for a picture.
  public let tenths: Int
  /// What the grain of textures and noise follow from.
  public let grain: UInt64

  /// Puts a scene together.
  public init(
    id: Int, width: Int, height: Int, background: Background, objects: [SceneObject],
    motion: [ObjectMotion]? = nil, tenths: Int = 0, grain: UInt64
  ) {
    self.id = id
    self.width = width
    self.height = height
    self.background = background
    self.objects = objects
    self.motion = motion
    self.tenths = tenths
    self.grain = grain
  }

  /// The length of a clip in seconds; 0 for a picture.
  public var seconds: Double { Double(tenths) / 10 }

  /// The first thing that an object does; nil if it stays as it is.
  public func motion(of object: SceneObject) -> ObjectMotion? {
    motion?.first { $0.object == object.id }
  }
}

/// A thing in a scene.
public struct SceneObject: Sendable, Hashable {
  /// Its place in the scene's list.
  public let id: Int
  /// What it looks like from afar.
  public let shape: Shape
  /// Its colour.
  public let color: NamedColor
  /// How large it is.
  public let size: Size
  /// What is on it.
  public let material: Material
  /// Its middle in pixels from the left and the top edge of the picture.
  public let center: ScenePoint
  /// Half the height of its shape, about, in pixels.
  public let radius: Double
  /// The pixels it touches: none outside, and one at each side. In a clip those of its first frame.
  public let box: PixelRect

  /// Puts an object together; its box follows from the rest.
  public init(
    id: Int, shape: Shape, color: NamedColor, size: Size, material: Material,
    center: ScenePoint, radius: Double
  ) {
    self.id = id
    self.shape = shape
    self.color = color
    self.size = size
    self.material = material
    self.center = center
    self.radius = radius
    box = ShapePlacement(shape: shape, center: center, radius: radius).box
  }
}

/// A place in a picture, in pixels from its left and its top edge.
public struct ScenePoint: Sendable, Hashable {
  /// From the left edge.
  public let x: Double
  /// From the top edge.
  public let y: Double

  /// A place.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }
}
