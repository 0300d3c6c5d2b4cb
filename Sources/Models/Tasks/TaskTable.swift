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
    let settings = try SettingsMapping(yaml: yaml, file: file)
    let resolutions = 1...TaskProtocol.largestResolution
    func integer(_ name: String, _ range: ClosedRange<Int>) throws -> Int? {
      settings.contains(name) ? try settings.integer(name, range) : nil
    }
    let picture = try integer("image_res", resolutions)
    let video = try integer("video_res", resolutions)
    let frames = try integer("frames", 1...256)
    let tasks = settings.contains("tasks") ? try settings.mapping("tasks") : nil
    try tasks?.allow(ModelTask.allCases.map(\.rawValue))
    var protocols: [ModelTask: TaskProtocol] = [:]
    for task in ModelTask.allCases {
      let name = task.rawValue
      let own = tasks?.contains(name) == true ? try tasks?.mapping(name) : nil
      guard let resolution = task.isVideo ? video : picture else {
        guard let own else { continue }
        var new = TaskProtocol.standard(
          task, resolution: try own.integer("resolution", resolutions), frames: frames)
        try new.apply(own)
        protocols[task] = new
        continue
      }
      var known = TaskProtocol.standard(task, resolution: resolution, frames: frames)
      if let own { try known.apply(own) }
      protocols[task] = known
    }
    return protocols
  }
}
