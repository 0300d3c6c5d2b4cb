/// The counts from which METEOR's score follows, in the order of the original's lines; those of
/// several segments are added up.
struct METEORStatistics {
  /// How many counts there are.
  static let width = 23

  /// Where the counts stand.
  enum Place {
    static let hypothesisWords = 0
    static let referenceWords = 1
    static let hypothesisFunctionWords = 2
    static let referenceFunctionWords = 3
    /// Four for each module: content words matched in the hypothesis and in the reference, function
    /// words matched in the hypothesis and in the reference.
    static let modules = 4
    static let chunks = 20
    static let hypothesisMatches = 21
    static let referenceMatches = 22
  }

  /// The counts.
  private(set) var counts = SIMD32<Int32>()

  /// Counts the words of two captions, and what the matches of an alignment cover.
  ///
  /// - Parameter chosen: the match of each place in the reference as an index of `matches`, -1 for
  ///   none.
  init(
    hypothesis: ArraySlice<UInt32>, reference: ArraySlice<UInt32>, isFunction: [Bool],
    matches: [METEORMatch], chosen: [Int]
  ) {
    counts[Place.hypothesisWords] = Int32(truncatingIfNeeded: hypothesis.count)
    counts[Place.referenceWords] = Int32(truncatingIfNeeded: reference.count)
    for word in hypothesis where isFunction[Int(word)] {
      counts[Place.hypothesisFunctionWords] += 1
    }
    for word in reference where isFunction[Int(word)] {
      counts[Place.referenceFunctionWords] += 1
    }
    // Where the last match ended in the hypothesis, -1 behind a word without one.
    var end = -1
    var place = 0
    while place < chosen.count {
      guard chosen[place] >= 0 else {
        end = -1
        place += 1
        continue
      }
      let match = matches[chosen[place]]
      if match.hypothesisStart != end { counts[Place.chunks] += 1 }
      end = match.hypothesisStart + match.hypothesisLength
      let module = Place.modules + 4 * match.module.rawValue
      for offset in 0..<match.hypothesisLength {
        let word = hypothesis[hypothesis.startIndex + match.hypothesisStart + offset]
        counts[module + (isFunction[Int(word)] ? 2 : 0)] += 1
      }
      for offset in 0..<match.referenceLength {
        let word = reference[reference.startIndex + match.referenceStart + offset]
        counts[module + (isFunction[Int(word)] ? 3 : 1)] += 1
      }
      counts[Place.hypothesisMatches] += Int32(truncatingIfNeeded: match.hypothesisLength)
      counts[Place.referenceMatches] += Int32(truncatingIfNeeded: match.referenceLength)
      place += match.referenceLength
    }
  }

  /// Whether everything is matched in one piece.
  var isPerfect: Bool {
    counts[Place.hypothesisMatches] == counts[Place.hypothesisWords]
      && counts[Place.referenceMatches] == counts[Place.referenceWords]
      && counts[Place.chunks] == 1
  }

  /// Appends the counts as they are.
  func append(to row: inout [Double]) {
    for index in 0..<Self.width { row.append(Double(counts[index])) }
  }

  /// Appends what the sums for a corpus take of them: the chunk of a perfect segment does not count.
  func appendRow(to rows: inout [Double]) {
    let start = rows.count
    append(to: &rows)
    if isPerfect { rows[start + Place.chunks] = 0 }
  }
}
