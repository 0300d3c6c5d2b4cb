import Foundation

/// The computation that both forms of CIDEr share.
struct CIDErScorer {
  /// CIDEr-D: minimum of the weights, and the length factor.
  let clipped: Bool
  /// Frequencies from outside; those of the corpus if nil.
  let frequencies: DocumentFrequencies?

  private static let orders = NGramProfiles.longest
  private static let sigma = 6.0

  /// The weights of a caption's n-grams and their norms by length.
  private struct Vector {
    var weights: [Double] = []
    var norms = SIMD4<Double>()
  }

  /// Weights by class of n-gram: n-grams of one class have the same document frequency.
  private struct Weights {
    /// The class of each n-gram.
    var classes: [UInt32]
    /// Weight of an n-gram that occurs once, and its square.
    var once: [(weight: Double, square: Double)]

    init(logImageCount: Double, classes: [UInt32], frequencies: some Sequence<Double>) {
      self.classes = classes
      once = frequencies.map { frequency in
        let weight = logImageCount - log(max(1, frequency))
        // The original squares by pow, which is not always the rounded product.
        return (weight, pow(weight, 2))
      }
    }
  }

  func score(of corpus: CaptionCorpus, name: String, signature: Signature) throws -> MetricScore {
    let weights = try weights(of: corpus, name: name)
    let samples = samples(of: corpus, 0..<corpus.count, weights)
    if let bad = samples.firstIndex(where: { !$0.isFinite }) {
      throw MetricError.notFinite(what: name, sample: bad)
    }
    let source = frequencies.map { "external@\($0.name)" } ?? "corpus"
    let notes =
      frequencies == nil && corpus.count == 1
      ? ["\(name) of a single image is 0 by definition: its document frequencies weigh nothing"]
      : []
    return MetricScore(
      name: name, value: NumpyMean.mean(samples), samples: samples,
      statistics: .mean(of: samples), count: corpus.count,
      signature: signature.adding("df", source), notes: notes)
  }

  /// What one image's caption gets against each of its references: the image's score is their mean,
  /// but for the last digits, which the order of the sums decides.
  ///
  /// - Throws: `MetricError.noReferenceWord`.
  func referenceScores(of corpus: CaptionCorpus, image: Int, name: String) throws -> [Double] {
    var scores: [Double] = []
    _ = samples(of: corpus, image..<image + 1, try weights(of: corpus, name: name)) { values in
      let sum = ((values[0] + values[1]) + values[2]) + values[3]
      scores.append(sum / Double(Self.orders) * 10)
    }
    return scores
  }

  private func weights(of corpus: CaptionCorpus, name: String) throws -> Weights {
    guard let frequencies else {
      guard corpus.ngrams.greatestImageCount > 0 else {
        throw MetricError.noReferenceWord(metric: name)
      }
      return Weights(
        logImageCount: log(Double(corpus.count)), classes: corpus.ngrams.imageCounts,
        frequencies: (0...corpus.ngrams.greatestImageCount).lazy.map { Double($0) })
    }
    var classOf: [Double: UInt32] = [:]
    var distinct: [Double] = []
    let classes = frequencies.counts(of: corpus).map { count in
      if let known = classOf[count] { return known }
      let new = UInt32(distinct.count)
      classOf[count] = new
      distinct.append(count)
      return new
    }
    return Weights(
      logImageCount: frequencies.logImageCount, classes: classes, frequencies: distinct)
  }

  /// The scores of some images.
  ///
  /// - Parameter each: Is given what each reference adds to the sums of the four orders.
  private func samples(
    of corpus: CaptionCorpus, _ images: Range<Int>, _ weights: Weights,
    each: ((_ values: SIMD4<Double>) -> Void)? = nil
  ) -> [Double] {
    let ngrams = corpus.ngrams
    var samples: [Double] = []
    samples.reserveCapacity(images.count)
    var index = LocalIndex()
    var own = Vector()
    var other = Vector()
    var matches: [Double] = []
    var lengthFactors: [Double] = []
    for image in images {
      let hypothesis = corpus.captionStarts[image]
      let references = (hypothesis + 1)..<corpus.captionStarts[image + 1]
      let places = ngrams.range(of: hypothesis)
      Self.weigh(hypothesis, of: ngrams, weights, into: &own)
      index.clear(for: places.count)
      for place in places { index.insert(ngrams.ids[place], at: place - places.lowerBound) }
      let length = max(0, corpus.wordCount(of: hypothesis) - 1)
      var sums = SIMD4<Double>()
      for reference in references {
        Self.weigh(reference, of: ngrams, weights, into: &other)
        matches.removeAll(keepingCapacity: true)
        matches.append(contentsOf: repeatElement(0, count: places.count))
        let otherPlaces = ngrams.range(of: reference)
        for otherPlace in otherPlaces {
          let place = index.place(of: ngrams.ids[otherPlace])
          if place >= 0 { matches[place] = other.weights[otherPlace - otherPlaces.lowerBound] }
        }
        let distance = abs(length - max(0, corpus.wordCount(of: reference) - 1))
        let factor = clipped ? Self.lengthFactor(distance, &lengthFactors) : 1
        var added = SIMD4<Double>()
        for order in 0..<Self.orders {
          var value = 0.0
          // In the hypothesis's order; n-grams that the reference lacks would add a zero.
          for place in ngrams.range(of: hypothesis, length: order + 1) {
            let match = matches[place - places.lowerBound]
            let weight = own.weights[place - places.lowerBound]
            value += (clipped ? min(weight, match) : weight) * match
          }
          if own.norms[order] != 0, other.norms[order] != 0 {
            value /= own.norms[order] * other.norms[order]
          }
          added[order] = clipped ? value * factor : value
          sums[order] += added[order]
        }
        each?(added)
      }
      let mean = (((sums[0] + sums[1]) + sums[2]) + sums[3]) / Double(Self.orders)
      samples.append(mean / Double(references.count) * 10)
    }
    return samples
  }

  private static func weigh(
    _ caption: Int, of ngrams: NGramProfiles, _ weights: Weights, into vector: inout Vector
  ) {
    vector.weights.removeAll(keepingCapacity: true)
    for order in 0..<orders {
      var sum = 0.0
      for place in ngrams.range(of: caption, length: order + 1) {
        let once = weights.once[Int(weights.classes[Int(ngrams.ids[place])])]
        let count = ngrams.counts[place]
        if count == 1 {
          vector.weights.append(once.weight)
          sum += once.square
        } else {
          let weight = Double(count) * once.weight
          vector.weights.append(weight)
          sum += pow(weight, 2)
        }
      }
      vector.norms[order] = sum.squareRoot()
    }
  }

  /// e^(-distance² / (2σ²)), remembered by distance.
  private static func lengthFactor(_ distance: Int, _ known: inout [Double]) -> Double {
    let power = { (distance: Int) in
      pow(2.718281828459045, -pow(Double(distance), 2) / (2 * pow(sigma, 2)))
    }
    guard distance < 1024 else { return power(distance) }
    while known.count <= distance { known.append(power(known.count)) }
    return known[distance]
  }
}
