import Media
import MiniWorld
import Records
import Testing

/// Pictures of scenes: the same bytes everywhere, and objects where their boxes say.
@Suite struct RenderingTests {
  private let renderer = SceneRenderer()

  private func digest(_ images: [RGBImage]) -> String {
    SHA256.hexDigest(of: images.flatMap(\.bytes))
  }

  /// Committed: another machine, processor or compiler must draw the same.
  @Test func pixelsAreTheSameOnEveryMachine() {
    let stills = SceneTests.scenes(seed: 11, count: 30).map(renderer.image)
    #expect(digest(stills) == "c4a5b7bb41f015335f8b2936a8be4ab4e44f35e16f73b45aee2fc6a3d90b3bf9")
    let clips = SceneTests.clips(seed: 11, count: 12).flatMap { renderer.frames(of: $0) }
    #expect(digest(clips) == "797ce1f3eda0548210ed90667dfa1ec3855363110d234cfb5072e4f3dcf06d93")
    #expect(digest(SceneTests.scenes(seed: 12, count: 30).map(renderer.image)) != digest(stills))
  }

  /// The same scene without some of its objects.
  private func scene(_ scene: Scene, only objects: [SceneObject]) -> Scene {
    Scene(
      id: scene.id, width: scene.width, height: scene.height, background: scene.background,
      objects: objects, motion: scene.motion, tenths: scene.tenths, grain: scene.grain)
  }

  /// The smallest rectangle around the pixels in which two pictures differ.
  private func difference(_ one: RGBImage, _ other: RGBImage) -> PixelRect? {
    var box: PixelRect?
    for place in 0..<one.width * one.height
    where one.bytes[3 * place..<3 * place + 3] != other.bytes[3 * place..<3 * place + 3] {
      let pixel = PixelRect(x: place % one.width, y: place / one.width, width: 1, height: 1)
      box = box.map { $0.union(pixel) } ?? pixel
    }
    return box
  }

  @Test func boxesAreTight() throws {
    let scenes = SceneTests.scenes(seed: 5, count: 60) + SceneTests.clips(seed: 5, count: 20)
    var (exact, all) = (0, 0)
    for scene in scenes {
      let empty = renderer.image(of: self.scene(scene, only: []))
      for object in scene.objects {
        let alone = renderer.image(of: self.scene(scene, only: [object]))
        let drawn = try #require(difference(alone, empty))
        #expect(drawn.union(object.box) == object.box, "\(object) is drawn at \(drawn)")
        // A pixel of which a sixteenth is covered may come out as it was.
        #expect(drawn.x - object.box.x <= 1 && object.box.right - drawn.right <= 1)
        #expect(drawn.y - object.box.y <= 1 && object.box.bottom - drawn.bottom <= 1)
        (exact, all) = (exact + (drawn == object.box ? 1 : 0), all + 1)
      }
    }
    #expect(exact * 10 >= all * 8, "\(exact) of \(all)")
  }

  /// The middle of a plain object has the object's colour, that of a ring the background's.
  @Test func objectsHaveTheirColors() {
    for scene in SceneTests.scenes(seed: 6, count: 60) {
      let image = renderer.image(of: scene)
      for object in scene.objects where object.material == .plain && object.shape != .ring {
        let place = Int(object.center.y) * scene.width + Int(object.center.x)
        let found = image.bytes[3 * place..<3 * place + 3].map(Int.init)
        func distance(_ tone: RGBTone) -> Int {
          abs(tone.red - found[0]) + abs(tone.green - found[1]) + abs(tone.blue - found[2])
        }
        let nearest = NamedColor.allCases.min { distance($0.tone) < distance($1.tone) }
        #expect(nearest == object.color)
      }
    }
  }

  @Test func motionGoesWhereItSays() throws {
    var seen: Set<ObjectMotion.Kind> = []
    for scene in SceneTests.clips(seed: 9, count: 80) {
      let frames = renderer.frames(of: scene)
      #expect(frames.count == scene.tenths)
      #expect(frames.first == renderer.image(of: scene))
      for motion in scene.motion ?? [] {
        seen.insert(motion.kind)
        let object = scene.objects[motion.object]
        let only = self.scene(scene, only: [object])
        let empty = renderer.image(of: self.scene(scene, only: []))
        let pictures = renderer.frames(of: only, count: scene.tenths + 1, rate: 10)
        let boxes = try pictures.map { try #require(difference($0, empty)) }
        let (first, last) = (boxes[0], boxes[scene.tenths])
        let least = motion.distance - 2
        switch motion.kind {
        case .movesLeft: #expect(first.x - last.x >= least && abs(first.y - last.y) <= 1)
        case .movesRight: #expect(last.x - first.x >= least && abs(first.y - last.y) <= 1)
        case .movesUp: #expect(first.y - last.y >= least && abs(first.x - last.x) <= 1)
        case .movesDown: #expect(last.y - first.y >= least && abs(first.x - last.x) <= 1)
        case .bounces:
          let highest = boxes.map(\.y).min() ?? 0
          #expect(first.y - highest >= motion.distance / 2 && abs(first.y - last.y) <= 1)
        case .spins: #expect(pictures.contains { $0 != pictures[0] } && first == last)
        case .grows: #expect(last.height * 10 >= first.height * 15)
        case .shrinks: #expect(last.height * 10 <= first.height * 7)
        }
        // Before it begins nothing happens.
        if motion.start > 0 { #expect(pictures[motion.start] == pictures[0]) }
      }
    }
    #expect(seen.count == ObjectMotion.Kind.allCases.count)
  }
}
