import Dispatch
import Evaluation
import Foundation
import Models
import Records
import Tensors
import TestSupport
import Testing

/// Features that were made are found again, within the budget, and none that are not theirs.
@Suite struct FeatureStoreTests {
  @Test func aKeyIsItsContent() {
    let key = FeatureKey(model: "m", signature: "res:64", media: "a")
    #expect(key.digest == FeatureKey(model: "m", signature: "res:64", media: "a").digest)
    let others = [
      FeatureKey(model: "n", signature: "res:64", media: "a"),
      FeatureKey(model: "m", signature: "res:96", media: "a"),
      FeatureKey(model: "m", signature: "res:64", media: "b"),
      // The same letters in another division.
      FeatureKey(model: "mres", signature: ":64", media: "a"),
      FeatureKey(model: "m", signature: "res:64a", media: ""),
    ]
    #expect(Set(others.map(\.digest) + [key.digest]).count == 6)
  }

  /// 3 x 4 numbers and 2 are 56 bytes.
  @Test func theOnesNotUsedForLongestLeave() throws {
    let store = FeatureStore(memory: 3 * 56 + 55)
    for number in 0..<3 {
      try store.keep(MadeFeatures.features(UInt64(number)), MadeFeatures.key(number))
    }
    #expect(store.bytesInMemory == 168)
    #expect(try store.features(MadeFeatures.key(0)) != nil)
    try store.keep(MadeFeatures.features(3), MadeFeatures.key(3))
    #expect(store.bytesInMemory == 168)
    #expect(try store.features(MadeFeatures.key(1)) == nil)
    for number in [0, 2, 3] {
      let found = try store.features(MadeFeatures.key(number))
      #expect(MadeFeatures.features(UInt64(number)).equals(found))
    }
    #expect(store.counts.memory == 4 && store.counts.misses == 1 && store.counts.folder == 0)
  }

  @Test func whatDoesNotFitIsNotKept() throws {
    let store = FeatureStore(memory: 56)
    try store.keep(MadeFeatures.features(0), MadeFeatures.key(0))
    try store.keep(MadeFeatures.features(1, tokens: 4), MadeFeatures.key(1))
    #expect(try store.features(MadeFeatures.key(1)) == nil)
    #expect(try store.features(MadeFeatures.key(0)) != nil)
    let none = FeatureStore(memory: 0)
    try none.keep(MadeFeatures.features(0), MadeFeatures.key(0))
    #expect(try none.features(MadeFeatures.key(0)) == nil && none.bytesInMemory == 0)
  }

  /// Thousands of uses between a few keys neither grow the store nor change its order.
  @Test func theOrderHoldsOverManyUses() throws {
    let store = FeatureStore(memory: 8 * 56)
    var random = TestRandom(seed: 7)
    var model: [Int] = []
    for step in 0..<5000 {
      let number = random.below(12)
      let found = try store.features(MadeFeatures.key(number))
      #expect((found != nil) == model.contains(number), "step \(step)")
      if let found {
        #expect(MadeFeatures.features(UInt64(number)).equals(found))
      } else {
        try store.keep(MadeFeatures.features(UInt64(number)), MadeFeatures.key(number))
      }
      model.removeAll { $0 == number }
      model.append(number)
      if model.count > 8 { model.removeFirst() }
    }
  }

  /// Rows of a matrix of a batch: the numbers are theirs, in memory and in the folder.
  @Test func rowsOfABatch() throws {
    let scratch = try TemporaryFolder()
    let batch = Engine(threads: 1).matrix(4, 3, (0..<12).map(Float.init))
    let part = VisualFeatures(tokens: batch.rows(1..<3).columns(1..<3), embedding: nil)
    let store = FeatureStore(memory: 1 << 10, folder: scratch("cache"))
    try store.keep(part, MadeFeatures.key(1))
    let later = FeatureStore(memory: 0, folder: scratch("cache"))
    for found in [try store.features(MadeFeatures.key(1)), try later.features(MadeFeatures.key(1))]
    {
      #expect(found?.tokens.floats == [4, 5, 7, 8] && found?.tokens.stride == 2)
      #expect(found?.embedding == nil)
    }
    #expect(store.bytesInMemory == 16)
  }

  @Test func theFolderOutlivesTheStore() throws {
    let scratch = try TemporaryFolder()
    for number in 0..<3 {
      try FeatureStore(memory: 0, folder: scratch("a/cache"))
        .keep(MadeFeatures.features(UInt64(number)), MadeFeatures.key(number))
    }
    let store = FeatureStore(memory: 1 << 10, folder: scratch("a/cache"))
    for _ in 0..<2 {
      for number in 0..<3 {
        let found = try store.features(MadeFeatures.key(number))
        #expect(MadeFeatures.features(UInt64(number)).equals(found))
      }
    }
    #expect(try store.features(MadeFeatures.key(3)) == nil)
    #expect(store.counts.folder == 3 && store.counts.memory == 3 && store.counts.misses == 1)
    #expect(store.counts.hits == 6 && store.counts.damaged == 0)
  }

  /// Several threads of several stores over one folder.
  @Test func manyAtOnce() throws {
    let scratch = try TemporaryFolder()
    let stores = (0..<3).map { _ in FeatureStore(memory: 20 * 56, folder: scratch("cache")) }
    let failures = Failures()
    DispatchQueue.concurrentPerform(iterations: 8) { worker in
      var random = TestRandom(seed: UInt64(worker))
      for _ in 0..<150 {
        let number = random.below(40)
        let store = stores[random.below(3)]
        do {
          let made = MadeFeatures.features(UInt64(number))
          if let found = try store.features(MadeFeatures.key(number)) {
            if !made.equals(found) { failures.add("other numbers for \(number)") }
          } else {
            try store.keep(made, MadeFeatures.key(number))
          }
        } catch { failures.add("\(error)") }
      }
    }
    #expect(failures.all.isEmpty)
    let counts = stores.map(\.counts)
    #expect(counts.map { $0.hits + $0.misses }.reduce(0, +) == 1200)
    #expect(counts.allSatisfy { $0.damaged == 0 })
  }

  /// A folder that cannot be made is an error before anything is computed.
  @Test func noFolder() throws {
    let scratch = try TemporaryFolder()
    let file = try scratch.write("file", "")
    let store = FeatureStore(memory: 1 << 10, folder: "\(file)/cache")
    let error = #expect(throws: RecordError.self) { try store.features(MadeFeatures.key(0)) }
    #expect("\(try #require(error))".contains("\(file)/cache: cannot be written"))
  }
}

/// What went wrong on other threads.
final class Failures: @unchecked Sendable {
  private let lock = NSLock()
  private var texts: [String] = []

  var all: [String] { lock.withLock { texts } }

  func add(_ text: String) { lock.withLock { texts.append(text) } }
}
