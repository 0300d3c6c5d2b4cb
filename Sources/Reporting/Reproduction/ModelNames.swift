import Records

/// What runs' models may be called to stand in a row of the paper, and which of its numbers a name
/// means.
struct ModelNames {
  /// The names.
  let names: [String]
  /// Words of which a name must have one more; none for any.
  let with: [String]
  /// Words that a name must not have.
  let without: [String]

  /// Whether a run's model is meant: it is called by one of the names, or the configuration that it
  /// ran with is. Case and signs between words do not count: `mPLUG_base` is `mplug-base`.
  func mean(_ record: RunRecord) -> Bool {
    let words = Self.words(record.model)
    guard with.isEmpty || with.contains(where: words.contains),
      !without.contains(where: words.contains)
    else { return false }
    let bare = words.filter { !with.contains($0) }.joined()
    let configuration = record.protocol["model"]?["model"]?.string ?? ""
    return names.contains { name in
      let name = Self.words(name).joined()
      return name == bare || name == Self.words(configuration).joined()
    }
  }

  private static func words(_ name: String) -> [String] {
    name.lowercased().split { !($0.isLetter || $0.isNumber) }.map(String.init)
  }
}
