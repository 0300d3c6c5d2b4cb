/// The words that METEOR's data know, with their synsets and base forms.
struct METEORWordTable: Sendable {
  private let header: METEORHeader
  private let bits: Int
  // Validated when opened, kept alive by the header.
  private nonisolated(unsafe) let buckets: UnsafeBufferPointer<UInt32>
  private nonisolated(unsafe) let starts: UnsafeBufferPointer<UInt32>
  private nonisolated(unsafe) let bytes: UnsafeBufferPointer<UInt8>
  private nonisolated(unsafe) let kinds: UnsafeBufferPointer<UInt32>
  private nonisolated(unsafe) let synsetStarts: UnsafeBufferPointer<UInt32>
  private nonisolated(unsafe) let allSynsets: UnsafeBufferPointer<UInt32>
  private nonisolated(unsafe) let baseStarts: UnsafeBufferPointer<UInt32>
  private nonisolated(unsafe) let allBases: UnsafeBufferPointer<UInt32>

  /// How many words the paraphrases have; their numbers count from 1.
  let paraphraseWordCount: Int

  /// - Throws: `METEORDataError.damaged`.
  init(_ header: METEORHeader) throws {
    self.header = header
    bytes = try header.numbers(.wordBytes, as: UInt8.self)
    starts = try header.starts(.wordStarts, end: bytes.count)
    let count = starts.count - 1
    kinds = try header.numbers(.wordKinds, as: UInt32.self)
    buckets = try header.starts(.buckets, end: count)
    bits = (buckets.count - 1).trailingZeroBitCount
    allSynsets = try header.numbers(.synsets, as: UInt32.self)
    synsetStarts = try header.starts(.synsetStarts, count: count, end: allSynsets.count)
    allBases = try header.numbers(.bases, as: UInt32.self)
    baseStarts = try header.starts(.baseStarts, count: count, end: allBases.count)
    guard kinds.count == count else {
      throw header.damaged(.wordKinds, at: header.range(.wordKinds).lowerBound)
    }
    guard buckets.count - 1 == 1 << bits, bits >= 1, bits < 32 else {
      throw header.damaged(.buckets, at: header.range(.buckets).lowerBound)
    }
    if let wrong = allBases.firstIndex(where: { $0 >= count }) {
      throw header.damaged(.bases, at: header.range(.bases).lowerBound + 4 * wrong)
    }
    paraphraseWordCount = kinds.reduce(0) { greatest, kind in
      max(greatest, Int(kind & METEORLayout.Kind.paraphraseNumber))
    }
  }

  /// The index of a word, whose Java hash is known; nil for one that the data do not have.
  func index(of word: UnsafeBufferPointer<UInt8>, hash: UInt32) -> Int? {
    let bucket = METEORLayout.bucket(of: hash, bits: bits)
    for index in Int(buckets[bucket])..<Int(buckets[bucket + 1]) {
      let range = Int(starts[index])..<Int(starts[index + 1])
      if range.count == word.count,
        UnsafeBufferPointer(rebasing: bytes[range]).elementsEqual(word)
      {
        return index
      }
    }
    return nil
  }

  /// What a word is, see `METEORLayout.Kind`.
  func kind(of index: Int) -> UInt32 { kinds[index] }

  /// The synsets of a word itself.
  func synsets(of index: Int) -> Slice<UnsafeBufferPointer<UInt32>> {
    allSynsets[Int(synsetStarts[index])..<Int(synsetStarts[index + 1])]
  }

  /// The base forms of an irregular form.
  func bases(of index: Int) -> Slice<UnsafeBufferPointer<UInt32>> {
    allBases[Int(baseStarts[index])..<Int(baseStarts[index + 1])]
  }
}
