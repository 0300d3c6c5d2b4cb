/// A tensor that a model needs.
package struct ExpectedTensor: Sendable, Hashable {
  /// Its name, as fine-tuned models have it.
  package let name: String
  /// Its shape.
  package let shape: [Int]

  package init(_ name: String, _ shape: [Int]) {
    self.name = name
    self.shape = shape
  }
}
