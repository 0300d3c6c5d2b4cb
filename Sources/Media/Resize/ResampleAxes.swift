import Synchronization

/// The axes that were used last: the pictures of a data set have few sizes, the frames of a video
/// one.
final class ResampleAxes: Sendable {
  private struct Key: Hashable {
    let grid: ResampleGrid
    let isHorizontal: Bool
  }

  private let body: Resampler.Body
  /// The last one used is last.
  private let held = Mutex<[(key: Key, axis: ResampleAxis)]>([])

  /// How many are held, and the bytes of one that is not worth holding.
  private static let limit = 32, sizeLimit = 1 << 20

  init(body: Resampler.Body) { self.body = body }

  /// The axis of some outputs; that of all is remembered.
  func axis(_ grid: ResampleGrid, outputs: Range<Int>, isHorizontal: Bool) -> ResampleAxis {
    let key = Key(grid: grid, isHorizontal: isHorizontal)
    let isWhole = outputs == 0..<grid.outputs
    if isWhole, let known = used(key) { return known }
    let axis = ResampleAxis(grid, outputs: outputs, body: body, isHorizontal: isHorizontal)
    if isWhole, axis.byteCount <= Self.sizeLimit { remember(axis, key) }
    return axis
  }

  private func used(_ key: Key) -> ResampleAxis? {
    held.withLock { held in
      guard let place = held.lastIndex(where: { $0.key == key }) else { return nil }
      let entry = held.remove(at: place)
      held.append(entry)
      return entry.axis
    }
  }

  private func remember(_ axis: ResampleAxis, _ key: Key) {
    held.withLock { held in
      // Another thread may have made the same meanwhile.
      if held.contains(where: { $0.key == key }) { return }
      if held.count == Self.limit { held.removeFirst() }
      held.append((key, axis))
    }
  }
}
