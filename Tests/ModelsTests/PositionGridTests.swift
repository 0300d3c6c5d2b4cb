import Models
import Tensors
import TestSupport
import Testing

@Suite struct PositionGridTests {
  @Test(arguments: GoldenModel.names, [1, 2, 3, 4, 5, 6, 7, 9])
  func equalsTheOriginal(name: String, side: Int) throws {
    let model = try GoldenModel(name)
    let golden = try model.tensors("parts")
    let shape = golden.shape("pos_stored")
    let stored = model.engine.matrix(shape[0], shape[1], golden.floats("pos_stored"))
    let grid = PositionGrid(stored)
    #expect(1 + grid.side * grid.side == shape[0])
    let resized = grid.resized(to: side, model.engine)
    #expect(resized.rows == 1 + side * side && resized.width == shape[1])
    let expected = golden.floats("pos_side\(side)")
    #expect(largestDifference(resized.columns(0..<8).floats, expected) < 1e-6)
    if side == grid.side { #expect(resized.floats == stored.floats) }

    var changed = golden.floats("pos_stored")
    changed[0] += 0.5
    changed[shape[1]] += 0.5
    let other = PositionGrid(model.engine.matrix(shape[0], shape[1], changed))
      .resized(to: side, model.engine)
    #expect(largestDifference(other.columns(0..<8).floats, expected) > 0.01)
  }
}
