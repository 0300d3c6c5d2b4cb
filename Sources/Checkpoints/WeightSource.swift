/// Weights by name, read as float32 in row-major order whatever they are stored as.
package protocol WeightSource: Sendable {
  /// The file that they come from; errors name it.
  var path: String { get }

  /// The shape of a tensor; nil where there is none of this name.
  func shape(of name: String) -> [Int]?

  /// Writes some elements of a tensor, counted in row-major order, as float32.
  ///
  /// - Throws: where the tensor does not exist or its file cannot be read.
  func read(_ name: String, _ elements: Range<Int>, into memory: UnsafeMutablePointer<Float>) throws

  /// Says that a tensor will not be read soon: its pages may go.
  func release(_ name: String)
}
