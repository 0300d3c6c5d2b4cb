import Tensors

extension MPLUGModel: Retrieval {
  package func gallery(of texts: [TextInput], _ task: TaskProtocol) throws -> TextGallery {
    let heads = try require(network.contrastive, "the contrastive head", task.task)
    let encodable = try encodable(texts, task)
    let sequences = HiddenStates.sequences(ofLengths: encodable.ids.map(\.count))
    // COCO's 25,000 captions take a gigabyte.
    let rows = engine.spilled(sequences.last?.upperBound ?? 0, network.configuration.text.width)
    var embeddings: [Matrix] = []
    // Some at a time: between two layers the activations of those alone are held.
    for start in stride(from: 0, to: texts.count, by: 64) {
      let part = start..<min(start + 64, texts.count)
      let states = try textStates(TokenBatch(Array(encodable.ids[part])), task)
      for row in 0..<states.rows.rows {
        rows.row(sequences[start].lowerBound + row).update(
          from: states.rows.row(row), count: rows.width)
      }
      embeddings.append(heads.features(ofTexts: states, engine))
      try check(
        embeddings[embeddings.count - 1], (0..<part.count).map { $0..<$0 + 1 },
        of: Array(texts[part]), task)
      rows.letGo()
    }
    return TextGallery(
      samples: texts.map(\.sample),
      embeddings: embeddings.isEmpty
        ? engine.matrix(0, network.configuration.embedding) : engine.stack(embeddings),
      remarks: encodable.remarks,
      states: HiddenStates(rows: rows, sequences: sequences))
  }

  package func shortlists(
    of embeddings: [[Float]], and gallery: TextGallery, _ task: TaskProtocol
  ) throws -> Shortlists {
    let rule = try require(task.output.matching, task, "matching")
    let width = network.configuration.embedding
    if let index = embeddings.firstIndex(where: { $0.count != width }) {
      throw ModelError.cannot(
        model: name, task: task.task.rawValue,
        reason: "the feature \(index) has \(embeddings[index].count) numbers, not \(width)",
        remedy: "encode with the model that compares")
    }
    let visuals = engine.matrix(embeddings.count, width, embeddings.flatMap { $0 })
    return Shortlists(
      textsOfVisual: nearest(rule.shortlist, of: visuals, among: gallery.embeddings),
      visualsOfText: nearest(rule.shortlist, of: gallery.embeddings, among: visuals))
  }

  /// The nearest candidates of each query.
  private func nearest(
    _ count: Int, of queries: Matrix, among candidates: Matrix
  ) -> [[Shortlists.Entry]] {
    guard candidates.rows > 0 else { return (0..<queries.rows).map { _ in [] } }
    // Some rows of the similarities at a time: 25,000 by 5,000 are half a gigabyte.
    let step = max(1, (1 << 24) / candidates.rows)
    return stride(from: 0, to: queries.rows, by: step).flatMap { start in
      let part = queries.rows(start..<min(start + step, queries.rows))
      let similarities = ContrastiveHeads.similarities(part, candidates, engine)
      return (0..<part.rows).map { row in
        Shortlists.largest(
          count,
          of: UnsafeBufferPointer(start: similarities.row(row), count: similarities.width))
      }
    }
  }

  package func scores(
    of shortlists: Shortlists, _ gallery: TextGallery, visuals: Range<Int>, _ task: TaskProtocol,
    features: (Int) throws -> VisualFeatures, progress: (_ done: Int, _ total: Int) -> Void
  ) throws -> MatchingScores {
    let rule = try require(task.output.matching, task, "matching")
    let fusion = try require(network.fusion, "the fusion encoder", task.task)
    let head = try require(network.matching, "the matching head", task.task)
    var scores = MatchingScores(
      visuals: shortlists.textsOfVisual.count, texts: shortlists.visualsOfText.count)
    let total = shortlists.pairCount(of: visuals)
    // Some pictures at a time: all pairs of 5,000 take a quarter of a gigabyte.
    for start in stride(from: visuals.lowerBound, to: visuals.upperBound, by: 256) {
      let part = start..<min(start + 256, visuals.upperBound)
      for (visual, pairs) in zip(part, shortlists.pairs(of: part)) where !pairs.isEmpty {
        // Keys and values of the picture, once for all its texts.
        let memory = fusion.memories(image: try states(of: [features(visual)], task), engine)[0]
        // A picture may be near to thousands of texts: some at a time.
        for first in stride(from: 0, to: pairs.count, by: 256) {
          let some = pairs[first..<min(first + 256, pairs.count)]
          let (text, visible) = texts(some.map(\.text), of: gallery)
          gallery.states.rows.letGo()
          let logits = head(fusion.fusedCLS(memory, text: text, visible: visible, engine), engine)
          for (row, pair) in some.enumerated() {
            let logit = logits.row(row)[1]
            guard logit.isFinite else {
              throw ModelError.notComputable(
                sample: gallery.samples[pair.text], task: task.task.rawValue,
                what: "its score with the \(task.task.isVideo ? "video" : "picture") \(visual)",
                remedy: "the weights do not fit each other: check the checkpoint")
            }
            scores.add(
              rule.addsSimilarity ? logit + pair.similarity : logit, visual: visual, pair)
          }
          progress(scores.pairs, total)
        }
      }
    }
    return scores
  }

  /// Some texts of a gallery, one below the other.
  private func texts(
    _ indices: [Int], of gallery: TextGallery
  ) -> (states: HiddenStates, visible: [[Int]]) {
    let sequences = indices.map { gallery.states.sequences[$0] }
    let states = HiddenStates(
      rows: engine.gather(gallery.states.rows, sequences.flatMap(Array.init)),
      sequences: HiddenStates.sequences(ofLengths: sequences.map(\.count)))
    return (states, states.allRows)
  }
}
