/// The n-grams of 1…4 words of every caption with their counts, and in how many images' references
/// each n-gram occurs. Made once, for all metrics that need n-grams.
package struct NGramProfiles: Sendable {
  /// The longest n-grams.
  package static let longest = 4

  /// The distinct n-grams of all captions, by caption, length and first appearance in it.
  package private(set) var ids: [UInt32] = []
  /// How often the caption has each of them.
  package private(set) var counts: [UInt32] = []
  /// Where the n-grams of n words of caption c start: at `4 * c + n - 1`; one entry more at the
  /// end.
  package private(set) var starts: [Int]
  /// In how many images' references each n-gram occurs.
  package private(set) var imageCounts: [UInt32] = []
  /// The greatest of these; 0 if no reference has a word.
  package private(set) var greatestImageCount = 0
  /// The n-grams themselves.
  package private(set) var table: NGramTable
  /// The n-gram that starts at each word of the caption at hand.
  private var here: [UInt32] = []

  init(captions: Int) {
    starts = [0]
    starts.reserveCapacity(Self.longest * captions + 1)
    ids.reserveCapacity(38 * captions)
    counts.reserveCapacity(38 * captions)
    table = NGramTable(minimumCapacity: 12 * captions)
  }

  /// Reads the next caption; `image` is nil for a hypothesis.
  mutating func append(_ words: UnsafeBufferPointer<UInt32>, ofReferencesOf image: Int?) {
    let caption = UInt32(starts.count / Self.longest)
    here.removeAll(keepingCapacity: true)
    for length in 1...Self.longest {
      for start in 0..<max(0, words.count - length + 1) {
        let word = words[start + length - 1]
        let number: UInt32
        if length == 1 {
          number = table.number(ofWord: word)
          here.append(number)
        } else {
          number = table.number(of: here[start], then: word)
          here[start] = number
        }
        count(number, caption, image)
      }
      starts.append(ids.count)
    }
  }

  private mutating func count(_ number: UInt32, _ caption: UInt32, _ image: Int?) {
    let index = Int(number)
    if table.records[index].lastCaption == caption {
      counts[Int(table.records[index].place)] += 1
      return
    }
    table.records[index].lastCaption = caption
    table.records[index].place = UInt32(ids.count)
    ids.append(number)
    counts.append(1)
    if let image, table.records[index].lastImage != UInt32(image) {
      table.records[index].lastImage = UInt32(image)
      table.records[index].imageCount += 1
    }
  }

  /// No more captions come.
  mutating func finish() {
    imageCounts = table.records.map(\.imageCount)
    greatestImageCount = Int(imageCounts.max() ?? 0)
    table.freeze()
    here = []
  }

  /// Where the n-grams of a caption are, of all lengths.
  package func range(of caption: Int) -> Range<Int> {
    starts[Self.longest * caption]..<starts[Self.longest * (caption + 1)]
  }

  /// Where the n-grams of `length` words of a caption are.
  package func range(of caption: Int, length: Int) -> Range<Int> {
    let index = Self.longest * caption + length - 1
    return starts[index]..<starts[index + 1]
  }
}
