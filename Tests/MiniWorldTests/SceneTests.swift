import Testing

@testable import MiniWorld

/// Scene graphs: what follows from a seed, and what is said about objects.
@Suite struct SceneTests {
  @Test func aSeedGivesOneSequence() {
    #expect(Self.scenes(seed: 7) == Self.scenes(seed: 7))
    #expect(Self.scenes(seed: 7) != Self.scenes(seed: 8))
  }
}

extension SceneTests {
  static func scenes(seed: UInt64, count: Int = 40) -> [Scene] {
    var generator = SceneGenerator(seed: seed)
    return (0..<count).map { generator.scene(id: $0) }
  }

  static func clips(seed: UInt64, count: Int = 40) -> [Scene] {
    var generator = SceneGenerator(seed: seed)
    return (0..<count).map { generator.clip(id: $0) }
  }
}
