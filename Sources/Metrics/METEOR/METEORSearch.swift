/// METEOR's choice among the matches of two captions: a beam search over the words of the reference.
///
/// Quirks kept: the counts of matched words are truncated at every step, so that a single word
/// matched by stem, synonym or paraphrase adds nothing; the distance of a match is charged to the
/// path that does not take it.
struct METEORSearch {
  private static let width = 40

  /// The match of each place in the reference in the alignment, as an index of the matcher's; -1
  /// for none.
  private(set) var chosen: [Int] = []

  /// The paths up to a place, best first, and those that are made of them.
  private var paths: [Path] = []
  private var successors: [Path] = []
  /// A row of bits for each path: the used words of the reference, then those of the hypothesis.
  private var used: [UInt64] = []
  private var rowSize = 0
  private var hypothesisRow = 0
  private var freeRows: [Int32] = []
  /// The matches that paths took, and the link before each.
  private var links: [(match: Int32, before: Int32)] = []

  /// Finds the alignment.
  mutating func run(_ matcher: METEORMatcher) {
    let count = matcher.referenceCoverage.count
    chosen.removeAll(keepingCapacity: true)
    chosen.append(contentsOf: repeatElement(-1, count: count))
    guard !fix(matcher) else { return }
    prepare(matcher)
    for place in 0..<count { step(place, matcher) }
    finish(matcher)
  }

  /// Chooses the matches that nothing contests; gives whether those are all.
  private mutating func fix(_ matcher: METEORMatcher) -> Bool {
    var isComplete = true
    for place in chosen.indices {
      let start = matcher.matchStarts[place]
      let count = matcher.matchStarts[place + 1] - start
      guard count > 0 else { continue }
      if count == 1, matcher.isUncontested(matcher.matches[start]) {
        chosen[place] = start
      } else {
        isComplete = false
      }
    }
    return isComplete
  }

  /// The first path: all words of the fixed matches are used.
  private mutating func prepare(_ matcher: METEORMatcher) {
    hypothesisRow = (matcher.referenceCoverage.count + 63) / 64
    rowSize = hypothesisRow + (matcher.hypothesisCoverage.count + 63) / 64
    used.removeAll(keepingCapacity: true)
    used.append(contentsOf: repeatElement(0, count: 2 * Self.width * rowSize))
    freeRows.removeAll(keepingCapacity: true)
    freeRows.append(contentsOf: 1..<Int32(2 * Self.width))
    links.removeAll(keepingCapacity: true)
    paths.removeAll(keepingCapacity: true)
    paths.append(Path())
    for match in chosen where match >= 0 { use(matcher.matches[match], in: 0) }
  }

  /// Makes the paths up to the next place.
  private mutating func step(_ place: Int, _ matcher: METEORMatcher) {
    successors.removeAll(keepingCapacity: true)
    for index in paths.indices {
      var path = paths[index]
      if isUsed(place, 1, from: 0, in: path.row) {
        if place >= path.next {
          guard path.next < chosen.count, chosen[Int(path.next)] >= 0 else {
            freeRows.append(path.row)
            continue
          }
          let match = matcher.matches[chosen[Int(path.next)]]
          path.take(match)
          path.distance += match.distance
        }
        keep(path)
        continue
      }
      for number in matcher.matchStarts[place]..<matcher.matchStarts[place + 1] {
        let match = matcher.matches[number]
        guard isFree(match, in: path.row) else { continue }
        branch(path, match, number)
        path.distance += match.distance
      }
      path.close()
      path.next += 1
      keep(path)
    }
    if successors.isEmpty {
      // All were dropped, so their rows are as they were.
      successors.append(paths[0])
      freeRows.removeAll { $0 == paths[0].row }
    }
    swap(&paths, &successors)
  }

