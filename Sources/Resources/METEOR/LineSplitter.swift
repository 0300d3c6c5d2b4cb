/// Cuts content that comes in pieces into lines, without keeping more than one of them.
struct LineSplitter {
  /// What errors call the content.
  let name: String
  /// How many lines there were.
  private(set) var count = 0
  /// The beginning of a line whose end has not come.
  private var open: [UInt8] = []

  /// The longest line that is taken: the longest of the official files has 3,200 bytes.
  private static let longest = 1 << 16

  init(name: String) { self.name = name }

  /// Calls `body` with the lines of a piece, without their ends, and their numbers from 1.
  ///
  /// - Throws: `ResourceError.badLine` for an endless line, and what `body` throws.
  mutating func add(
    _ piece: UnsafeRawBufferPointer, _ body: (UnsafeBufferPointer<UInt8>, Int) throws -> Void
  ) throws {
    let bytes = piece.assumingMemoryBound(to: UInt8.self)
    var start = 0
    while start < bytes.count {
      guard let end = bytes[start...].firstIndex(of: 0x0A) else {
        open.append(contentsOf: bytes[start...])
        guard open.count <= Self.longest else {
          throw ResourceError.badLine(
            file: name, line: count + 1, expected: "a line of at most \(Self.longest) bytes",
            found: "a longer one")
        }
        return
      }
      count += 1
      if open.isEmpty {
        try body(UnsafeBufferPointer(rebasing: bytes[start..<end]), count)
      } else {
        open.append(contentsOf: bytes[start..<end])
        try open.withUnsafeBufferPointer { try body($0, count) }
        open.removeAll(keepingCapacity: true)
      }
      start = end + 1
    }
  }

  /// Calls `body` with a last line that has no end.
  ///
  /// - Throws: what `body` throws.
  mutating func finish(_ body: (UnsafeBufferPointer<UInt8>, Int) throws -> Void) throws {
    guard !open.isEmpty else { return }
    count += 1
    try open.withUnsafeBufferPointer { try body($0, count) }
    open.removeAll()
  }
}
