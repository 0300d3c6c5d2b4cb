import MiniWorld
import Testing

/// What is said about where objects lie, and of descriptions, on scenes put together by hand.
@Suite struct RelationTests {
  /// Objects of radius 8 in a picture of 120 x 100: a clear distance is 10.
  private func scene(_ places: (x: Double, y: Double)...) -> Scene {
    let objects = places.enumerated().map { id, place in
      SceneObject(
        id: id, shape: .square, color: .red, size: .small, material: .plain,
        center: ScenePoint(x: place.x, y: place.y), radius: 8)
    }
    return Scene(
      id: 1, width: 120, height: 100, background: .sand, objects: objects, grain: 1)
  }

  private func relation(_ one: (x: Double, y: Double), _ other: (x: Double, y: Double)) -> Relation?
  {
    let scene = scene(one, other)
    return scene.relation(scene.objects[0], scene.objects[1])
  }

  @Test func theMainDirectionNamesTheRelation() {
    #expect(relation((20, 50), (80, 50)) == .leftOf)
    #expect(relation((80, 60), (20, 50)) == .rightOf)
    #expect(relation((50, 20), (55, 80)) == .above)
    #expect(relation((55, 80), (50, 20)) == .below)
  }

  @Test func askewOrCloseThereIsNone() {
    #expect(relation((20, 20), (60, 60)) == nil)
    #expect(relation((20, 20), (60, 46)) == .leftOf)
    #expect(relation((20, 20), (60, 47)) == nil)
    #expect(relation((50, 50), (59, 50)) == nil)
    #expect(relation((50, 50), (60, 50)) == .leftOf)
  }

  @Test func aRelationHoldsFailsOrIsTooCloseToCall() {
    let scene = scene((20, 20), (60, 45), (65, 80))
    let (a, b, c) = (scene.objects[0], scene.objects[1], scene.objects[2])
    #expect(scene.holds(.leftOf, a, b) == true && scene.holds(.above, a, b) == true)
    #expect(scene.holds(.rightOf, a, b) == false && scene.holds(.below, a, b) == false)
    #expect(scene.holds(.leftOf, b, c) == nil && scene.holds(.rightOf, b, c) == nil)
    #expect(scene.holds(.above, b, c) == true)
  }

  @Test func relationsHaveOpposites() {
    for seed in UInt64(1)...30 {
      var generator = SceneGenerator(seed: seed)
      let scene = generator.scene(id: 0)
      for one in scene.objects {
        for other in scene.objects where one.id != other.id {
          let relation = scene.relation(one, other)
          #expect(scene.relation(other, one) == relation?.opposite)
          if let relation { #expect(scene.holds(relation, one, other) == true) }
        }
      }
    }
  }

  @Test func theFarthestIsClearOrNone() {
    let scene = scene((20, 20), (60, 45), (65, 80))
    let all = scene.objects
    #expect(scene.farthest(.leftOf, among: all)?.id == 0)
    #expect(scene.farthest(.rightOf, among: all) == nil)
    #expect(scene.farthest(.below, among: all)?.id == 2)
    #expect(scene.farthest(.above, among: [all[1], all[2]])?.id == 1)
    #expect(scene.farthest(.above, among: [all[1]]) == nil)
  }

  @Test func namesLeaveOutWhatIsNotNeeded() {
    func object(_ id: Int, _ shape: Shape, _ color: NamedColor, _ size: Size) -> SceneObject {
      SceneObject(
        id: id, shape: shape, color: color, size: size, material: .plain,
        center: ScenePoint(x: 20 + 25 * Double(id), y: 50), radius: 8)
    }
    let scene = Scene(
      id: 0, width: 160, height: 100, background: .grass,
      objects: [
        object(0, .star, .red, .small), object(1, .heart, .red, .small),
        object(2, .heart, .blue, .large), object(3, .ring, .blue, .small),
        object(4, .ring, .blue, .small),
      ], grain: 1)
    #expect(scene.names(of: scene.objects[0]).first == ObjectDescription(shape: .star))
    #expect(
      scene.names(of: scene.objects[1]).prefix(2) == [
        ObjectDescription(shape: .heart, color: .red),
        ObjectDescription(shape: .heart, size: .small),
      ])
    #expect(scene.names(of: scene.objects[3]).isEmpty)
    #expect(scene.objects(matching: ObjectDescription(color: .blue)).map(\.id) == [2, 3, 4])
    #expect(scene.objects(matching: ObjectDescription(color: .blue, size: .small)).count == 2)
    #expect(scene.objects(matching: ObjectDescription(material: .dotted)).isEmpty)
    #expect(scene.objects(matching: ObjectDescription()).count == 5)
  }
}
