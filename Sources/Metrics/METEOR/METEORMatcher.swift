/// Lists the matches between a hypothesis and a reference.
///
/// Quirks kept: words and stems are equal if Java's hash of them is; if all words are equal only
/// exact matches are listed; a pair that stands in the paraphrase table in both directions is listed
/// twice, and then none of the two is certain.
struct METEORMatcher {
  private let corpus: METEORCorpus
  /// The last place of each key, stem and word in the hypothesis that is held, -1 for none. Chains
  /// lead from it to the others.
  private var keys: PlaceChains
  private var stems: PlaceChains
  private var places: PlaceChains
  private var hypothesis = 0
  private var hypothesisFilter = METEORPhraseFilter()
  private var referenceFilter = METEORPhraseFilter()
  private var synonymPlaces: [Int32] = []
  private var listed: [METEORMatch] = []

  /// The matches, by their places in the reference, of one place in the order in which they are
  /// found.
  private(set) var matches: [METEORMatch] = []
  /// Where the matches of each place in the reference start, and the end.
  private(set) var matchStarts: [Int] = []
  /// How many matches cover each word of the reference.
  private(set) var referenceCoverage: [Int32] = []
  /// How many matches cover each word of the hypothesis.
  private(set) var hypothesisCoverage: [Int32] = []

  init(_ corpus: METEORCorpus) {
    self.corpus = corpus
    keys = PlaceChains(classes: corpus.vocabulary.count)
    stems = PlaceChains(classes: corpus.vocabulary.count)
    places = PlaceChains(classes: corpus.vocabulary.count)
  }

  /// Takes a caption as the hypothesis of what comes.
  mutating func hold(_ caption: Int) {
    hypothesis = caption
    keys.clear()
    stems.clear()
    places.clear()
    for word in corpus.words(of: caption) {
      keys.append(corpus.vocabulary.keys[Int(word)])
      stems.append(corpus.vocabulary.stems[Int(word)])
      places.append(word)
    }
    keys.link()
    stems.link()
    places.link()
    hypothesisFilter.hold(corpus.numbers(of: caption), longest: corpus.phrases.longest)
  }

  /// Lists the matches of the hypothesis with a reference.
  mutating func list(_ reference: Int) {
    let words = corpus.words(of: reference)
    listed.removeAll(keepingCapacity: true)
    let isEqual = equalsHypothesis(words)
    for (place, word) in words.enumerated() {
      listExact(word, place)
      if isEqual { continue }
      listStems(word, place)
      listSynonyms(word, place)
    }
    if !isEqual {
      listParaphrases(of: reference)
      referenceFilter.hold(corpus.numbers(of: reference), longest: corpus.phrases.longest)
      listParaphrases(ofHypothesisIn: reference)
    }
    sort(places: words.count)
  }

  private func equalsHypothesis(_ words: ArraySlice<UInt32>) -> Bool {
    guard words.count == keys.count else { return false }
    for (place, word) in words.enumerated()
    where keys.classes[place] != corpus.vocabulary.keys[Int(word)] {
      return false
    }
    return true
  }

  private mutating func list(_ place: Int, _ other: Int, _ module: METEORModule) {
    list(place, 1, other, 1, module)
  }

  private mutating func list(
    _ place: Int, _ length: Int, _ other: Int, _ otherLength: Int, _ module: METEORModule
  ) {
    listed.append(
      METEORMatch(reference: place, length, hypothesis: other, otherLength, module))
  }

  private mutating func listExact(_ word: UInt32, _ place: Int) {
    var other = keys.first(of: corpus.vocabulary.keys[Int(word)])
    while other >= 0 {
      list(place, Int(other), .exact)
      other = keys.next(after: other)
    }
  }

  private mutating func listStems(_ word: UInt32, _ place: Int) {
    let key = corpus.vocabulary.keys[Int(word)]
    var other = stems.first(of: corpus.vocabulary.stems[Int(word)])
    while other >= 0 {
      if keys.classes[Int(other)] != key { list(place, Int(other), .stem) }
      other = stems.next(after: other)
    }
  }

