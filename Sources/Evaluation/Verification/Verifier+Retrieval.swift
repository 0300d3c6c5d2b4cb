import Media
import Metrics
import Models
import Records
import Tensors
import Text

extension Verifier {
  /// Retrieval over pictures.
  func verifyRetrieval(_ task: FixtureTask, _ checks: inout TaskChecks) throws {
    let settings = try retrievalSettings(task, .retrieval)
    let pictures = try pictures(task, settings)
    let (visual, projected) = try seen(pictures)
    try checks.numbers("visual", visual.rows, limit: VerificationLimit.states)
    try checks.numbers("image_embeds", projected.rows, limit: VerificationLimit.states)
    let texts = try paddedCaptions(task, settings, &checks)
    try checks.numbers("text_embeds", encoded(texts).rows, limit: VerificationLimit.states)
    let shortlists = try compareScores(
      task, settings, features(of: pictures, settings), side: .image,
      imageOfText: task.integers("txt2img"), &checks)
    // The first picture with its texts, the most similar first.
    let entries = shortlists.textsOfVisual.first ?? []
    let batch = TokenBatch(
      entries.map { entry in
        zip(texts.ids[Int(entry.index)], texts.mask[Int(entry.index)]).filter(\.1).map(\.0)
      })
    let fusion = try loaded(model.network.fusion, "fusion encoder")
    let encoder = try loaded(model.network.text, "text encoder")
    let memory = fusion.memories(image: projected.items(0..<min(1, pictures.count)), engine)
    guard let memory = memory.first, !entries.isEmpty else { return }
    let fused = fusion.fusedCLS(
      memory, text: try encoder(batch, engine), visible: batch.visible, engine)
    try checks.numbers("fusion_text_cls_i2t0", fused, limit: VerificationLimit.fusion)
  }

  /// Retrieval over videos.
  func verifyVideoRetrieval(_ task: FixtureTask, _ checks: inout TaskChecks) throws {
    let settings = try retrievalSettings(task, .videoRetrieval)
    let videos = try videos(task, settings)
    _ = try paddedCaptions(task, settings, &checks)
    _ = try compareScores(
      task, settings, features(of: videos, settings), side: .video,
      imageOfText: Array(videos.indices), &checks)
  }

  private func retrievalSettings(
    _ task: FixtureTask, _ kind: ModelTask
  ) throws -> TaskProtocol {
    var settings = try settings(task, kind)
    settings.output = .matching(
      MatchingRule(
        shortlist: try task.integer("k_test", 1...1_000_000), addsSimilarity: kind.isVideo))
    settings.text?.ids = try task.integer("max_length", 2...512)
    return settings
  }

  /// The cleaned captions as ids, compared.
  private func paddedCaptions(
    _ task: FixtureTask, _ settings: TaskProtocol, _ checks: inout TaskChecks
  ) throws -> WordPiecePadding {
    let words = settings.text?.words ?? .max
    let texts = try task.strings("captions_raw").map {
      MPLUGTextCleaning.caption($0, words: words)
    }
    checks.identical("captions", texts, try task.strings("captions"))
    let length = settings.text?.ids
    let padded = WordPiecePadding(
      texts.map { model.tokenizer.ids(of: $0, limit: length).ids }, to: length)
    try compare(padded, "text_ids", "text_mask", &checks)
    return padded
  }

  /// Features, similarities, shortlists, scores and rankings by the task's own functions.
  private func compareScores(
    _ task: FixtureTask, _ settings: TaskProtocol, _ features: [VisualFeatures],
    side: RetrievalSide, imageOfText: [Int], _ checks: inout TaskChecks
  ) throws -> Shortlists {
    let gallery = try model.gallery(
      of: task.strings("captions_raw").enumerated().map {
        TextInput(sample: "\(task.name) \($0)", $1)
      }, settings)
    let embeddings = features.map { $0.embedding ?? [] }
    let visual = engine.matrix(
      embeddings.count, configuration.embedding, embeddings.flatMap { $0 })
    let limit = VerificationLimit.similarities
    try checks.numbers(side == .image ? "image_feat" : "video_feat", visual, limit: limit)
    try checks.numbers("text_feat", gallery.embeddings, limit: limit)
    let similarities = ContrastiveHeads.similarities(visual, gallery.embeddings, engine)
    try checks.numbers("similarity", similarities, limit: limit)
    let shortlists = try model.shortlists(of: embeddings, and: gallery, settings)
    let shards = try batches(features.count).map { range in
      try model.scores(
        of: shortlists, gallery, visuals: range, settings, features: { features[$0] },
        progress: { _, _ in })
    }
    guard let scores = MatchingScores.merged(shards) else { return shortlists }
    let names = side == .image ? ("score_i2t", "score_t2i") : ("score_v2t", "score_t2v")
    try compare(scores.visuals, names.0, width: gallery.count, task, &checks)
    try compare(scores.texts, names.1, width: features.count, task, &checks)
    try compareMetrics(task, scores, side, imageOfText, &checks)
    return shortlists
  }

