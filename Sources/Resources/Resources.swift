import Foundation
import Metrics
import Records

/// Licensed data of metrics, which users hold and this program does not ship. They are compiled once
/// into the cache folder and mapped from there.
public enum Resources {
  /// METEOR's data; nil where they were not added.
  ///
  /// - Parameter environment: the process's; it names the cache folder.
  /// - Throws: `METEORDataError` where the compiled file cannot be used, `RecordError` where it
  ///   cannot be read.
  public static func meteor(environment: [String: String]) throws -> METEORResources? {
    guard let folder = CacheFolder(environment: environment) else { return nil }
    do {
      let file = try MappedFile(folder.meteor)
      return try METEORResources(
        UnsafeRawBufferPointer(file.bytes), owner: file, name: file.path)
    } catch RecordError.missingFile {
      return nil
    }
  }

  /// Compiles METEOR's data into the cache folder, in place of those that are there.
  ///
  /// - Parameters:
  ///   - path: a folder of `pycocoevalcap` or one that holds the files, its wheel, or the jar with
  ///     `data/paraphrase-en.gz` beside it.
  ///   - progress: is told from time to time how many bytes were read, of how many.
  /// - Returns: what is there now.
  /// - Throws: `ResourceError`, and the errors of reading and writing.
  @discardableResult
  public static func addMETEOR(
    from path: String, environment: [String: String],
    progress: (_ read: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> InstalledResource {
    guard let folder = CacheFolder(environment: environment) else {
      throw ResourceError.noCacheFolder
    }
    let compiler = try METEORCompiler(METEORSource(path), progress: progress)
    do {
      try FileManager.default.createDirectory(
        atPath: folder.path, withIntermediateDirectories: true)
    } catch {
      throw RecordError.writeFailed(path: folder.path, reason: systemReason(error))
    }
    try compiler.write(to: folder.meteor)
    return try meteorState(environment: environment)
  }

  /// Whether METEOR's data are there and can be used.
  ///
  /// - Throws: `RecordError` where the file cannot be read.
  public static func meteorState(environment: [String: String]) throws -> InstalledResource {
    let path = CacheFolder(environment: environment)?.meteor
    func resource(_ state: InstalledResource.State) -> InstalledResource {
      InstalledResource(
        name: "meteor", title: "METEOR 1.5, English", path: path, state: state,
        parts: METEORPart.allCases.map { .init(name: $0.rawValue, licence: $0.licence) },
        command: METEOR.command)
    }
    do {
      guard let data = try meteor(environment: environment) else { return resource(.missing) }
      return resource(
        .installed(
          size: data.size, digest: data.digest, isOfficial: data.digest == METEOR.officialDigest))
    } catch let error as METEORDataError {
      return resource(.unusable("\(error)"))
    }
  }
}
