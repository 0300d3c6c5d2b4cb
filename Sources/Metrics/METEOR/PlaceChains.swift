/// The places of a caption at which each class of words stands, in ascending order.
struct PlaceChains {
  /// The class of each place.
  private(set) var classes: [UInt32] = []
  /// The first place of each class, -1 for none.
  private var firsts: [Int32]
  /// The place after each place with the same class, -1 for none.
  private var nexts: [Int32] = []

  /// - Parameter classes: greater than every class.
  init(classes: Int) { firsts = Array(repeating: -1, count: classes) }

  /// How many places there are.
  var count: Int { classes.count }

  /// Forgets all places.
  mutating func clear() {
    for number in classes { firsts[Int(number)] = -1 }
    classes.removeAll(keepingCapacity: true)
  }

  /// Adds a place.
  mutating func append(_ number: UInt32) { classes.append(number) }

  /// Links the places that were added.
  mutating func link() {
    nexts.removeAll(keepingCapacity: true)
    nexts.append(contentsOf: repeatElement(-1, count: classes.count))
    for place in classes.indices.reversed() {
      let number = Int(classes[place])
      nexts[place] = firsts[number]
      firsts[number] = Int32(truncatingIfNeeded: place)
    }
  }

  /// The first place of a class, -1 for none.
  @inline(__always)
  func first(of number: UInt32) -> Int32 { firsts[Int(number)] }

  /// The next place of the same class, -1 for none.
  @inline(__always)
  func next(after place: Int32) -> Int32 { nexts[Int(place)] }
}
