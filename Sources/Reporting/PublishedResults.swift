import Datasets
import Yams

/// Published numbers of a benchmark as their sources print them: a file of `benchmarks/published`.
package struct PublishedResults: Sendable, Decodable {
  /// The benchmark's name.
  package let benchmark: String
  /// The rows in the order of the file.
  package let rows: [Row]

  /// One model on one split.
  package struct Row: Sendable, Decodable {
    package let split: String
    package let model: String
    package let variant: String?
    /// How the model was made ready, such as `fine-tuned` or `zero-shot`.
    package let `protocol`: String
    /// Values by metric name, as printed: percent, or the metric times 100.
    package let values: [String: String]
    /// The document that prints them.
    package let source: String
    /// The file in which they were read; nil for numbers from memory.
    package let verified: String?
    /// Why they are not verified.
    package let unverified: String?
    package let note: String?

    /// Whether somebody read the number in its source.
    package var isVerified: Bool { verified != nil && unverified == nil }

    /// Model and variant, as tables name them.
    package var name: String {
      switch variant {
      case nil, "", "-", "as listed": model
      case let variant?: "\(model) \(variant)"
      }
    }
  }

  /// The published numbers of a benchmark; nil where there are none.
  ///
  /// - Throws: `DatasetError.badCard` if the file cannot be read, which a test rules out.
  package static func of(benchmark: String) throws -> PublishedResults? {
    guard let file = EmbeddedFiles.file(at: "published/\(benchmark).yaml") else { return nil }
    do {
      return try YAMLDecoder().decode(PublishedResults.self, from: file.text)
    } catch {
      throw DatasetError.badCard(path: file.path, reason: "\(error)")
    }
  }
}