  /// Scores of one direction, the candidates that were scored, and their order.
  private func compare(
    _ rows: [MatchingScores.Row], _ name: String, width: Int, _ task: FixtureTask,
    _ checks: inout TaskChecks
  ) throws {
    try checks.numbers(
      name, rows.flatMap(\.dense), width: width, limit: VerificationLimit.scores)
    let golden = try task.tensors.floats(name)
    guard golden.shape == [rows.count, width] else { return }
    let goldenRows = rows.indices.map { Array(golden.values[$0 * width..<($0 + 1) * width]) }
    checks.identical(
      "\(name): shortlists", rows.map(\.candidates),
      goldenRows.map { row in row.indices.filter { row[$0] != MatchingScores.unscored } })
    checks.identical("\(name): rankings", rows.map { ranking($0.dense) }, goldenRows.map(ranking))
  }

  /// The candidates that were scored, the best first.
  private func ranking(_ row: [Float]) -> [Int] {
    row.indices.filter { row[$0] != MatchingScores.unscored }
      .sorted { row[$0] > row[$1] || (row[$0] == row[$1] && $0 < $1) }
  }

  /// The metrics of the manifest, from our scores. Candidates without a score are equal, and the
  /// original's order of equals depends on numpy and the processor: a metric may be what the best and
  /// the worst order give, or lie between them.
  private func compareMetrics(
    _ task: FixtureTask, _ scores: MatchingScores, _ side: RetrievalSide, _ imageOfText: [Int],
    _ checks: inout TaskChecks
  ) throws {
    guard imageOfText.count == scores.texts.count,
      imageOfText.allSatisfy({ scores.visuals.indices.contains($0) })
    else { throw task.bad("txt2img", "names for each text no picture of the list") }
    var found: [String: [Double]] = [:]
    for tiesComeFirst in [false, true] {
      func ranks(_ rows: [MatchingScores.Row], _ isRight: (Int, Int) -> Bool) -> QueryRanks {
        QueryRanks(
          queries: Array(rows.indices),
          ranks: rows.enumerated().map { query, row in
            rank(row.dense, tiesComeFirst: tiesComeFirst) { isRight(query, $0) }
          })
      }
      let ranks = RetrievalRanks(
        side: side, origin: .bothMatrices,
        ofImages: ranks(scores.visuals) { imageOfText[$1] == $0 },
        ofTexts: ranks(scores.texts) { imageOfText[$0] == $1 })
      for score in try RetrievalRecall().scores(of: ranks) + MedianRank().scores(of: ranks) {
        found[score.name == MedianRank.card.name ? "vid_mdR" : score.name, default: []]
          .append(score.value)
      }
    }
    let golden = try task.required(task.values["metrics"]?.object, "metrics", "an object")
    for member in golden.sorted {
      let value = try task.required(member.value.double, "metrics.\(member.key)", "a number")
      checks.metric("metrics.\(member.key)", value, among: found[member.key] ?? [])
    }
  }

  /// How many candidates stand before the best right one.
  ///
  /// - Parameter tiesComeFirst: whether wrong ones with its score do.
  private func rank(_ row: [Float], tiesComeFirst: Bool, isRight: (Int) -> Bool) -> Int? {
    guard let best = row.indices.filter(isRight).map({ row[$0] }).max() else { return nil }
    return row.indices.count {
      row[$0] > best || tiesComeFirst && row[$0] == best && !isRight($0)
    }
  }
}
