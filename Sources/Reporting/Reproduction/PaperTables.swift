import Datasets
import Yams

/// How the paper lays its numbers out: `benchmarks/published/tables.yaml`.
package struct PaperTables: Sendable, Decodable {
  /// The paper.
  package let title: String
  /// The document whose numbers are laid out, as `source` of the published numbers has it.
  package let source: String
  /// The rows.
  package let models: [Model]
  /// The tables in the paper's order.
  package let tables: [Layout]

  /// A row.
  package struct Model: Sendable, Decodable {
    /// The name in tables.
    package let title: String
    /// Which of the published numbers are the row's.
    package let variant: String
    /// What the model of a run may be called to stand in the row; the first is a preset.
    package let names: [String]
  }

  /// One table.
  package struct Layout: Sendable, Decodable {
    /// The heading.
    package let title: String
    /// Titles of the rows.
    package let models: [String]
    /// The columns.
    package let columns: [Column]
  }

  /// A column, which may hold several numbers; what they share stands here.
  package struct Column: Sendable, Decodable {
    /// The heading.
    package let title: String
    /// The benchmark.
    package let benchmark: String
    /// The metric, where all numbers have it.
    package let metric: String?
    /// How the model was made ready; `fine-tuned` where it is not said.
    package let `protocol`: String?
    /// What a run's model may be called, in place of the row's names.
    package let names: [String]?
    /// Of which benchmarks' tuned checkpoints one serves, where it is not the benchmark's own.
    package let tunedOn: [String]?
    /// The numbers.
    package let numbers: [Number]

    private enum CodingKeys: String, CodingKey {
      case title, benchmark, metric, names, numbers, `protocol`
      case tunedOn = "tuned_on"
    }
  }

  /// One number of a column.
  package struct Number: Sendable, Decodable {
    /// The split.
    package let split: String
    /// The metric, where it is not the column's.
    package let metric: String?
    /// How the model was made ready, where it is not the column's.
    package let `protocol`: String?
    /// What tells it from the column's other numbers where split and metric do not.
    package let label: String?
    /// Words of which the name of a run's model must have one.
    package let with: [String]?
    /// Words that it must not have.
    package let without: [String]?
  }

  /// The paper's tables.
  ///
  /// - Throws: `DatasetError.badCard` if the file cannot be read, which a test rules out.
  package static func embedded() throws -> PaperTables {
    let path = "published/tables.yaml"
    guard let file = EmbeddedFiles.file(at: path) else {
      throw DatasetError.badCard(path: path, reason: "is not part of the binary")
    }
    do {
      return try YAMLDecoder().decode(PaperTables.self, from: file.text)
    } catch {
      throw DatasetError.badCard(path: path, reason: "\(error)")
    }
  }
}
