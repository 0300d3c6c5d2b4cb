import Foundation

/// A folder that is gone when the test is over.
package final class TemporaryFolder: Sendable {
  /// The folder.
  package let path: String

  package init() throws {
    let place = FileManager.default.temporaryDirectory
      .appendingPathComponent("mplug-eval-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
    path = place.path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Writes a file, with the folders it needs, and gives its path.
  @discardableResult
  package func write(_ name: String, _ content: String) throws -> String {
    try write(name, Data(content.utf8))
  }

  /// Writes a file of any bytes.
  @discardableResult
  package func write(_ name: String, _ content: Data) throws -> String {
    let file = URL(fileURLWithPath: path).appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try content.write(to: file)
    return file.path
  }

  /// The path of a file in it.
  package func callAsFunction(_ name: String) -> String { "\(path)/\(name)" }
}
