/// The elements of a list or a tuple.
package struct PickleElements: RandomAccessCollection, Sendable {
  private let tree: PickleTree
  private let range: Range<Int32>

  init(_ tree: PickleTree, _ container: Int32) {
    self.tree = tree
    range = tree.ranges[Int(container)]
  }

  /// The first place.
  package var startIndex: Int { 0 }
  /// The place behind the last.
  package var endIndex: Int { range.count }
  /// The element at a place.
  package subscript(place: Int) -> PickleValue {
    precondition(place >= 0 && place < range.count, "beyond the elements")
    return PickleValue(tree: tree, item: tree.elements[Int(range.lowerBound) + place])
  }
}

/// The members of a dictionary, in the order of the file.
package struct PicklePairs: RandomAccessCollection, Sendable {
  /// Keys and values in turn; nil for no members.
  let elements: PickleElements?

  /// The first place.
  package var startIndex: Int { 0 }
  /// The place behind the last.
  package var endIndex: Int { (elements?.count ?? 0) / 2 }
  /// The member at a place.
  package subscript(place: Int) -> (key: PickleValue, value: PickleValue) {
    guard let elements else { preconditionFailure("no members") }
    return (elements[2 * place], elements[2 * place + 1])
  }
}
