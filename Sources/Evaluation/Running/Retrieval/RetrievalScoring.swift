import Datasets
import Models
import Records

/// Compares all images or clips with all texts, and scores the pairs of those that a part has.
struct RetrievalScoring {
  /// What ends a block, which goes into the journal as a whole: what a kill costs at most.
  private static let blockVisuals = 64
  private static let blockPairs = 4096

  private let job: RetrievalJob
  private let gallery: TextGallery
  /// Those that could be seen, by their places in the comparison.
  private let visuals: [Int]
  private let media: [String]
  private let shortlists: Shortlists
  /// Codes of remarks on texts, by the place of the visual that is most similar to them.
  private let textRemarks: [Int: Set<String>]

  /// Compares.
  ///
  /// - Throws: `ModelError`, `KeyedTensorsError`.
  init(_ job: RetrievalJob, texts: [TextGalleryFile], visuals parts: [EncodedVisuals]) throws {
    self.job = job
    gallery = try TextGallery(
      texts, samples: job.samples.texts.indices.map { "text:\($0)" })
    visuals = parts.flatMap(\.visuals)
    media = parts.flatMap(\.media)
    job.report("compare", job.noun, done: 0, of: visuals.count)
    shortlists = try job.model.shortlists(
      of: parts.flatMap(\.embeddings), and: gallery, job.task)
    // Said once, in the line of the same visual for any number of parts.
    var textRemarks: [Int: Set<String>] = [:]
    for (text, remarks) in gallery.remarks.enumerated() where !remarks.isEmpty {
      guard let place = shortlists.visualsOfText[text].first?.index else { continue }
      textRemarks[Int(place), default: []].formUnion(remarks.map(\.code))
    }
    self.textRemarks = textRemarks
  }

  /// Scores what is not in the journal, block by block.
  ///
  /// - Throws: `ModelError`, `RecordError` where the journal cannot be written, and what `encoding`
  ///   throws for features that must be made anew.
  func score(
    _ journal: Journal, answered: Set<SampleID>, _ encoding: VisualEncoding
  ) throws {
    let own = visuals.indices.filter { job.visuals.contains(visuals[$0]) }
    let left = own.filter { !answered.contains(job.samples.samples[visuals[$0]].id) }
    for place in left where encoding.seen.known[visuals[place]]?.media != media[place] {
      throw encoding.changed(visuals[place])
    }
    let counts = left.map { shortlists.pairCount(of: $0..<$0 + 1) }
    let total = own.isEmpty ? 0 : shortlists.pairCount(of: own[0]..<own[own.count - 1] + 1)
    let before = total - counts.reduce(0, +)
    var done = before
    for block in Self.blocks(left, counts) {
      let scores = try job.model.scores(
        of: shortlists, gallery, visuals: block, job.task,
        features: { try encoding.features(of: visuals[$0]) },
        progress: { some, _ in
          job.report("score pairs", "pairs", before: before, done: done + some, of: total)
        })
      let pairs = shortlists.pairs(of: block)
      try journal.append(
        zip(block, pairs).map { place, pairs in
          line(place, pairs, scores, encoding.seen.known[visuals[place]]?.remarks ?? [])
        })
      done += scores.pairs
      job.report("score pairs", "pairs", before: before, done: done, of: total)
    }
  }

  /// Consecutive places with some pairs together.
  private static func blocks(_ places: [Int], _ counts: [Int]) -> [Range<Int>] {
    var blocks: [Range<Int>] = []
    var pairs = 0
    for (place, count) in zip(places, counts) {
      if let last = blocks.last, last.upperBound == place, last.count < blockVisuals,
        pairs + count <= blockPairs
      {
        blocks[blocks.count - 1] = last.lowerBound..<place + 1
        pairs += count
      } else {
        blocks.append(place..<place + 1)
        pairs = count
      }
    }
    return blocks
  }

  /// The line of a visual: all of its pairs, the texts ascending.
  private func line(
    _ place: Int, _ pairs: [Shortlists.Pair], _ scores: MatchingScores, _ remarks: [String]
  ) -> JSONObject {
    var letters = ""
    for pair in pairs {
      letters += pair.isForVisual && pair.isForText ? "b" : pair.isForVisual ? "v" : "t"
    }
    var line = JSONObject([
      ("image", job.samples.samples[visuals[place]].id.json),
      ("texts", .array(pairs.map { .int($0.text) })),
      (
        "scores",
        .array(pairs.map { .score(scores.score(visual: place, text: $0.text) ?? .nan) })
      ),
      ("lists", .string(letters)),
    ])
    let all = (remarks + (textRemarks[place]?.sorted() ?? [])).uniqued()
    if !all.isEmpty { line["remarks"] = .strings(all) }
    line["media"] = .strings([media[place]])
    return line
  }
}

extension JSONValue {
  /// The shortest number that reads back as the same float32. What is no number cannot be written.
  fileprivate static func score(_ score: Float) -> JSONValue {
    if let short = Double("\(score)"), Float(short) == score { return .double(short) }
    return .double(Double(score))
  }
}
