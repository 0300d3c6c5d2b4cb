/// The pictures or clips of a part of a data set, before they are drawn.
public struct MediaSeries: Sendable {
  /// How they are stored.
  public enum Format: Sendable { case jpeg, png, mp4, avi }

  /// How they are stored.
  public let format: Format
  /// What is to be seen.
  public let scenes: SceneSeries
  private let path: @Sendable (Int) -> String

  init(
    _ format: Format, _ scenes: SceneSeries, _ path: @escaping @Sendable (Int) -> String
  ) {
    (self.format, self.scenes, self.path) = (format, scenes, path)
  }

  /// Where one lies below the folder.
  public func path(_ place: Int) -> String { path(place) }
}
