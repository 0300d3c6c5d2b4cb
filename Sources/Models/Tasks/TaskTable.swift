import Text
import Yams

/// The protocols of a model as its file states them.
package enum TaskTable {
  /// Reads the protocols out of a model's file.
  ///
  /// `tasks:` maps tasks to their settings, such as `vqa: {resolution: 384}`. What the original's
  /// configuration calls `image_res` (and `video_res`, `frames`) is the resolution of every task of
  /// pictures (of videos) that names none of its own, and then the model has all of those.
  ///
  /// - Parameters:
  ///   - yaml: The text of the file, YAML or JSON.
  ///   - file: Its name, for errors.
  /// - Returns: A protocol for each task that the file speaks of.
  /// - Throws: `ModelError.badSetting`.
  package static func protocols(yaml: String, file: String) throws -> [ModelTask: TaskProtocol] {
    let root: Node?
    do {
      root = try compose(yaml: yaml)
    } catch {
      throw ModelError.badSetting(
        file: file, setting: "the file", found: "no YAML: \(oneLine("\(error)"))",
        expected: "a mapping with tasks:")
    }
    guard case .mapping(let mapping)? = root else {
      throw ModelError.badSetting(
        file: file, setting: "the file", found: "no mapping", expected: "a mapping with tasks:")
    }
    let picture = try mapping["image_res"].map { try resolution($0, "image_res", file) }
    let video = try mapping["video_res"].map { try resolution($0, "video_res", file) }
    let frames = try mapping["frames"].map { try SettingValue($0, "frames", file).integer(1...256) }
    var protocols: [ModelTask: TaskProtocol] = [:]
    for task in ModelTask.allCases {
      guard let resolution = task.isVideo ? video : picture else { continue }
      protocols[task] = .standard(task, resolution: resolution, frames: frames)
    }
    for (name, node) in try tasks(mapping["tasks"], file) {
      guard let task = ModelTask(rawValue: name) else {
        let known = ModelTask.allCases.map(\.rawValue)
        throw ModelError.badSetting(
          file: file, setting: "tasks.\(name)",
          found: "no task\(NearestNames.hint(for: name, among: known))",
          expected: "one of \(known.joined(separator: ", "))")
      }
      // A mapping without a resolution must not pass for one of 0.
      var settings = protocols[task] ?? .standard(task, resolution: 0)
      try settings.apply(node, file: file)
      guard settings.resolution > 0 else {
        throw ModelError.badSetting(
          file: file, setting: "tasks.\(name).resolution", found: "missing",
          expected: "a number from 1 to \(TaskProtocol.largestResolution)")
      }
      protocols[task] = settings
    }
    return protocols
  }

  private static func tasks(_ node: Node?, _ file: String) throws -> [(String, Node)] {
    guard let node else { return [] }
    guard case .mapping(let mapping) = node else {
      throw ModelError.badSetting(
        file: file, setting: "tasks", found: "no mapping",
        expected: "tasks and their settings, such as vqa: {resolution: 384}")
    }
    return mapping.map { ($0.key.string ?? "", $0.value) }
  }

  private static func resolution(_ node: Node, _ name: String, _ file: String) throws -> Int {
    try SettingValue(node, name, file).integer(1...TaskProtocol.largestResolution)
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
