import Yams

/// The benchmarks that the binary knows: the YAML files of `benchmarks/`, which it carries.
public enum BenchmarkRegistry {
  /// All benchmarks, by name.
  ///
  /// - Throws: `DatasetError.badCard` if a card cannot be read, which a test rules out.
  public static func all() throws -> [BenchmarkCard] {
    try EmbeddedFiles.all.filter { !$0.path.contains("/") }.map(read)
      .sorted { $0.name < $1.name }
  }

  /// The benchmark with a name.
  ///
  /// - Throws: `DatasetError.unknownBenchmark`, which suggests the nearest names.
  public static func card(named name: String) throws -> BenchmarkCard {
    if let file = EmbeddedFiles.file(at: "\(name).yaml") { return try read(file) }
    throw DatasetError.unknownBenchmark(name: name, known: names)
  }

  /// The names of all benchmarks.
  public static var names: [String] {
    EmbeddedFiles.all.map(\.path).filter { !$0.contains("/") }
      .map { String($0.dropLast(".yaml".count)) }.sorted()
  }

  private static func read(_ file: EmbeddedFiles.File) throws -> BenchmarkCard {
    do {
      return try YAMLDecoder().decode(BenchmarkCard.self, from: file.text)
    } catch {
      throw DatasetError.badCard(path: file.path, reason: "\(error)")
    }
  }
}

/// Files of `benchmarks/` that are part of the binary.
package enum EmbeddedFiles {
  /// One of them.
  package struct File: Sendable {
    /// The path under `benchmarks/`.
    package let path: String
    /// The content.
    package let text: String
  }

  /// All embedded files, by path: `Plugins/EmbedBenchmarks` makes the table at each build.
  package static let all: [File] = table.map { File(path: $0.path, text: $0.text) }

  /// The file with a path.
  package static func file(at path: String) -> File? {
    all.first { $0.path == path }
  }
}
