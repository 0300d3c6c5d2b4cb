/// Numbers that follow from a seed alone: the same ones on every machine and with every release of
/// the language.
///
/// Source: SplitMix64, Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// OOPSLA 2014.
public struct SeededNumbers: Sendable, Hashable {
  private var state: UInt64

  /// Starts a sequence.
  public init(seed: UInt64) { state = seed }

  /// Starts a sequence that belongs to a name below a seed, such as a split of a data set: other
  /// names give unrelated sequences.
  public init(seed: UInt64, name: String) {
    state = name.utf8.reduce(Self.mixed(seed)) { Self.mixed($0 ^ UInt64($1)) }
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    return Self.mixed(state)
  }

  /// A number from 0 to `bound` - 1, each as likely as the others to one part in 2^32.
  ///
  /// - Parameter bound: 1 to 2^31.
  public mutating func next(below bound: Int) -> Int {
    precondition(bound > 0 && bound <= 1 << 31)
    return Int(((next() >> 32) * UInt64(bound)) >> 32)
  }

  /// A number of a range.
  public mutating func next(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + next(below: range.count)
  }

  /// Whether something happens that happens `times` out of `of`.
  public mutating func happens(_ times: Int, of all: Int) -> Bool { next(below: all) < times }

  /// One of some, which must not be empty.
  public mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[next(below: elements.count)]
  }

  /// The same elements in another order.
  public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var result = elements
    for last in stride(from: result.count - 1, to: 0, by: -1) {
      result.swapAt(last, next(below: last + 1))
    }
    return result
  }

  /// Bits that depend on all bits of `value`.
  static func mixed(_ value: UInt64) -> UInt64 {
    var z = value
    z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
    return z ^ z >> 31
  }
}
