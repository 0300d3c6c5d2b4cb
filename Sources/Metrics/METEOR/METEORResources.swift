/// METEOR's data: function words, prefixes, synsets, irregular forms and paraphrases, where they lie
/// in the memory of somebody else, usually a mapped file.
///
/// Opening checks sizes and all but the paraphrases, some milliseconds; of those each block is
/// checked before it is used, so that only the pages of a file are read that the captions need.
public struct METEORResources: Sendable {
  /// What errors call the data: the file's name.
  public let name: String
  /// SHA-256 of the data from which they were compiled, in hexadecimal. The same METEOR files give
  /// the same digest wherever they come from.
  public let digest: String

  /// How many bytes they take.
  public var size: Int { header.bytes.count }

  let header: METEORHeader
  let words: METEORWordTable
  let phrases: METEORPhraseTree
  let normalizer: METEORNormalizer

  /// Opens compiled data.
  ///
  /// - Parameters:
  ///   - bytes: the whole file, in memory that is aligned to 8 bytes and that nobody changes.
  ///   - owner: keeps the memory alive.
  ///   - name: what errors call it.
  /// - Throws: `METEORDataError`.
  public init(
    _ bytes: UnsafeRawBufferPointer, owner: any AnyObject & Sendable, name: String
  ) throws {
    header = try METEORHeader(bytes, owner: owner, name: name)
    self.name = name
    digest = header.digest
    try header.checkSections(before: .paraphrases)
    words = try METEORWordTable(header)
    phrases = try METEORPhraseTree(header, wordCount: words.paraphraseWordCount)
    normalizer = METEORNormalizer(
      prefixes: try header.lines(.prefixes), numberPrefixes: try header.lines(.numberPrefixes))
  }
}
