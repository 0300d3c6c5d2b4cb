/// The scenes of a part of a data set. Each follows from the seed, the name of the part and its own
/// place: none need be kept, and a part may be of any length.
public struct SceneSeries: Sendable, Hashable {
  /// Pictures or clips.
  public enum Kind: Sendable { case pictures, clips }

  /// The name below which the seed makes scenes.
  public let name: String
  /// What all follows from.
  public let seed: UInt64
  /// The number of the first scene; the others count on.
  public let firstID: Int
  /// How many there are.
  public let count: Int
  /// Pictures or clips.
  public let kind: Kind

  /// A series.
  public init(name: String, seed: UInt64, firstID: Int, count: Int, kind: Kind = .pictures) {
    (self.name, self.seed, self.firstID, self.count) = (name, seed, firstID, count)
    self.kind = kind
  }

  /// The scene at a place, from 0.
  public subscript(place: Int) -> Scene {
    var generator = SceneGenerator(seed: seed, name: "\(name) \(place)")
    return kind == .pictures
      ? generator.scene(id: firstID + place) : generator.clip(id: firstID + place)
  }

  /// The places of its scenes.
  public var places: Range<Int> { 0..<count }
}
