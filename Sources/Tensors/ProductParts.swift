/// A product cut into parts for threads: ranges of rows times ranges of panels. Parts that follow each
/// other share panels, so that weights come from memory once.
struct ProductParts {
  private let rows: Int
  private let panels: Int
  private let rowParts: Int
  private let panelParts: Int

  /// How many parts.
  var count: Int { rowParts * panelParts }

  init(rows: Int, panels: Int, inputs: Int, threads: Int) {
    self.rows = rows
    self.panels = panels
    guard rows > 0 && panels > 0 else {
      (rowParts, panelParts) = (0, 0)
      return
    }
    guard threads > 1 else {
      (rowParts, panelParts) = (1, 1)
      return
    }
    // Enough rows that a panel is worth its way into the cache, few enough that they stay there.
    rowParts = max(1, (rows + 72) / 144)
    // A few parts for each thread, as other programs take processors away now and then. None so
    // small that waking a thread costs more: about ten microseconds, for which the time of a panel
    // is that of its sums or that of its weights coming from memory, in nanoseconds.
    let panelTime = Double(inputs * 32) * max(Double(rows) / Double(rowParts) / 125, 0.1)
    let largest = (Double(panels) * panelTime / 10_000).rounded(.up)
    let wanted = (8 * threads + rowParts - 1) / rowParts
    panelParts = max(1, min(wanted, panels, Int(largest)))
  }

  subscript(index: Int) -> (rows: Range<Int>, panels: Range<Int>) {
    let (row, panel) = (index % rowParts, index / rowParts)
    return (
      row * rows / rowParts..<(row + 1) * rows / rowParts,
      panel * panels / panelParts..<(panel + 1) * panels / panelParts
    )
  }
}
