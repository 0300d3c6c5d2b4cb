/// How METEOR's data lie in a compiled file: a header with the places of the sections and a checksum
/// for each block, then the sections. Little endian; sections begin at multiples of 64 bytes.
///
/// | bytes | content |
/// | --- | --- |
/// | 0 | magic, 8 bytes |
/// | 8 | version, 4 bytes; then the byte order mark 0x01020304, 4 bytes |
/// | 16 | size of the file; then size of the header, 8 bytes each |
/// | 32 | SHA-256 of the data from which it was made, 32 bytes |
/// | 64 | checksum of the header, this field taken as 0, 8 bytes |
/// | 72 | start and size in bytes of each section, 8 bytes each |
/// | then | checksum of each block of 64 KiB from the end of the header on, 8 bytes each |
package enum METEORLayout {
  /// The first bytes of a compiled file.
  package static let magic = Array("mpMETEOR".utf8)
  /// Changes with anything here, and with what a builder makes of the same data.
  package static let version: UInt32 = 1
  /// Reads as another number where the bytes of numbers stand in another order.
  package static let byteOrderMark: UInt32 = 0x0102_0304
  /// Sections begin at multiples of it.
  package static let alignment = 64

  /// Where the fields of the header stand.
  package enum Place {
    /// Of the layout: 4 bytes.
    package static let version = 8
    /// 4 bytes.
    package static let byteOrderMark = 12
    /// 8 bytes.
    package static let fileSize = 16
    /// 8 bytes.
    package static let headerSize = 24
    /// Of the data: 32 bytes.
    package static let digest = 32
    /// Of the header: 8 bytes.
    package static let checksum = 64
    /// Start and size of each section: 16 bytes.
    package static let sections = 72
    /// The checksum of each block: 8 bytes.
    package static let blocks = sections + 16 * Section.allCases.count
  }

  /// The sections, in the order in which they lie.
  package enum Section: Int, CaseIterable, Sendable {
    /// Where each bucket of words begins, and the end: 32 bits. Their number is a power of two.
    case buckets
    /// Where each word's bytes begin, and the end: 32 bits. Words are sorted by bucket.
    case wordStarts
    /// The words in UTF-8.
    case wordBytes
    /// What each word is: 32 bits, see `Kind`.
    case wordKinds
    /// Where each word's synsets begin, and the end: 32 bits.
    case synsetStarts
    /// The synsets of the words: 32 bits.
    case synsets
    /// Where each word's base forms begin, and the end: 32 bits.
    case baseStarts
    /// The base forms of irregular forms, as indexes of words: 32 bits.
    case bases
    /// Words behind which a period stays, each followed by LF.
    case prefixes
    /// Those behind which it stays before a number, each followed by LF.
    case numberPrefixes
    /// The node of the phrases that begin with each paraphrase word, 0 for none: 32 bits.
    case firstNodes
    /// The last word of each node: 16 bits. Node 0 is the root of the tree of phrases; the nodes
    /// follow level by level, those of one parent sorted by word.
    case nodeWords
    /// Where each node's children begin, and the end: 32 bits.
    case nodeChildren
    /// Where each node's paraphrases begin, and the end, counted in numbers of `paraphrases`: 32
    /// bits.
    case nodeParaphrases
    /// The paraphrases of each phrase in the order of the table: how many words, then the words:
    /// 16 bits each.
    case paraphrases
  }

  /// What the bits of a word's kind say.
  package enum Kind {
    /// The number of the word in paraphrases, from 1; 0 for a word that no paraphrase has.
    package static let paraphraseNumber: UInt32 = 0xFFFF
    /// A function word.
    package static let isFunction: UInt32 = 1 << 16
    /// A word of the synset table.
    package static let hasSynsets: UInt32 = 1 << 17
    /// An irregular form of other words.
    package static let hasBases: UInt32 = 1 << 18
  }

  /// The bucket of a word, of `1 << bits`.
  package static func bucket(of hash: UInt32, bits: Int) -> Int {
    // Java's hash differs most in its low bits; the product carries them up.
    Int((hash &* 0x9E37_79B1) >> UInt32(32 - bits))
  }

  /// The next place at which a section may begin.
  package static func aligned(_ place: Int) -> Int {
    (place + alignment - 1) / alignment * alignment
  }

  /// How many blocks some bytes make.
  package static func blockCount(_ size: Int) -> Int {
    (size + BlockChecksum.blockSize - 1) / BlockChecksum.blockSize
  }
}
