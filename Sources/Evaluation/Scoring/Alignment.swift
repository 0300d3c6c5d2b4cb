import Datasets
import Records

/// Predictions put into the order of the references.
struct Alignment {
  /// For each scored sample its index in the reference set, ascending.
  let references: [Int]
  /// For each scored sample its index in the prediction file.
  let predictions: [Int]
  /// How many predictions are of other samples and were passed over.
  let otherCount: Int
  /// The first few of them.
  let otherExamples: [String]

  /// Pairs ids that are unique among the predictions; a reference that is there twice gets the
  /// prediction twice.
  ///
  /// - Parameters:
  ///   - passesOverOthers: Takes predictions without reference where some have one.
  ///   - unscored: Samples of the set that have no reference; their predictions are passed over.
  /// - Throws: `DatasetError.unknownIDs` for a prediction without reference, `.missingIDs` for a
  ///   reference without prediction unless a partial set is allowed, `.empty` if nothing is left.
  init(
    predicted: [SampleID], expected: [SampleID], allowPartial: Bool, passesOverOthers: Bool = false,
    besides unscored: [SampleID] = [], path: String, what: String, unknownRemedy: String,
    missingRemedy: String = "add them, or score the rest with --allow-partial"
  ) throws {
    var places = [SampleID: Int](minimumCapacity: predicted.count)
    for (index, id) in predicted.enumerated() { places[id] = index }
    var references: [Int] = []
    var predictions: [Int] = []
    var missing: [SampleID] = []
    references.reserveCapacity(expected.count)
    predictions.reserveCapacity(expected.count)
    for (index, id) in expected.enumerated() {
      if let place = places[id] {
        references.append(index)
        predictions.append(place)
      } else {
        missing.append(id)
      }
    }
    let others = Self.others(
      predicted, than: Set(predictions).count, expected, unscored)
    otherCount = others.count
    otherExamples = Self.firstFew(others)
    if !others.isEmpty, !passesOverOthers || references.isEmpty {
      throw DatasetError.unknownIDs(
        path: path, what: what, first: Self.firstFew(others), count: others.count,
        remedy: unknownRemedy)
    }
    if references.isEmpty { throw DatasetError.empty(path: path, what: "prediction") }
    if !missing.isEmpty, !allowPartial {
      throw DatasetError.missingIDs(
        path: path, what: what, first: Self.firstFew(missing), count: missing.count,
        expected: expected.count, remedy: missingRemedy)
    }
    self.references = references
    self.predictions = predictions
  }

  /// The predicted ids that the set does not have; a set of all ids is made only where there are any.
  private static func others(
    _ predicted: [SampleID], than paired: Int, _ expected: [SampleID], _ unscored: [SampleID]
  ) -> [SampleID] {
    guard predicted.count > paired else { return [] }
    let known = Set(expected).union(unscored)
    return predicted.filter { !known.contains($0) }
  }

  private static func firstFew(_ ids: [SampleID]) -> [String] {
    ids.prefix(3).map(\.description)
  }
}
