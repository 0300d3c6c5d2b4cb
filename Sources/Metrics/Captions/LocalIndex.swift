/// Finds a number's place among the few numbers of one caption: a hash table small enough for the
/// first cache, emptied and filled again for each image.
struct LocalIndex {
  /// Number and place + 1; a place of 0 means free.
  private var slots: [(number: UInt32, place: UInt32)]
  private var filled: [Int] = []
  private var mask: Int

  init() {
    slots = Array(repeating: (0, 0), count: 256)
    mask = 255
  }

  /// Holds nothing but room for some numbers.
  mutating func clear(for count: Int) {
    if 2 * count > slots.count {
      var size = slots.count
      while size < 2 * count { size *= 2 }
      slots = Array(repeating: (0, 0), count: size)
      mask = size - 1
    } else {
      for slot in filled { slots[slot] = (0, 0) }
    }
    filled.removeAll(keepingCapacity: true)
  }

  /// Adds a number that may be there; the first place stays. Returns the place that it has.
  @discardableResult
  mutating func insert(_ number: UInt32, at place: Int) -> Int {
    var slot = home(of: number)
    while slots[slot].place != 0 {
      if slots[slot].number == number { return Int(slots[slot].place) - 1 }
      slot = (slot + 1) & mask
    }
    slots[slot] = (number, UInt32(place) + 1)
    filled.append(slot)
    return place
  }

  /// The place of a number, -1 if it has none.
  func place(of number: UInt32) -> Int {
    var slot = home(of: number)
    while slots[slot].place != 0 {
      if slots[slot].number == number { return Int(slots[slot].place) - 1 }
      slot = (slot + 1) & mask
    }
    return -1
  }

  private func home(of number: UInt32) -> Int {
    Int(truncatingIfNeeded: (UInt64(number) &* 0x9E37_79B9_7F4A_7C15) >> 32) & mask
  }
}
