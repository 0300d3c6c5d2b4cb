import Foundation
import Text

/// In how many images' references n-grams occur, counted over a set of images that is not the one
/// being scored, such as the COCO validation images.
///
/// An n-gram is its words, joined by one space. One that the table lacks counts as 0.
public struct DocumentFrequencies: Sendable {
  /// What the table is called in signatures, such as `coco-val`.
  public let name: String
  /// ln of the number of images that the table was counted over.
  public let logImageCount: Double

  private var ngrams = InternedStrings()
  private var counts: [Double] = []

  /// An empty table that was counted over a number of images.
  public init(name: String, imageCount: Int) {
    self.name = name
    logImageCount = log(Double(imageCount))
  }

  /// How many n-grams the table holds.
  public var count: Int { ngrams.count }

  /// Sets the count of an n-gram.
  public mutating func set(_ ngram: String, to count: Double) {
    var ngram = ngram
    ngram.withUTF8 { set($0, to: count) }
  }

  /// Sets the count of an n-gram.
  package mutating func set(_ ngram: UnsafeBufferPointer<UInt8>, to count: Double) {
    let number = Int(ngrams.intern(ngram))
    if number == counts.count { counts.append(count) } else { counts[number] = count }
  }

  /// The count of an n-gram, 0 if the table lacks it.
  package func count(of ngram: UnsafeBufferPointer<UInt8>) -> Double {
    ngrams.number(of: ngram).map { counts[Int($0)] } ?? 0
  }

  /// The counts of all n-grams of a corpus.
  func counts(of corpus: CaptionCorpus) -> [Double] {
    var words: [UInt32] = []
    var text: [UInt8] = []
    let records = corpus.ngrams.table.records
    return records.map { record in
      words.removeAll(keepingCapacity: true)
      words.append(record.word)
      var before = record.before
      while before != NGramTable.none {
        words.append(records[Int(before)].word)
        before = records[Int(before)].before
      }
      text.removeAll(keepingCapacity: true)
      for word in words.reversed() {
        if !text.isEmpty { text.append(0x20) }
        corpus.vocabulary.withBytes(of: word) { text.append(contentsOf: $0) }
      }
      return text.withUnsafeBufferPointer { count(of: $0) }
    }
  }
}