  /// Keeps a copy of a path that takes a match, if it is among the best so far.
  private mutating func branch(_ path: Path, _ match: METEORMatch, _ number: Int) {
    var copy = path
    copy.take(match)
    if let last = successors.last, successors.count == Self.width {
      guard copy.isBetter(than: last) else { return }
      successors.removeLast()
      freeRows.append(last.row)
    }
    copy.row = freeRows.removeLast()
    let (from, to) = (Int(path.row) * rowSize, Int(copy.row) * rowSize)
    for index in 0..<rowSize { used[to + index] = used[from + index] }
    use(match, in: copy.row)
    copy.link = Int32(truncatingIfNeeded: links.count)
    links.append((Int32(truncatingIfNeeded: number), path.link))
    keep(copy)
  }

  /// Puts a path into its place among the best; behind those that are as good.
  private mutating func keep(_ path: Path) {
    if successors.count == Self.width {
      guard path.isBetter(than: successors[Self.width - 1]) else {
        freeRows.append(path.row)
        return
      }
      freeRows.append(successors[Self.width - 1].row)
      successors[Self.width - 1] = path
    } else {
      successors.append(path)
    }
    var index = successors.count - 1
    while index > 0, path.isBetter(than: successors[index - 1]) {
      successors[index] = successors[index - 1]
      index -= 1
    }
    successors[index] = path
  }

  /// Writes down the matches of the best path.
  private mutating func finish(_ matcher: METEORMatcher) {
    for index in paths.indices { paths[index].close() }
    guard var best = paths.first else { return }
    for path in paths.dropFirst() where path.isBetter(than: best) { best = path }
    var link = best.link
    while link >= 0 {
      let match = Int(links[Int(link)].match)
      chosen[matcher.matches[match].referenceStart] = match
      link = links[Int(link)].before
    }
  }

  @inline(__always)
  private func isFree(_ match: METEORMatch, in row: Int32) -> Bool {
    !isUsed(match.referenceStart, match.referenceLength, from: 0, in: row)
      && !isUsed(match.hypothesisStart, match.hypothesisLength, from: hypothesisRow, in: row)
  }

  /// Whether one of some words is used.
  @inline(__always)
  private func isUsed(_ start: Int, _ length: Int, from offset: Int, in row: Int32) -> Bool {
    for place in start..<start + length
    where used[Int(row) * rowSize + offset + place >> 6] & 1 << UInt64(place & 63) != 0 {
      return true
    }
    return false
  }

  private mutating func use(_ match: METEORMatch, in row: Int32) {
    for place in match.referenceStart..<match.referenceStart + match.referenceLength {
      used[Int(row) * rowSize + place >> 6] |= 1 << UInt64(place & 63)
    }
    for place in match.hypothesisStart..<match.hypothesisStart + match.hypothesisLength {
      used[Int(row) * rowSize + hypothesisRow + place >> 6] |= 1 << UInt64(place & 63)
    }
  }
}

extension METEORSearch {
  /// A way through the reference up to a place. Its used words stand in a row of bits.
  private struct Path {
    /// Less is better: the matched words of both sides, truncated at each step, counted down in the
    /// upper half, the chunks in the lower.
    var rank = UInt64(UInt32.max) << 32
    var distance = 0
    /// The place in the reference behind the last match or skipped word.
    var next: Int32 = 0
    /// The place in the hypothesis behind the last match; -1 at first and behind a skipped word.
    var end: Int32 = -1
    /// The last match taken, as a place in `links`; -1 for none.
    var link: Int32 = -1
    var row: Int32 = 0

    /// Whether it comes before another path.
    @inline(__always)
    func isBetter(than other: Path) -> Bool {
      rank != other.rank ? rank < other.rank : distance < other.distance
    }

    @inline(__always)
    mutating func take(_ match: METEORMatch) {
      rank -= UInt64(match.gain) << 32
      if end != -1, end != match.hypothesisPlace { rank += 1 }
      next = match.referenceEnd
      end = match.hypothesisEnd
    }

    /// A word is skipped, or the reference is at its end.
    @inline(__always)
    mutating func close() {
      if end != -1 {
        rank += 1
        end = -1
      }
    }
  }
}
