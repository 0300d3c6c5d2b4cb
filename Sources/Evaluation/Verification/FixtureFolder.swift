import Foundation
import Records

/// A folder of golden data of a model: `config.json`, weights, `manifest.json`, a safetensors file per
/// task; the vocabulary and the pictures lie in its parent folder.
package struct FixtureFolder: Sendable {
  /// Which of the two files of weights is taken.
  package enum Weights: String, Sendable, CaseIterable {
    /// `checkpoint.pth`, as a training run leaves it.
    case checkpoint
    /// `weights.safetensors`, only what inference needs.
    case safetensors
  }

  /// The folder.
  package let path: String
  private let parent: String
  private let manifest: JSONValue

  /// Opens a folder and reads its manifest.
  ///
  /// - Throws: `RecordError`, `JSONError`, `EvaluationError.badFixture`.
  package init(_ path: String) throws {
    try requireFolder(path, remedy: "name a folder of golden tensors, such as tiny-base")
    self.path = path
    parent = URL(fileURLWithPath: path).standardizedFileURL.deletingLastPathComponent().path
    var reader = try JSONReader(MappedFile("\(path)/manifest.json"))
    manifest = try reader.readValue()
    try reader.finish()
    guard manifest.object?.members.isEmpty == false else {
      throw EvaluationError.badFixture(
        file: "\(path)/manifest.json", place: "the document", reason: "names no task")
    }
  }

  var manifestFile: String { "\(path)/manifest.json" }
  var configuration: String { "\(path)/config.json" }
  var vocabulary: String { "\(parent)/vocab.txt" }

  /// The names of the manifest's tasks.
  var taskNames: [String] { (manifest.object?.members ?? []).map(\.key) }

  func weights(_ kind: Weights) -> String {
    "\(path)/\(kind == .checkpoint ? "checkpoint.pth" : "weights.safetensors")"
  }

  func file(_ name: String) -> String { "\(path)/\(name)" }

  /// A picture by the name that the manifest has.
  ///
  /// - Throws: `EvaluationError.badFixture` for a name that leads elsewhere.
  func picture(_ name: String) throws -> String {
    guard !name.isEmpty, !name.contains("/"), name != ".." else {
      throw EvaluationError.badFixture(
        file: manifestFile, place: "images", reason: "'\(name)' is no file's name")
    }
    return "\(parent)/images/\(name)"
  }

  /// A task with its tensors.
  ///
  /// - Throws: `RecordError`, `CheckpointError`, `EvaluationError.badFixture`.
  func task(_ name: String) throws -> FixtureTask {
    let values = manifest[name] ?? .null
    let fileName = values["file"]?.string ?? "\(name).safetensors"
    guard !fileName.contains("/") else {
      throw EvaluationError.badFixture(
        file: manifestFile, place: "\(name).file", reason: "'\(fileName)' is no file's name")
    }
    return FixtureTask(
      name: name, manifestFile: manifestFile, values: values,
      tensors: try FixtureTensors(file(fileName)))
  }
}
