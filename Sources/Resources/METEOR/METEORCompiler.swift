import Metrics
import Records
import Text

/// Makes the compiled file of METEOR's data: the same bytes from the same data.
struct METEORCompiler {
  let words: METEORWords
  let prefixFile: METEORPrefixFile
  let table: ParaphraseTable
  let tree: PhraseTree
  /// The words' numbers in the order in which they lie in the file, and the buckets.
  let order: [UInt32]
  let buckets: [UInt32]
  /// SHA-256 of the data.
  let digest: [UInt8]
  /// How many entries the paraphrase table has.
  var entryCount: Int { table.entryCount }

  /// Reads all data.
  ///
  /// - Parameter progress: is told from time to time how many bytes of the paraphrases were read, of
  ///   how many; they are nearly all of the work.
  /// - Throws: `ResourceError`, `ArchiveError`, `RecordError`.
  init(_ source: METEORSource, progress: (Int, Int) -> Void) throws {
    var words = METEORWords()
    var hashes: [String] = []
    func bytes(_ part: METEORPart) throws -> [UInt8] {
      let bytes = try source[part].bytes(limit: part.limit)
      hashes.append("\(part.rawValue) \(SHA256.hexDigest(of: bytes))\n")
      return bytes
    }
    try words.readFunctionWords(bytes(.functionWords), name: source[.functionWords].name)
    prefixFile = try METEORPrefixFile(bytes(.prefixes), name: source[.prefixes].name)
    try words.readSynsets(bytes(.synsets), name: source[.synsets].name)
    try words.readExceptions(bytes(.exceptions), name: source[.exceptions].name)
    var hash = SHA256()
    table = try ParaphraseTable(
      source[.paraphrases], words: &words, hash: &hash, progress: progress)
    hashes.append("\(METEORPart.paraphrases.rawValue) \(hash.hexDigest)\n")
    var whole = SHA256()
    whole.update(Array(hashes.joined().utf8))
    digest = whole.digest
    tree = PhraseTree(table, wordCount: words.paraphraseWordCount)
    (order, buckets) = Self.arranged(words)
    self.words = words
  }

  /// Sorts the words by bucket and then by their bytes; gives where the buckets begin too.
  private static func arranged(_ words: METEORWords) -> (order: [UInt32], buckets: [UInt32]) {
    var bits = 1
    while 1 << bits < words.pool.count { bits += 1 }
    let bucketOf = (0..<UInt32(words.pool.count)).map { number in
      words.pool.withBytes(of: number) { bytes in
        METEORLayout.bucket(of: JavaHash.of(utf8: bytes), bits: bits)
      }
    }
    let order = (0..<UInt32(words.pool.count)).sorted { left, right in
      let (a, b) = (bucketOf[Int(left)], bucketOf[Int(right)])
      if a != b { return a < b }
      return words.pool.withBytes(of: left) { left in
        words.pool.withBytes(of: right) { left.lexicographicallyPrecedes($0) }
      }
    }
    var buckets = [UInt32](repeating: 0, count: 1 << bits + 1)
    for bucket in bucketOf { buckets[bucket + 1] += 1 }
    for bucket in 0..<1 << bits { buckets[bucket + 1] += buckets[bucket] }
    return (order, buckets)
  }
}
