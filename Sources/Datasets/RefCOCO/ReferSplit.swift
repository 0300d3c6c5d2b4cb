/// The splits of refer files.
enum ReferSplit {
  /// Whether a reference belongs to a split, as the official reader decides it: `testA` is every
  /// split with an `A` in its name, such as `testAB` of RefCLEF; `test` every one with `test` in it.
  ///
  /// Source: `lichengunc/refer`, `getRefIds`.
  static func includes(_ wanted: String, _ split: String) -> Bool {
    switch wanted {
    case "testA", "testB", "testC": split.utf8.contains { $0 == wanted.utf8.last }
    case "test": split.contains("test")
    default: split == wanted
    }
  }
}