  private mutating func listSynonyms(_ word: UInt32, _ place: Int) {
    let key = corpus.vocabulary.keys[Int(word)]
    synonymPlaces.removeAll(keepingCapacity: true)
    for index in corpus.vocabulary.synonyms(of: word) {
      var other = places.first(of: corpus.vocabulary.synonyms[index])
      while other >= 0 {
        if keys.classes[Int(other)] != key { synonymPlaces.append(other) }
        other = places.next(after: other)
      }
    }
    if synonymPlaces.count > 1 { synonymPlaces.sort() }
    for other in synonymPlaces { list(place, Int(other), .synonym) }
  }

  /// Phrases of the reference whose paraphrases stand in the hypothesis.
  private mutating func listParaphrases(of reference: Int) {
    for index in corpus.phrases.occurrences(of: reference) {
      let phrase = corpus.phrases.occurrences[index]
      for index in corpus.phrases.paraphrases(of: phrase.phrase) {
        let paraphrase = corpus.phrases.paraphrases[index]
        guard hypothesisFilter.mayHold(paraphrase.bit) else { continue }
        for other in 0..<keys.count where stands(paraphrase, at: other, in: hypothesis) {
          list(
            Int(phrase.start), Int(phrase.length), other, Int(paraphrase.length), .paraphrase)
        }
      }
    }
  }

  /// Phrases of the hypothesis whose paraphrases stand in the reference.
  private mutating func listParaphrases(ofHypothesisIn reference: Int) {
    let count = corpus.words(of: reference).count
    for index in corpus.phrases.occurrences(of: hypothesis) {
      let phrase = corpus.phrases.occurrences[index]
      for index in corpus.phrases.paraphrases(of: phrase.phrase) {
        let paraphrase = corpus.phrases.paraphrases[index]
        guard referenceFilter.mayHold(paraphrase.bit) else { continue }
        for place in 0..<count where stands(paraphrase, at: place, in: reference) {
          list(
            place, Int(paraphrase.length), Int(phrase.start), Int(phrase.length), .paraphrase)
        }
      }
    }
  }

  /// Whether a paraphrase stands at a place of a caption.
  @inline(__always)
  private func stands(
    _ paraphrase: METEORPhrases.Paraphrase, at place: Int, in caption: Int
  ) -> Bool {
    let start = corpus.starts[caption] + place
    let length = Int(paraphrase.length)
    guard start + length <= corpus.starts[caption + 1] else { return false }
    for offset in 0..<length
    where corpus.numbers[start + offset]
      != corpus.phrases.paraphraseWords[Int(paraphrase.start) + offset]
    {
      return false
    }
    return true
  }

  /// Whether no other match covers a word of a match.
  func isUncontested(_ match: METEORMatch) -> Bool {
    for place in match.referenceStart..<match.referenceStart + match.referenceLength
    where referenceCoverage[place] != 1 { return false }
    for place in match.hypothesisStart..<match.hypothesisStart + match.hypothesisLength
    where hypothesisCoverage[place] != 1 { return false }
    return true
  }

  /// Brings the listed matches into the order of their places in the reference.
  private mutating func sort(places count: Int) {
    matchStarts.removeAll(keepingCapacity: true)
    matchStarts.append(contentsOf: repeatElement(0, count: count + 1))
    referenceCoverage.removeAll(keepingCapacity: true)
    referenceCoverage.append(contentsOf: repeatElement(0, count: count))
    hypothesisCoverage.removeAll(keepingCapacity: true)
    hypothesisCoverage.append(contentsOf: repeatElement(0, count: keys.count))
    for match in listed {
      matchStarts[match.referenceStart + 1] += 1
      for place in match.referenceStart..<match.referenceStart + match.referenceLength {
        referenceCoverage[place] += 1
      }
      for place in match.hypothesisStart..<match.hypothesisStart + match.hypothesisLength {
        hypothesisCoverage[place] += 1
      }
    }
    for place in 0..<count { matchStarts[place + 1] += matchStarts[place] }
    matches.removeAll(keepingCapacity: true)
    matches.append(contentsOf: listed)
    // From the back, so that matches of one place keep their order; the starts come out right.
    var ends = matchStarts
    for match in listed.reversed() {
      ends[match.referenceStart + 1] -= 1
      matches[ends[match.referenceStart + 1]] = match
    }
  }
}
