import Foundation
import Models
import Records
import Synchronization
import Tensors

/// Visual features that were made once: in memory within a budget, those that were not used for
/// longest leave first, and, by request, in a folder that outlives the process.
///
/// Threads may share a store, and processes, also of several machines, a folder: a file appears when
/// it is complete, its name is the digest of its key, and what it holds is checked whenever it is
/// read. A file that is damaged, or another's, is removed and counted, and its features are made anew.
package final class FeatureStore: Sendable {
  /// What was asked for, and where it was found.
  package struct Counts: Sendable, Hashable {
    /// Found in memory.
    package var memory = 0
    /// Found in the folder.
    package var folder = 0
    /// Not found, and made by whoever asked.
    package var misses = 0
    /// Files that could not be used, among the misses.
    package var damaged = 0
    /// Found at all.
    package var hits: Int { memory + folder }
  }

  private struct State {
    var recent: RecentFeatures
    var counts = Counts()
    var isFolderReady = false
  }

  /// Where the files lie; nil for none.
  package let folder: String?
  private let state: Mutex<State>

  /// Begins a store; nothing is read or written yet.
  ///
  /// - Parameters:
  ///   - memory: How many bytes of features are kept in memory at most.
  ///   - folder: Where they are kept beside that; it is made where it is missing. It grows without
  ///     limit: a picture has `[tokens, H]` numbers of 4 bytes, 1.8 MB at 577 tokens of 768.
  package init(memory: Int, folder: String? = nil) {
    self.folder = folder
    state = Mutex(State(recent: RecentFeatures(budget: memory)))
  }

  /// How often features were found and not found so far.
  package var counts: Counts { state.withLock { $0.counts } }

  /// How many bytes of features are in memory now.
  package var bytesInMemory: Int { state.withLock { $0.recent.bytes } }

  /// The features of a key; nil where they are to be made.
  ///
  /// - Throws: `RecordError.writeFailed` where the folder cannot be made.
  package func features(_ key: FeatureKey) throws -> VisualFeatures? {
    try prepareFolder()
    let recent = state.withLock { state -> VisualFeatures? in
      guard let features = state.recent.use(key) else { return nil }
      state.counts.memory += 1
      return features
    }
    if let recent { return recent }
    let (found, isDamaged) = stored(key)
    state.withLock { state in
      if let found {
        state.counts.folder += 1
        state.recent.keep(found, key)
      } else {
        state.counts.misses += 1
        state.counts.damaged += isDamaged ? 1 : 0
      }
    }
    return found
  }

  /// Keeps features that were made; a file that is there already stays.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package func keep(_ features: VisualFeatures, _ key: FeatureKey) throws {
    // Features of a batch may be rows of one matrix, which would live as long as one of them.
    let own = VisualFeatures(tokens: features.tokens.ofItsOwn, embedding: features.embedding)
    state.withLock { $0.recent.keep(own, key) }
    guard let folder else { return }
    try prepareFolder()
    let path = Self.path(of: key, in: folder)
    guard access(path, F_OK) != 0 else { return }
    try makeFolder("\(folder)/\(key.digest.prefix(2))")
    try own.write(to: path, key: key.text)
  }

  /// Where the file of a key lies: 256 folders, since some file systems are slow with one that holds
  /// hundreds of thousands.
  package static func path(of key: FeatureKey, in folder: String) -> String {
    let digest = key.digest
    return "\(folder)/\(digest.prefix(2))/\(digest).safetensors"
  }

  private func stored(_ key: FeatureKey) -> (features: VisualFeatures?, isDamaged: Bool) {
    guard let folder else { return (nil, false) }
    let path = Self.path(of: key, in: folder)
    do {
      return (try VisualFeatures(contentsOf: path, key: key.text), false)
    } catch RecordError.missingFile {
      return (nil, false)
    } catch {
      // Where it cannot be removed either, it stays, and is of no use to anybody.
      unlink(path)
      return (nil, true)
    }
  }

  /// Makes the folder, so that one that cannot be made is found out before anything is computed.
  ///
  /// - Throws: `RecordError.writeFailed`.
  package func prepareFolder() throws {
    guard let folder else { return }
    try state.withLock { state in
      guard !state.isFolderReady else { return }
      try makeFolder(folder)
      state.isFolderReady = true
    }
  }

  private func makeFolder(_ path: String) throws {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw RecordError.writeFailed(path: path, reason: systemReason(error))
    }
  }
}

extension Matrix {
  /// The same numbers in memory that nothing else holds.
  fileprivate var ofItsOwn: Matrix {
    Matrix(rows: rows, width: width) { start in
      withPointer { source in
        for row in 0..<rows {
          (start + row * width).update(from: source + row * stride, count: width)
        }
      }
    }
  }
}
