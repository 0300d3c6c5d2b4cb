/// Finds the known names that a mistyped one may have meant.
package enum NearestNames {
  /// The nearest names, nearest first: at most `limit`, and none that differs in more than a third
  /// of its letters unless one begins with the other.
  package static func of(_ name: String, among known: [String], limit: Int = 3) -> [String] {
    let wanted = Array(name.lowercased().utf8)
    let ranked = known.compactMap { candidate -> (distance: Int, name: String)? in
      let letters = Array(candidate.lowercased().utf8)
      let distance = editDistance(wanted, letters)
      let begins = !wanted.isEmpty && (letters.starts(with: wanted) || wanted.starts(with: letters))
      let contains = wanted.count >= 3 && candidate.lowercased().contains(name.lowercased())
      guard begins || contains || 3 * distance <= max(wanted.count, letters.count) + 2 else {
        return nil
      }
      return (begins || contains ? min(distance, 1) : distance, candidate)
    }
    return ranked.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
      .prefix(limit).map(\.name)
  }

  /// `; did you mean …?` in the middle of an error line, or the semicolon alone.
  package static func hint(for name: String, among known: [String]) -> String {
    let near = of(name, among: known)
    return near.isEmpty ? ";" : "; did you mean \(near.joined(separator: ", "))?"
  }

  /// Insertions, deletions, replacements and swaps of neighbours between two byte strings (optimal
  /// string alignment).
  static func editDistance(_ first: [UInt8], _ second: [UInt8]) -> Int {
    if first.isEmpty || second.isEmpty { return max(first.count, second.count) }
    var beforeLast: [Int] = []
    var last = Array(0...second.count)
    for i in 1...first.count {
      var row = [i]
      for j in 1...second.count {
        let replaced = last[j - 1] + (first[i - 1] == second[j - 1] ? 0 : 1)
        var best = min(replaced, last[j] + 1, row[j - 1] + 1)
        if i > 1, j > 1, first[i - 1] == second[j - 2], first[i - 2] == second[j - 1] {
          best = min(best, beforeLast[j - 2] + 1)
        }
        row.append(best)
      }
      beforeLast = last
      last = row
    }
    return last[second.count]
  }
}
