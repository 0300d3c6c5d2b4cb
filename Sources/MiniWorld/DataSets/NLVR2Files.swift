import Records

/// NLVR2: image sets of two pairs each, with statements that hold for some of the pairs.
struct NLVR2Files: Sendable {
  /// `dev`, `test1`, `train`
  let split: String
  /// Four scenes a set: left and right of each pair.
  let scenes: SceneSeries

  static let pairsOfSet = 2
  static let statementsOfSet = 3

  var sets: Int { scenes.count / (2 * Self.pairsOfSet) }

  /// `dev-0-1-img0`
  private func imageName(_ place: Int) -> String {
    let (pair, side) = (place / 2, place % 2)
    return "\(split)-\(pair / Self.pairsOfSet)-\(pair % Self.pairsOfSet)-img\(side)"
  }

  /// Training images lie in numbered folders.
  private func folder(_ place: Int) -> String {
    split == "train" ? "train/\(directory(set: place / (2 * Self.pairsOfSet)))" : split
  }

  private func directory(set: Int) -> Int { set % 100 }

  var media: MediaSeries {
    MediaSeries(.png, scenes) { "nlvr2/images/\(folder($0))/\(imageName($0)).png" }
  }

  /// An example.
  struct Example {
    let identifier: String
    let set: Int
    let pair: Int
    let statement: PairStatement
    let isTrue: Bool

    var label: String { isTrue ? "True" : "False" }
  }

  /// The examples of a set: those on whose truth all agree.
  func examples(_ set: Int) -> [Example] {
    let pairs = (0..<Self.pairsOfSet).map { pair in
      let place = 2 * (set * Self.pairsOfSet + pair)
      return (left: scenes[place], right: scenes[place + 1])
    }
    var statements = PairStatements(about: pairs, seed: scenes.seed, set: "\(split)-\(set)")
    var examples: [Example] = []
    for (number, found) in statements(Self.statementsOfSet).enumerated() {
      for (pair, truth) in found.truth.enumerated() {
        guard let truth else { continue }
        examples.append(
          Example(
            identifier: "\(split)-\(set)-\(pair)-\(number)", set: set, pair: pair,
            statement: found.statement, isTrue: truth))
      }
    }
    return examples
  }

  /// Writes `dev.json`: JSON Lines, whatever the name says.
  ///
  /// - Throws: `RecordError.writeFailed`
  func write(to path: String) throws {
    try JSONLinesFile.write(path) { record in
      for set in 0..<sets {
        for example in examples(set) {
          let writer = "\(set % 7)"
          try record {
            $0.key("validation")
            $0.beginObject()
            $0.key(writer)
            $0.string(example.label)
            $0.endObject()
            $0.member("sentence", example.statement.text)
            $0.member("left_url", "")
            $0.member("writer", writer)
            $0.member("label", example.label)
            $0.member("right_url", "")
            $0.member("synset", "shape")
            $0.member("query", "shapes\(set)")
            $0.member("identifier", example.identifier)
            if split == "train" {
              $0.member("directory", directory(set: set))
            } else {
              $0.key("extra_validations")
              $0.beginObject()
              $0.endObject()
            }
          }
        }
      }
    }
  }
}
