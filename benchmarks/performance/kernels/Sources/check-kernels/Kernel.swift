import CTensors
import Tensors

/// A kernel under test: what it writes, for a body and numbers that depend on a seed alone.
struct Kernel: Sendable {
  let name: String
  /// Shapes at the edges: empty, one less and one more than a vector, a tile, a panel, a block.
  let edges: [[Int]]
  /// The largest of each size of a random shape.
  let largest: [Int]
  /// All that the kernel may write to, so that what it must leave alone is compared as well.
  let run: @Sendable (_ body: ctensors_body, _ shape: [Int], _ random: inout Random) -> [Float]
}

/// The bodies that are held against the scalar one.
let vectorBodies = [("avx2", CTENSORS_AVX2), ("avx512", CTENSORS_AVX512)]
  .filter { ctensors_has($0.1) }

/// How many shapes give other bits than the scalar body.
func compare(_ kernel: Kernel, trials: Int) -> Int {
  var shapes = kernel.edges
  var random = Random(seed: 7)
  for _ in 0..<trials { shapes.append(kernel.largest.map { random.below($0 + 1) }) }
  var differing = 0
  for (index, shape) in shapes.enumerated() {
    var numbers = Random(seed: UInt64(index))
    let truth = kernel.run(CTENSORS_SCALAR, shape, &numbers)
    for (name, body) in vectorBodies {
      var numbers = Random(seed: UInt64(index))
      let result = kernel.run(body, shape, &numbers)
      guard
        let place = zip(result, truth).enumerated().first(where: {
          $0.element.0.bitPattern != $0.element.1.bitPattern
        })
      else { continue }
      differing += 1
      print(
        "\(kernel.name) \(shape), \(name): number \(place.offset) is \(place.element.0), "
          + "not \(place.element.1)")
    }
  }
  print("\(kernel.name): \(shapes.count) shapes, \(differing == 0 ? "same bits" : "DIFFERENT")")
  return differing
}

/// The same numbers in every run (xorshift64).
struct Random {
  private var state: UInt64

  init(seed: UInt64) { state = (seed &+ 1) &* 0x9E37_79B9_7F4A_7C15 | 1 }

  mutating func next() -> UInt64 {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return state
  }

  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

  /// Numbers from −`size` to `size`.
  mutating func floats(_ count: Int, _ size: Float = 1) -> [Float] {
    (0..<count).map { _ in (Float(next() >> 40) / Float(1 << 23) - 1) * size }
  }
}
