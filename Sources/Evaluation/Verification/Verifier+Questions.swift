import Media
import Models
import Records
import Tensors
import Text

extension Verifier {
  /// Questions about pictures: answers in own words, and of a list.
  func verifyQuestions(_ task: FixtureTask, _ checks: inout TaskChecks) throws {
    var settings = try settings(task, .vqa)
    settings.output = .text(try rule(task))
    let pictures = try pictures(task, settings)
    if let first = pictures.first {
      try checks.numbers(
        "image", first.values, width: first.width, limit: VerificationLimit.arithmetic)
    }
    let (visual, projected) = try seen(pictures)
    try checks.numbers("visual", visual.rows, limit: VerificationLimit.states)
    try checks.numbersIfThere("image_embeds", projected.rows, limit: VerificationLimit.states)
    let features = try features(of: pictures, settings)
    let (questions, fused) = try questions(task, settings, projected, features, &checks)
    let answers = try batches(questions.count).flatMap {
      try model.answers(to: Array(questions[$0]), settings)
    }
    try compare(
      task, rule(task), memories(fused.joint), generated: answers, texts: "answers", &checks)
    _ = try rank(task, settings, questions, kept: "rank_k", &checks)
  }

  /// Questions about videos: answers of a list.
  func verifyVideoQuestions(_ task: FixtureTask, _ checks: inout TaskChecks) throws {
    let settings = try settings(task, .videoQA)
    let videos = try videos(task, settings)
    let (_, frames) = try seen(videos.flatMap(\.pictures))
    let features = try features(of: videos, settings)
    let (questions, fused) = try questions(
      task, settings, frames.joined(every: settings.frames ?? 1), features, &checks)
    let decoder = try loaded(model.network.decoder, "decoder")
    let memories = try memories(fused.joint)
    let logits = try batches(memories.count).map { range in
      try decoder.start(Array(memories[range]), tokensPerItem: 1, engine)
        .start(range.map { _ in [WordPieceToken.start.rawValue] })
    }
    try checks.numbers("start_logits", engine.stack(logits), limit: VerificationLimit.logits)
    let ranked = try rank(task, settings, questions, kept: "k_test", &checks)
    checks.identical("predicted", ranked.map(\.text), try task.strings("predicted"))
  }

  /// The questions of a task and their fused states, compared.
  private func questions(
    _ task: FixtureTask, _ settings: TaskProtocol, _ tokens: HiddenStates,
    _ features: [VisualFeatures], _ checks: inout TaskChecks
  ) throws -> ([VisualText], Fused) {
    let texts = try task.strings("questions")
    let questions = try visualTexts(texts, features, task, "questions")
    let padded = WordPiecePadding(texts.map { model.tokenizer.ids(of: $0).ids })
    try compare(padded, "question_ids", "question_mask", &checks)
    let fused = try fused(tokens, padded)
    try compare(fused, &checks)
    return (questions, fused)
  }

  /// Ranks the answers of the manifest's list.
  private func rank(
    _ task: FixtureTask, _ settings: TaskProtocol, _ questions: [VisualText], kept: String,
    _ checks: inout TaskChecks
  ) throws -> [RankedAnswers] {
    let answers = try task.strings("answer_list")
    let candidates = try model.candidates(answers)
    try compare(WordPiecePadding(candidates.ids), "answer_ids", "answer_mask", &checks)
    let ranking = settings.ranking(answers, kept: try task.integer(kept, 1...1_000_000))
    let ranked = try batches(questions.count).flatMap {
      try model.rankedAnswers(to: Array(questions[$0]), among: candidates, ranking)
    }
    let found = ranked.map(\.candidates)
    try checks.ids("rank_ids", found.map { $0.map { Int32($0.index) } })
    try checks.numbers(
      "rank_probs", found.flatMap { $0.map(\.probability) }, width: found.first?.count ?? 0,
      limit: VerificationLimit.scores)
    return ranked
  }
}
