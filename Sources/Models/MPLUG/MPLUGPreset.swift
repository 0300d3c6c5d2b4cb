import Foundation

/// An mPLUG as a file describes it: its sizes, and the settings of its tasks.
package struct MPLUGPreset: Sendable, Equatable {
  /// The name on the command line; for a file of a user its name without extension, unless the file
  /// says otherwise.
  package let name: String
  /// The name in tables.
  package let title: String
  /// Its sizes.
  package let configuration: MPLUGConfiguration
  /// What the published checkpoint is called.
  package let checkpoint: String?
  /// The checkpoints that are published, by what they were tuned on.
  package let published: [PublishedCheckpoint]
  /// Whether the repository carries its checkpoint, for the embedded benchmarks.
  package let isEmbedded: Bool
  /// Where it comes from.
  package let homepage: String?
  /// Settings that nothing published states.
  package let assumed: [String]
  /// What is to be said of it.
  package let note: String?
  /// The file, for errors.
  package let file: String
  /// Its text; the settings under `tasks:` are read out of it by those who know the tasks.
  package let text: String

  /// Reads a YAML file of a user, or a JSON file with the names of the reference's configuration.
  ///
  /// - Throws: `ModelError.badSetting`, `RecordError`, `JSONError`.
  package init(file path: String) throws {
    try self.init(text: try SettingsText.read(path), file: path)
  }

  init(text: String, file: String) throws {
    try SettingsText.check(text, file: file)
    (self.text, self.file) = (text, file)
    let stem = URL(fileURLWithPath: file).deletingPathExtension().lastPathComponent
    guard !file.lowercased().hasSuffix(".json") else {
      (name, title) = (stem, stem)
      (checkpoint, published, homepage, assumed, note) = (nil, [], nil, [], nil)
      isEmbedded = false
      configuration = try MPLUGConfiguration(referenceJSON: text, file: file)
      return
    }
    let settings = try SettingsMapping(yaml: text, file: file)
    try settings.allow(
      "name", "title", "checkpoint", "published", "embedded", "homepage", "vision", "text",
      "fusion", "decoder",
      "embedding", "tasks", "assumed", "note")
    name = try settings.text("name") ?? stem
    title = try settings.text("title") ?? name
    checkpoint = try settings.text("checkpoint")
    published =
      settings.contains("published")
      ? try settings.mapping("published").allTexts()
        .map { PublishedCheckpoint(tunedOn: $0.name, address: $0.text) } : []
    isEmbedded = settings.contains("embedded") ? try settings.bool("embedded") : false
    homepage = try settings.text("homepage")
    assumed = try settings.texts("assumed")
    note = try settings.text("note")
    configuration = try MPLUGConfiguration(settings, file: file)
  }
}

extension MPLUGPreset {
  /// The presets that the binary carries, by name: the files of `benchmarks/models`.
  ///
  /// - Throws: `ModelError.badSetting` if one does not read, which a test rules out.
  package static func all() throws -> [MPLUGPreset] {
    try EmbeddedModels.table.map { try MPLUGPreset(text: $0.text, file: $0.path) }
      .sorted { $0.name < $1.name }
  }

  /// The preset of a name; nil where there is none.
  ///
  /// - Throws: as `all()`.
  package static func named(_ name: String) throws -> MPLUGPreset? {
    guard let file = EmbeddedModels.table.first(where: { $0.path == "models/\(name).yaml" }) else {
      return nil
    }
    return try MPLUGPreset(text: file.text, file: file.path)
  }
}

/// Files of `benchmarks/models` that are part of the binary: `Plugins/EmbedBenchmarks` makes the table
/// at each build.
enum EmbeddedModels {}
