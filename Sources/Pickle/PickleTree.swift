import Records

/// What a pickle built: all values of it, which live and die together.
final class PickleTree: Sendable {
  let file: MappedFile
  let elements: [PickleItem]
  let ranges: [Range<Int32>]
  let offsets: [Int]
  let spans: [PickleSpan]
  let unescaped: [UInt8]
  let globals: [String]

  /// - Throws: `PickleError` where a container holds itself or they nest too deep.
  init(_ heap: PickleHeap, root: PickleItem, file: MappedFile, limits: PickleLimits) throws {
    self.file = file
    (elements, ranges, offsets) = heap.frozen()
    spans = heap.spans
    unescaped = heap.unescaped
    globals = heap.globals
    try checkNesting(from: root, limit: limits.nesting)
  }

  /// Walks all that hangs on the root, each container once, without recursion.
  private func checkNesting(from root: PickleItem, limit: Int) throws {
    guard let root = root.container else { return }
    let onPath: Int32 = -1
    // How many levels each container has, itself included; 0 before it was seen.
    var heights = [Int32](repeating: 0, count: ranges.count)
    var path: [(container: Int32, next: Int32, height: Int32)] = [
      (root, ranges[Int(root)].lowerBound, 1)
    ]
    heights[Int(root)] = onPath
    while let (container, next, height) = path.last {
      let top = path.count - 1
      guard height + Int32(top) <= limit else {
        let offset = offsets[Int(container)]
        throw PickleError.beyondLimit(
          file: file.path, opcode: PickleOpcode.name(file.bytes[offset]), offset: offset,
          what: "levels of nesting", limit: limit)
      }
      guard next < ranges[Int(container)].upperBound else {
        heights[Int(container)] = height
        path.removeLast()
        if let parent = path.indices.last {
          path[parent].height = max(path[parent].height, height + 1)
        }
        continue
      }
      path[top].next = next + 1
      guard let child = elements[Int(next)].container else { continue }
      switch heights[Int(child)] {
      case onPath: throw PickleError.cycle(file: file.path, offset: offsets[Int(child)])
      case 0:
        heights[Int(child)] = onPath
        path.append((child, ranges[Int(child)].lowerBound, 1))
      case let known: path[top].height = max(height, known + 1)
      }
    }
  }
}
