/// A part of a run: one of several processes, on one machine or on many, that share its work.
public struct Shard: Sendable, Hashable {
  /// Which part it is, from 1.
  public let index: Int
  /// How many parts there are.
  public let count: Int

  /// More parts than any run has pictures.
  public static let most = 100_000

  /// The whole of a run.
  public static let whole = Shard(index: 1, of: 1)

  /// A part of a run.
  package init(index: Int, of count: Int) {
    precondition(count > 0 && (1...count).contains(index))
    self.index = index
    self.count = count
  }

  /// Reads `I/N`; nil for anything else.
  public init?(_ text: String) {
    let parts = text.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, let index = Int(parts[0]), let count = Int(parts[1]),
      (1...Self.most).contains(count), (1...count).contains(index)
    else { return nil }
    self.init(index: index, of: count)
  }

  /// Whether it is all there is.
  public var isWhole: Bool { count == 1 }

  /// Its part of some things in order: parts differ by one at most, and together are all.
  package func range(of total: Int) -> Range<Int> {
    func end(_ index: Int) -> Int {
      let (quotient, remainder) = total.quotientAndRemainder(dividingBy: count)
      return index * quotient + min(index, remainder)
    }
    return end(index - 1)..<end(index)
  }
}

extension Shard: CustomStringConvertible {
  /// `I/N`.
  public var description: String { "\(index)/\(count)" }
}
