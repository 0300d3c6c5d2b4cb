import Media
import Testing

@Suite struct DisplayRotationTests {
  private static let one: Int32 = 1 << 16
  private static let last: Int32 = 1 << 30

  private func rotation(_ a: Int32, _ b: Int32, _ c: Int32, _ d: Int32) -> DisplayRotation {
    DisplayRotation(
      matrix: [a, b, 0, c, d, 0, 0, 0, Self.last])
  }

  @Test func rightAngles() {
    let one = Self.one
    #expect(rotation(one, 0, 0, one).quarterTurns == 0)
    // Clockwise by 90 degrees, as telephones held upright have it.
    #expect(rotation(0, one, -one, 0).quarterTurns == 3)
    #expect(rotation(-one, 0, 0, -one).quarterTurns == 2)
    #expect(rotation(0, -one, one, 0).quarterTurns == 1)
    for turned in [
      rotation(one, 0, 0, one), rotation(0, one, -one, 0), rotation(-one, 0, 0, -one),
      rotation(0, -one, one, 0), DisplayRotation(matrix: []),
    ] {
      #expect(turned.notApplied == nil)
    }
  }

  @Test func otherAnglesAreNotApplied() {
    let turned = rotation(46341, 46341, -46341, 46341)
    #expect(turned.quarterTurns == 0)
    #expect(turned.notApplied?.contains("45") == true)
  }

  /// decord turns by the angle of the first row, and mirrors nothing.
  @Test func mirrorsAreTurns() {
    let one = Self.one
    #expect(rotation(-one, 0, 0, one).quarterTurns == 2)
    #expect(rotation(-one, 0, 0, one).notApplied == "a mirrored picture")
    #expect(rotation(one, 0, 0, -one).quarterTurns == 0)
    #expect(rotation(one, 0, 0, -one).notApplied == "a mirrored picture")
  }

  @Test func anglesOfATag() {
    #expect(DisplayRotation(clockwise: 90).quarterTurns == 3)
    #expect(DisplayRotation(clockwise: -90).quarterTurns == 1)
    #expect(DisplayRotation(clockwise: 630).quarterTurns == 1)
    #expect(DisplayRotation(clockwise: 180.9).quarterTurns == 2)
    #expect(DisplayRotation(clockwise: 0).notApplied == nil)
    #expect(DisplayRotation(clockwise: 89.9).quarterTurns == 0)
    #expect(DisplayRotation(clockwise: 89.9).notApplied?.contains("89.9") == true)
    #expect(DisplayRotation(clockwise: .nan).notApplied != nil)
    #expect(
      DisplayRotation(clockwise: 1e300).notApplied != nil
        || DisplayRotation(clockwise: 1e300).quarterTurns < 4)
  }

  @Test func matricesOfNothing() {
    #expect(rotation(0, 0, 0, 0).quarterTurns == 0)
    #expect(rotation(0, 0, 0, 0).notApplied != nil)
    let least = rotation(.min, .min, .max, .min)
    #expect((0...3).contains(least.quarterTurns))
  }
}
