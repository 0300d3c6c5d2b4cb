import Tensors
import Text

/// Texts as ids, with what is to be said of them.
struct EncodableTexts {
  /// The ids of each, without padding.
  var ids: [[Int32]] = []
  /// What is to be said of each.
  var remarks: [[SampleRemark]] = []
}

extension MPLUGModel {
  /// The ids of texts by a task's rule.
  ///
  /// - Throws: `GroundingPhraseError`.
  func encodable(_ inputs: [TextInput], _ task: TaskProtocol) throws -> EncodableTexts {
    let rule = task.text ?? TextRule()
    var texts = EncodableTexts()
    for input in inputs {
      let (ids, isCut) = try ids(of: input, rule)
      texts.ids.append(ids)
      // A limit of the protocol is no surprise.
      texts.remarks.append(isCut && rule.ids == nil ? [.textCut(limit: longestText)] : [])
    }
    return texts
  }

  private func ids(of input: TextInput, _ rule: TextRule) throws -> (ids: [Int32], isCut: Bool) {
    let limit = min(rule.ids ?? longestText, longestText)
    var text = input.text
    switch rule.cleaning {
    case .none:
      text = MPLUGTextCleaning.question(
        text, ocr: rule.ocrWords == nil ? [] : input.ocr, ocrWords: rule.ocrWords ?? 0,
        objectLabel: rule.addsObjects ? input.objects : nil)
    case .caption: text = MPLUGTextCleaning.caption(text, words: rule.words ?? .max)
    case .phrase:
      let phrase = try GroundingPhrase(text, tokenizer: tokenizer, length: limit)
      if rule.endsWithSeparator { return (phrase.realIDs, phrase.isCut) }
      return (phrase.realIDs.dropLast(), phrase.isCut)
    }
    guard rule.endsWithSeparator else { return tokenizer.ids(of: text, limit: limit) }
    let (ids, isCut) = tokenizer.ids(of: text, limit: limit - 1)
    return (ids + [WordPieceToken.separator.rawValue], isCut)
  }

  /// What the text encoder makes of texts.
  ///
  /// - Throws: `ModelError`.
  func textStates(_ batch: TokenBatch, _ task: TaskProtocol) throws -> HiddenStates {
    let encoder = try require(network.text, "the text encoder", task.task)
    let layers =
      task.task == .grounding && task.keeps(.q8) ? network.configuration.stride : nil
    return try encoder(batch, layers: layers, engine)
  }

  /// Checks the states of samples.
  ///
  /// - Throws: `ModelError.notComputable` with the sample's name.
  func check(
    _ x: Matrix, _ sequences: [Range<Int>], of inputs: [TextInput], _ task: TaskProtocol
  ) throws {
    for (input, sequence) in zip(inputs, sequences) where !sequence.isEmpty {
      for row in sequence where !engine.allFinite(x.row(row), x.width) {
        throw ModelError.notComputable(
          sample: input.sample, task: task.task.rawValue, what: "what the layers make of it",
          remedy: "the weights do not fit each other: check the checkpoint")
      }
    }
  }
}
