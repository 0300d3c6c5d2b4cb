import Tensors

/// The comparisons of a task as they come in.
struct TaskChecks {
  private let task: FixtureTask
  private(set) var checks: [VerificationCheck] = []
  private var compared: Set<String> = []

  init(_ task: FixtureTask) { self.task = task }

  /// Compares rows of numbers with a tensor.
  ///
  /// - Throws: `EvaluationError.badFixture` where the folder has no such tensor.
  mutating func numbers(_ name: String, _ found: Matrix, limit: Double) throws {
    try numbers(name, found.floats, width: found.width, limit: limit)
  }

  /// As the other one, where the folder has the tensor.
  mutating func numbersIfThere(_ name: String, _ found: Matrix, limit: Double) throws {
    if task.tensors.contains(name) { try numbers(name, found, limit: limit) }
  }

  /// Compares numbers, `width` of them in a row, with a tensor.
  mutating func numbers(_ name: String, _ found: [Float], width: Int, limit: Double) throws {
    compared.insert(name)
    let golden = try task.tensors.floats(name)
    guard golden.width == width || golden.shape.count < 2, golden.values.count == found.count
    else {
      add(
        name,
        .impossible(
          reason: "has the shape \(golden.shape), the model gives \(found.count / max(width, 1)) "
            + "rows of \(width)"))
      return
    }
    numbers(name, found, golden.values, limit: limit)
  }

  /// Compares numbers with those of the manifest or of a part of a tensor.
  mutating func numbers(_ name: String, _ found: [Float], _ golden: [Float], limit: Double) {
    guard found.count == golden.count else {
      add(name, .impossible(reason: "has \(golden.count) numbers, the model gives \(found.count)"))
      return
    }
    var (absolute, relative) = (0.0, 0.0)
    for (index, (found, golden)) in zip(found, golden).enumerated() {
      guard found.isFinite, golden.isFinite else {
        let whose = golden.isFinite ? "the model's" : "the golden"
        add(name, .impossible(reason: "\(whose) number \(index) is not finite"))
        return
      }
      let difference = abs(Double(found) - Double(golden))
      absolute = max(absolute, difference)
      if golden != 0 { relative = max(relative, difference / abs(Double(golden))) }
    }
    add(
      name,
      .numbers(count: found.count, absolute: absolute, relative: relative, limit: limit))
  }

  /// Compares ids or masks with a tensor.
  ///
  /// - Throws: `EvaluationError.badFixture` where the folder has no such tensor.
  mutating func ids(_ name: String, _ found: [[Int32]]) throws {
    compared.insert(name)
    identical(name, found, try task.tensors.rows(name))
  }

  /// Compares values one by one.
  mutating func identical<Value: Equatable>(_ name: String, _ found: [Value], _ golden: [Value]) {
    guard found.count == golden.count else {
      let (most, least) = (max(found.count, golden.count), min(found.count, golden.count))
      add(
        name, .identity(count: golden.count, differing: most - least),
        "\(found.count) where there should be \(golden.count)")
      return
    }
    let differing = golden.indices.filter { found[$0] != golden[$0] }
    add(
      name, .identity(count: golden.count, differing: differing.count),
      differing.first.map { "\($0): \(found[$0]), not \(golden[$0])" })
  }

  /// Checks that a metric of the manifest is one that a range allows.
  mutating func metric(_ name: String, _ golden: Double, among found: [Double]) {
    guard let low = found.min(), let high = found.max(), low.isFinite, high.isFinite else {
      add(name, .impossible(reason: "is known to no check"))
      return
    }
    add(name, .range(golden: golden, allowed: low...high))
  }

  /// Says that a tensor went in and is no result.
  mutating func isInput(_ names: String...) { compared.formUnion(names) }

  /// What was not compared: a tensor that no check knows must not pass for one that was met.
  mutating func finish() {
    for name in task.tensors.names where !compared.contains(name) {
      add(name, .impossible(reason: "is known to no check"))
    }
  }

  private mutating func add(
    _ name: String, _ outcome: VerificationCheck.Outcome, _ difference: String? = nil
  ) {
    checks.append(
      VerificationCheck(
        task: task.name, name: name, outcome: outcome,
        difference: difference.map { String($0.prefix(160)) }))
  }
}
