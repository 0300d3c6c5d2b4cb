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

  /// Pairs ids that are unique among the predictions; a reference that is there twice gets the
  /// prediction twice.
  ///
  /// - Parameter passesOverOthers: Takes predictions without reference where some have one.
  /// - Throws: `DatasetError.unknownIDs` for a prediction without reference, `.missingIDs` for a
  ///   reference without prediction unless a partial set is allowed, `.empty` if nothing is left.
  init(
    predicted: [SampleID], expected: [SampleID], allowPartial: Bool, passesOverOthers: Bool = false,
    path: String, what: String, unknownRemedy: String,
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
    otherCount = predicted.count - Set(predictions).count
    if otherCount > 0, !passesOverOthers || references.isEmpty {
      let known = Set(expected)
      let unknown = predicted.filter { !known.contains($0) }
      throw DatasetError.unknownIDs(
        path: path, what: what, first: Self.firstFew(unknown), count: unknown.count,
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

  private static func firstFew(_ ids: [SampleID]) -> [String] {
    ids.prefix(3).map(\.description)
  }
}
