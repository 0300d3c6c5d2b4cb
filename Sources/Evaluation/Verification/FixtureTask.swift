import Records

/// A task of golden data: what the manifest says, and its tensors.
struct FixtureTask {
  let name: String
  let manifestFile: String
  let values: JSONValue
  let tensors: FixtureTensors

  /// Texts or names.
  ///
  /// - Throws: `EvaluationError.badFixture` where the member is not a list of them.
  func strings(_ member: String) throws -> [String] {
    let list = try required(values[member]?.array, member, "a list of texts")
    return try list.map { try required($0.string, member, "a list of texts") }
  }

  /// A number within a range.
  ///
  /// - Throws: as `strings`.
  func integer(_ member: String, _ range: ClosedRange<Int>) throws -> Int {
    let expected = "a number from \(range.lowerBound) to \(range.upperBound)"
    let number = try required(values[member]?.int, member, expected)
    return try required(range.contains(number) ? number : nil, member, expected)
  }

  /// Numbers.
  ///
  /// - Throws: as `strings`.
  func integers(_ member: String) throws -> [Int] {
    let list = try required(values[member]?.array, member, "a list of numbers")
    return try list.map { try required($0.int, member, "a list of numbers") }
  }

  /// Sequences of ids of each item: `beam.nbest_ids`.
  ///
  /// - Throws: as `strings`.
  func nBestIDs() throws -> [[[Int32]]] {
    let place = "beam.nbest_ids"
    func list(_ value: JSONValue?) throws -> [JSONValue] {
      try required(value?.array, place, "lists of lists of ids")
    }
    return try list(values["beam"]?["nbest_ids"]).map { item in
      try list(item).map { sequence in
        try list(sequence).map {
          try required($0.int.flatMap(Int32.init(exactly:)), place, "lists of lists of ids")
        }
      }
    }
  }

  /// Scores of each item's sequences: `beam.nbest_scores`.
  ///
  /// - Throws: as `strings`.
  func nBestScores() throws -> [[Float]] {
    let place = "beam.nbest_scores"
    return try required(values["beam"]?["nbest_scores"]?.array, place, "lists of numbers").map {
      try required($0.array, place, "lists of numbers").map {
        Float(try required($0.double, place, "lists of numbers"))
      }
    }
  }

  /// - Throws: `EvaluationError.badFixture` where a value is missing.
  func required<Value>(_ value: Value?, _ member: String, _ expected: String) throws -> Value {
    guard let value else { throw bad(member, "is missing or not \(expected)") }
    return value
  }

  func bad(_ member: String, _ reason: String) -> EvaluationError {
    .badFixture(file: manifestFile, place: "\(name).\(member)", reason: reason)
  }
}
