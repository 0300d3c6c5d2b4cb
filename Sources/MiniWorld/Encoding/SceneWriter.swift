import Media
import Records

/// Writes scenes to picture files and clips.
public struct SceneWriter: Sendable {
  private let renderer: any Rendering

  /// A writer.
  public init(renderer: any Rendering = SceneRenderer()) { self.renderer = renderer }

  /// The picture of a scene as a file.
  ///
  /// - Throws: `MediaError.notEncoded`.
  public func bytes(of scene: Scene, as format: PictureFormat) throws -> [UInt8] {
    try format.bytes(of: renderer.image(of: scene))
  }

  /// A clip of a scene as a file, ten pictures a second.
  ///
  /// - Throws: `MediaError.notEncoded`.
  public func bytes(of scene: Scene, as format: ClipFormat) throws -> [UInt8] {
    try ClipEncoder(format: format).bytes(of: renderer.frames(of: scene))
  }

  /// Writes a picture; the folder must exist.
  ///
  /// - Throws: `MediaError.notEncoded`, and `RecordError.writeFailed`: a file of that name is then as
  ///   it was.
  public func write(_ scene: Scene, to path: String, as format: PictureFormat) throws {
    try AtomicFile.write(bytes(of: scene, as: format), to: path)
  }

  /// Writes a clip; the folder must exist.
  ///
  /// - Throws: as for a picture.
  public func write(_ scene: Scene, to path: String, as format: ClipFormat) throws {
    try AtomicFile.write(bytes(of: scene, as: format), to: path)
  }
}
