import Records

/// Draws the pictures and clips of data sets into files.
public struct MediaWriter: Sendable {
  private let folder: OutputFolder
  private let writer = SceneWriter()

  /// - Parameter folder: below it the files get the places that the data sets have for them.
  public init(folder: String) { self.folder = OutputFolder(root: folder) }

  /// Draws all of a part, one after the other.
  ///
  /// - Parameter wrote: is told of each file.
  /// - Throws: `RecordError.writeFailed`, `MediaError.notEncoded`.
  public func write(_ series: MediaSeries, wrote: () -> Void = {}) throws {
    for place in series.scenes.places {
      let path = try folder.path(series.path(place))
      let scene = series.scenes[place]
      switch series.format {
      case .jpeg: try writer.write(scene, to: path, as: .jpeg)
      case .png: try writer.write(scene, to: path, as: .png)
      case .mp4: try writer.write(scene, to: path, as: .mp4)
      case .avi: try writer.write(scene, to: path, as: .avi)
      }
      wrote()
    }
  }
}
