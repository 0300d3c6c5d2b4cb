/// What a pickle builds, while it is built: containers are chains of cells that can grow.
struct PickleHeap {
  private struct Cell {
    var item: PickleItem
    var next: Int32
  }

  private struct Container {
    var first: Int32 = -1
    var last: Int32 = -1
    var count: Int32 = 0
    /// The byte of the opcode that made it.
    var offset: Int
  }

  private var cells: [Cell] = []
  private var containers: [Container] = []
  private(set) var spans: [PickleSpan] = []
  private(set) var globals: [String] = []
  private var globalPlaces: [String: Int32] = [:]
  /// UTF-8 of strings that do not stand in the file as they are.
  var unescaped: [UInt8] = []

  /// About how many bytes all of it takes, with what `frozen` will make of it.
  var size: Int {
    cells.count * 32 + containers.count * 40 + spans.count * 16 + unescaped.count
  }

  /// A new, empty container.
  mutating func container(at offset: Int) -> Int32 {
    containers.append(Container(offset: offset))
    return Int32(containers.count - 1)
  }

  mutating func append(_ item: PickleItem, to container: Int32) {
    let cell = Int32(cells.count)
    cells.append(Cell(item: item, next: -1))
    let place = Int(container)
    if containers[place].last < 0 {
      containers[place].first = cell
    } else {
      cells[Int(containers[place].last)].next = cell
    }
    containers[place].last = cell
    containers[place].count += 1
  }

  /// A container with some elements.
  mutating func container(at offset: Int, _ items: some Sequence<PickleItem>) -> Int32 {
    let place = container(at: offset)
    for item in items { append(item, to: place) }
    return place
  }

  mutating func span(_ span: PickleSpan) -> Int32 {
    spans.append(span)
    return Int32(spans.count - 1)
  }

  mutating func global(_ name: String) -> Int32 {
    if let place = globalPlaces[name] { return place }
    let place = Int32(globals.count)
    globalPlaces[name] = place
    globals.append(name)
    return place
  }

  /// A field of an object; its cells were made together.
  subscript(object: Int32, field: PickleObjectField) -> PickleItem {
    get { cells[cell(object, field)].item }
    set { cells[cell(object, field)].item = newValue }
  }

  private func cell(_ object: Int32, _ field: PickleObjectField) -> Int {
    Int(containers[Int(object)].first + field.rawValue)
  }

  /// The elements of all containers, each container's together, and the range of each.
  func frozen() -> (elements: [PickleItem], ranges: [Range<Int32>], offsets: [Int]) {
    var elements: [PickleItem] = []
    elements.reserveCapacity(cells.count)
    var ranges: [Range<Int32>] = []
    ranges.reserveCapacity(containers.count)
    for container in containers {
      let start = Int32(elements.count)
      var cell = container.first
      while cell >= 0 {
        elements.append(cells[Int(cell)].item)
        cell = cells[Int(cell)].next
      }
      ranges.append(start..<Int32(elements.count))
    }
    return (elements, ranges, containers.map(\.offset))
  }
}
