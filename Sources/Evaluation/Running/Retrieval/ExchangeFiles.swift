import Datasets
import Foundation
import Models
import Records

/// The files by which the parts of a retrieval tell each other what they have encoded. Their names say
/// what of which part they hold and of which run, so that a file of another run, or of another
/// division, is not taken.
struct ExchangeFiles {
  /// How many texts a file holds: what a process that is killed encodes again at most.
  static let block = 1024

  /// The key that all files carry.
  let key: String
  private let job: RetrievalJob

  init(_ job: RetrievalJob) {
    self.job = job
    // With the lengths before them, texts cannot run into one another.
    var hash = SHA256()
    let samples = job.samples
    let counts = [samples.samples.count, samples.texts.count, job.shard.count, Self.block]
    for text in ["mplug-eval/exchange/1", job.key] + counts.map(String.init)
      + samples.samples.map({ "\($0.id)" }) + samples.texts
    {
      hash.update(Array("\(text.utf8.count):\(text)".utf8))
    }
    key = hash.hexDigest
  }

  /// All parts, in order.
  var shards: [Shard] { (1...job.shard.count).map { Shard(index: $0, of: job.shard.count) } }

  /// The blocks of texts of a part.
  func blocks(of shard: Shard) -> [Range<Int>] {
    let texts = shard.range(of: job.samples.texts.count)
    return stride(from: texts.lowerBound, to: texts.upperBound, by: Self.block).map {
      $0..<min($0 + Self.block, texts.upperBound)
    }
  }

  /// The file of a block of texts.
  func texts(_ shard: Shard, block: Int) -> String { path("texts", shard, "-\(block + 1)") }

  /// The file of the images or clips of a part.
  func visuals(_ shard: Shard) -> String { path("visuals", shard, "") }

  private func path(_ what: String, _ shard: Shard, _ place: String) -> String {
    "\(job.common)/\(what)-\(shard.index)-of-\(shard.count)\(place)-\(key.prefix(12)).safetensors"
  }

  /// Reads a block of texts.
  ///
  /// - Throws: As `TextGalleryFile`, `KeyedTensorsError` also for another number of texts.
  func readTexts(_ shard: Shard, block: Int) throws -> TextGalleryFile {
    let path = texts(shard, block: block)
    let file = try TextGalleryFile(path, key: key)
    let count = blocks(of: shard)[block].count
    guard file.count == count else {
      throw KeyedTensorsError(file: path, reason: "expected \(count) texts, found \(file.count)")
    }
    return file
  }

  /// Reads what a part has seen.
  ///
  /// - Throws: As `EncodedVisuals`.
  func readVisuals(_ shard: Shard) throws -> EncodedVisuals {
    try EncodedVisuals(
      visuals(shard), key: key, of: shard.range(of: job.samples.samples.count))
  }

  /// Makes the folder.
  ///
  /// - Throws: `RecordError.writeFailed`.
  func makeFolder() throws {
    do {
      try FileManager.default.createDirectory(
        atPath: job.common, withIntermediateDirectories: true)
    } catch {
      throw RecordError.writeFailed(path: job.common, reason: systemReason(error))
    }
  }

  /// Removes what this part has encoded, and the folder where it is empty then.
  func removeOwn() {
    for block in blocks(of: job.shard).indices { unlink(texts(job.shard, block: block)) }
    unlink(visuals(job.shard))
    rmdir(job.common)
  }

  /// What a reader gives; nil where the file is not there or cannot be used, and is to be made anew.
  ///
  /// - Throws: `RecordError` where it is there and cannot be read.
  static func usable<File>(_ read: () throws -> File) throws -> File? {
    do {
      return try read()
    } catch RecordError.missingFile {
      return nil
    } catch let error as RecordError {
      throw error
    } catch {
      return nil
    }
  }
}
