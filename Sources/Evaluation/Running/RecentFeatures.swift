import Models
import Tensors

/// Features in memory, up to so many bytes: those that were not used for longest leave.
struct RecentFeatures {
  private struct Entry {
    let features: VisualFeatures
    let bytes: Int
    /// When it was used last.
    var use: Int
  }

  /// How many bytes of numbers are kept at most.
  let budget: Int
  /// How many there are.
  private(set) var bytes = 0

  private var entries: [FeatureKey: Entry] = [:]
  /// Uses in their order; only the last one of a key counts, others are passed over.
  private var uses: [(key: FeatureKey, use: Int)] = []
  private var first = 0
  private var clock = 0

  init(budget: Int) { self.budget = budget }

  /// The features of a key, which count as used.
  mutating func use(_ key: FeatureKey) -> VisualFeatures? {
    guard let entry = entries[key] else { return nil }
    touch(key)
    return entry.features
  }

  /// Keeps features, where they fit at all.
  mutating func keep(_ features: VisualFeatures, _ key: FeatureKey) {
    let count = features.tokens.rows * features.tokens.width + (features.embedding?.count ?? 0)
    let size = count * MemoryLayout<Float>.stride
    guard size <= budget else { return }
    if let old = entries.removeValue(forKey: key) { bytes -= old.bytes }
    entries[key] = Entry(features: features, bytes: size, use: 0)
    bytes += size
    touch(key)
    while bytes > budget, first < uses.count {
      let oldest = uses[first]
      first += 1
      guard let entry = entries[oldest.key], entry.use == oldest.use else { continue }
      entries[oldest.key] = nil
      bytes -= entry.bytes
    }
  }

  private mutating func touch(_ key: FeatureKey) {
    clock += 1
    entries[key]?.use = clock
    uses.append((key, clock))
    guard uses.count > 64, uses.count > 4 * entries.count else { return }
    // What was passed over, or was used again since, goes.
    uses = uses[first...].filter { entries[$0.key]?.use == $0.use }
    first = 0
  }
}
