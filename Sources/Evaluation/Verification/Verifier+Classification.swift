import Checkpoints
import Media
import Models
import Records
import Tensors
import Text

extension Verifier {
  /// Entailment and statements about two pictures, by ALBEF's convention.
  func verifyClassification(_ task: FixtureTask, _ checks: inout TaskChecks) throws {
    let settings = try settings(task, .entailment)
    let (_, first) = try seen(pictures(task, settings))
    let (_, second) = try seen(pictures(task, settings, list: "second_images"))
    let words = settings.text?.words ?? .max
    let texts = try task.strings("sentences").map {
      model.tokenizer.ids(of: MPLUGTextCleaning.caption($0, words: words)).ids
    }
    for (list, states) in [("images", first), ("second_images", second)]
    where states.sequences.count != texts.count {
      throw task.bad(list, "has \(states.sequences.count) pictures for \(texts.count) sentences")
    }
    try compare(WordPiecePadding(texts), "text_ids", "text_mask", &checks)

    let file = task.values["heads_file"]?.string ?? "heads.safetensors"
    guard !file.contains("/") else { throw task.bad("heads_file", "is no file's name") }
    let heads = WeightReader(try Checkpoint(folder.file(file)), engine: engine)
    let fusion = try loaded(model.network.fusion, "fusion encoder")
    let allLayers = try FusionEncoder(
      reader(of: fileOfAllLayers()), configuration, reasoning: true)
    let encoder = try loaded(model.network.text, "text encoder")
    var (entailed, reasoned): ([Matrix], [Matrix]) = ([], [])
    for range in batches(texts.count) {
      let batch = TokenBatch(Array(texts[range]))
      let text = try encoder(batch, engine)
      entailed += fusion.memories(image: first.items(range), engine).enumerated().map {
        fusion.fusedCLS(
          $1, text: text.items($0..<$0 + 1), visible: [Array(0..<text.sequences[$0].count)],
          engine)
      }
      reasoned.append(
        allLayers.reasoning(
          images: (first.items(range), second.items(range)), text: text, visible: batch.visible,
          engine))
    }
    for (name, hidden, labels) in [
      ("ve", engine.stack(entailed), "ve_labels"), ("nlvr", engine.stack(reasoned), "nlvr_labels"),
    ] {
      try checks.numbers("\(name)_hidden", hidden, limit: VerificationLimit.fusion)
      let head = try ClassificationHead(
        heads, configuration, classes: task.strings(labels).count, name: "\(name).cls_head")
      try checks.numbers("\(name)_logits", head(hidden, engine), limit: VerificationLimit.logits)
    }
  }

  /// The file that holds the fusion layers below the first that runs, which NLVR2 alone needs:
  /// `weights.safetensors` leaves them out, and then it is the checkpoint.
  private func fileOfAllLayers() throws -> String {
    let name = "fusion_encoder.encoder.layer.0.attention.self.query.weight"
    let hasAll = try MPLUGWeights(Checkpoint(weights)).shape(of: name) != nil
    return hasAll ? weights : folder.weights(.checkpoint)
  }
}
