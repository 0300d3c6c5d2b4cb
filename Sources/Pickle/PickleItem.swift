/// A value as the machine holds it: numbers as they are, all else by its place in the heap.
///
/// It has no references to count, so that the stack and the memo are plain memory, and a value that
/// holds itself is no leak.
enum PickleItem: Sendable {
  case none
  case bool(Bool)
  case int(Int)
  /// An integer beyond 64 bits, which is not kept.
  case wideInt
  case float(Double)
  case text(Int32)
  case bytes(Int32)
  case global(Int32)
  case list(Int32)
  case tuple(Int32)
  /// Keys and values in turn.
  case dict(Int32)
  /// What calling a global would give: `PickleObjectField` says what its elements are.
  case object(Int32)
  /// One element, the id.
  case persistent(Int32)

  /// The place of its container; nil for what holds nothing.
  var container: Int32? {
    switch self {
    case .list(let place), .tuple(let place), .dict(let place), .object(let place),
      .persistent(let place):
      place
    default: nil
    }
  }
}

/// The elements of an object's container, in this order.
enum PickleObjectField: Int32 {
  /// The global that would be called.
  case constructor
  /// What with: a tuple.
  case arguments
  /// What BUILD added, or `.none`.
  case state
  /// The list of what APPEND and APPENDS added, or `.none`.
  case elements
  /// The dictionary of what SETITEM and SETITEMS added, or `.none`.
  case pairs
}

/// Where the bytes of a string stand.
struct PickleSpan: Sendable {
  var start: Int
  var count: UInt32
  /// In the file, or among the strings that had to be unescaped.
  var isInFile: Bool
  /// Or else UTF-8.
  var isLatin1: Bool
}
