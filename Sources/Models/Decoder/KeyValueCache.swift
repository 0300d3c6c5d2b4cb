import Tensors

/// Keys and values of self-attention for tokens that were written: each token has a slot, the same in
/// all layers. What is in a slot is never moved while a row sees it.
struct KeyValueCache {
  /// A matrix per layer, `[slots, 2H]`: key and value side by side.
  private(set) var layers: [Matrix]
  /// H
  let width: Int
  private var isUsed: [Bool]

  init(layers: Int, width: Int, slots: Int, _ engine: Engine) {
    self.width = width
    // Memory that was never touched costs nothing.
    self.layers = (0..<layers).map { _ in engine.matrix(slots, 2 * width) }
    isUsed = [Bool](repeating: false, count: slots)
  }

  /// The lowest slots that none of some paths goes through.
  ///
  /// - Parameter kept: The slots that live rows see, row by row.
  mutating func allocate(_ count: Int, keeping kept: [[UInt32]], _ engine: Engine) -> [UInt32] {
    for slot in isUsed.indices { isUsed[slot] = false }
    for slot in kept.joined() { isUsed[Int(slot)] = true }
    var slots: [UInt32] = []
    slots.reserveCapacity(count)
    var slot = 0
    while slots.count < count {
      if slot == isUsed.count { grow(atLeast: slot + count, engine) }
      if !isUsed[slot] { slots.append(UInt32(slot)) }
      slot += 1
    }
    return slots
  }

  private mutating func grow(atLeast slots: Int, _ engine: Engine) {
    let old = isUsed.count
    let new = max(slots, 2 * old)
    for layer in layers.indices {
      let larger = engine.matrix(new, 2 * width)
      larger.pointer.update(from: layers[layer].pointer, count: old * 2 * width)
      layers[layer] = larger
    }
    isUsed += [Bool](repeating: false, count: new - old)
  }

  /// Writes keys and values of new tokens to their slots.
  ///
  /// - Parameter fused: Queries, keys and values, `[slots, 3H]`.
  func store(_ fused: Matrix, layer: Int, slots: [UInt32]) {
    for (row, slot) in slots.enumerated() {
      layers[layer].row(Int(slot)).update(from: fused.row(row) + width, count: 2 * width)
    }
  }
}
