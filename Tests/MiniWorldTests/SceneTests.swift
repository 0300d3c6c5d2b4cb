import MiniWorld
import Testing

/// Scene graphs: what follows from a seed, and that people could agree on what they show.
@Suite struct SceneTests {
  private static let scenes = scenes(seed: 7, count: 200)
  private static let clips = clips(seed: 7, count: 100)

  @Test func aSeedGivesOneSequence() {
    #expect(Self.scenes(seed: 7, count: 40) == Array(Self.scenes.prefix(40)))
    #expect(Self.scenes(seed: 8, count: 40) != Array(Self.scenes.prefix(40)))
    #expect(Self.clips(seed: 7, count: 20) == Array(Self.clips.prefix(20)))
    #expect(Self.clips(seed: 8, count: 20) != Array(Self.clips.prefix(20)))
  }

  @Test func namesBelowASeedGiveUnrelatedSequences() {
    var (train, test) = (
      SceneGenerator(seed: 1, name: "train"), SceneGenerator(seed: 1, name: "test")
    )
    let ours = (0..<50).map { train.scene(id: $0) }
    let theirs = Set((0..<50).map { test.scene(id: $0) })
    #expect(ours.allSatisfy { !theirs.contains($0) })
  }

  /// SplitMix64's first numbers for the seed 1234567, as its authors' program prints them.
  @Test func theNumbersAreThoseOfSplitMix64() {
    var numbers = SeededNumbers(seed: 1_234_567)
    #expect(numbers.next() == 6_457_827_717_110_365_317)
    #expect(numbers.next() == 3_203_168_211_198_807_973)
  }

  @Test func numbersBelowABoundAreAllMet() {
    var numbers = SeededNumbers(seed: 3)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<7_000 { counts[numbers.next(below: 7)] += 1 }
    #expect(counts.allSatisfy { (850...1_150).contains($0) }, "\(counts)")
    #expect(numbers.shuffled(Array(0..<50)).sorted() == Array(0..<50))
    #expect(numbers.shuffled(Array(0..<50)) != Array(0..<50))
  }

  @Test func picturesAreOfManySizes() {
    for scene in Self.scenes {
      #expect((90...160).contains(scene.width) && (90...160).contains(scene.height))
      #expect(min(scene.width, scene.height) <= 128)
      #expect(scene.motion == nil && scene.tenths == 0)
    }
    #expect(Self.scenes.contains { $0.height > $0.width })
    #expect(Self.scenes.contains { $0.height < $0.width })
    #expect(Set(Self.scenes.map(\.width)).count > 30)
  }

  @Test func everythingThereIsTurnsUp() {
    let objects = (Self.scenes + Self.clips).flatMap(\.objects)
    #expect(Set(objects.map(\.shape)).count == Shape.allCases.count)
    #expect(Set(objects.map(\.color)).count == NamedColor.allCases.count)
    #expect(Set(objects.map(\.size)).count == Size.allCases.count)
    #expect(Set(objects.map(\.material)).count == Material.allCases.count)
    #expect(Set(Self.scenes.map(\.background)).count == Background.allCases.count)
    #expect(Set(Self.scenes.map(\.objects.count)) == Set(2...6))
    let kinds = Self.clips.flatMap { $0.motion ?? [] }.map(\.kind)
    #expect(Set(kinds).count == ObjectMotion.Kind.allCases.count)
  }

  @Test func objectsLieInThePictureAndApart() {
    for scene in Self.scenes + Self.clips {
      for object in scene.objects {
        #expect(object.id == scene.objects.firstIndex(of: object))
        #expect(object.box.x >= 1 && object.box.right < scene.width)
        #expect(object.box.y >= 1 && object.box.bottom < scene.height)
        #expect(!scene.background.similarColors.contains(object.color))
        #expect(object.material.shows(on: object.shape, object.size))
        for other in scene.objects where other.id != object.id {
          #expect(!object.box.comes(within: 2, of: other.box), "\(scene.id): \(object), \(other)")
        }
      }
    }
  }

  @Test func sizesAreWellApart() {
    for scene in Self.scenes {
      for (one, other) in zip(scene.objects, scene.objects.dropFirst()) where one.size < other.size
      {
        #expect(other.radius >= 1.25 * one.radius)
      }
    }
  }

  @Test func everySceneHasAnObjectWithAName() {
    for scene in Self.scenes {
      let named = scene.objects.filter { !scene.names(of: $0).isEmpty }
      #expect(!named.isEmpty)
      for object in named {
        for name in scene.names(of: object) {
          #expect(scene.objects(matching: name) == [object])
        }
      }
    }
    // And there are scenes in which the shape alone does not name one.
    #expect(
      Self.scenes.contains { scene in
        scene.objects.contains { scene.names(of: $0).first?.color != nil }
      })
  }

  @Test func whatIsAskedForIsWithinReason() {
    var generator = SceneGenerator(seed: 2)
    #expect(generator.scene(id: 0, objects: 4...4).objects.count == 4)
    #expect(generator.scene(id: 0, objects: 0...0).objects.count == 1)
    #expect(generator.scene(id: 0, objects: 9...12).objects.count == 6)
    #expect(generator.clip(id: 0, objects: 3...3).objects.count == 3)
  }
}

extension SceneTests {
  static func scenes(seed: UInt64, count: Int) -> [Scene] {
    var generator = SceneGenerator(seed: seed)
    return (0..<count).map { generator.scene(id: $0) }
  }

  static func clips(seed: UInt64, count: Int) -> [Scene] {
    var generator = SceneGenerator(seed: seed)
    return (0..<count).map { generator.clip(id: $0) }
  }
}
