import Checkpoints
import Models
import Records

/// A checkpoint of the preset `mini` with weights that nobody has trained: numbers that follow from
/// a seed, spread as at the beginning of a training, so that all programs run and nothing is known.
public struct UntrainedCheckpoint: Sendable {
  /// Classes of the classification head.
  public enum Head: Int, Sendable, CaseIterable {
    /// NLVR2's False and True; the other heads and the decoder are left out.
    case statements = 2
    /// Contradiction, neutral, entailment; with all other heads.
    case entailment = 3
  }

  let seed: UInt64
  let head: Head
  let vocabulary: MiniVocabulary

  /// - Parameter seed: What the weights follow from.
  public init(seed: UInt64 = MiniWorldData.standardSeed, head: Head) {
    self.seed = seed
    self.head = head
    vocabulary = MiniVocabulary()
  }

  private var parts: Set<MPLUGPart> {
    switch head {
    case .statements: [.visual, .text, .fusion, .reasoning, .classification(classes: 2)]
    case .entailment:
      [
        .visual, .text, .fusion, .decoder, .contrastive, .matching, .classification(classes: 3),
      ]
    }
  }

  /// Writes the file in half precision.
  ///
  /// - Throws: `ModelError` where the preset does not read; `RecordError.writeFailed`.
  public func write(to path: String) throws {
    let preset = try MPLUGFamily.preset(named: "mini")
    let size = preset.configuration.text.vocabulary
    guard size == vocabulary.entries.count else {
      throw ModelError.badSetting(
        file: preset.file, setting: "text.vocabulary", found: "\(size)",
        expected: "the \(vocabulary.entries.count) entries of the mini world's vocabulary")
    }
    var writer = SafetensorsWriter(notes: ["weights": "untrained"])
    // The head's weights are the word embeddings: one name is enough.
    let tied = "text_decoder.cls.predictions.decoder.weight"
    for tensor in preset.configuration.expectedTensors(for: parts, side: 4)
    where tensor.name != tied {
      let numbers = numbers(of: tensor)
      writer.add(tensor.name, element: .float16, shape: tensor.shape) { sink in
        try numbers.withUnsafeBytes(sink)
      }
    }
    try writer.write(to: path)
  }

  /// The bits of a tensor's numbers.
  private func numbers(of tensor: ExpectedTensor) -> [UInt16] {
    let count = tensor.shape.reduce(1, *)
    var source = SeededNumbers(seed: seed, name: tensor.name)
    let (mean, deviation) = Self.spread(of: tensor)
    return (0..<count).map { place in
      var mean = mean
      if tensor.name.hasSuffix("predictions.decoder.bias") { mean = prior(of: place) }
      return NarrowFloat.half(Float(mean + deviation * Self.normal(&source)))
    }
  }

  /// What an untrained decoder says: words, not pieces and placeholders.
  private func prior(of token: Int) -> Double {
    let entry = vocabulary.entries[token]
    // Answers end after a few words.
    if entry == "[SEP]" { return 5 }
    return entry.hasPrefix("[") || entry.hasPrefix("##") || entry.utf8.count == 1 ? -12 : 0
  }

  /// Mean and standard deviation.
  private static func spread(of tensor: ExpectedTensor) -> (Double, Double) {
    let name = tensor.name
    if tensor.shape.count == 1 {
      let isNorm = name.contains("LayerNorm") || name.contains(".ln_")
      if isNorm { return (name.hasSuffix(".weight") ? 1 : 0, 0.05) }
      return (0, name.hasSuffix("class_embedding") ? 0.5 : 0.1)
    }
    if name.hasSuffix("token_type_embeddings.weight") { return (0, 0.1) }
    // What the decoder says next is to depend on how far it is.
    if name.hasSuffix("position_embeddings.weight") {
      return (0, name.hasPrefix("text_decoder") ? 1.2 : 0.3)
    }
    if name == "text_encoder.embeddings.word_embeddings.weight" { return (0, 1) }
    if name.hasSuffix("embeddings.weight") || name.hasSuffix("positional_embedding") {
      return (0, 0.5)
    }
    // So that what comes out is spread about as what goes in. What is seen counts more, and most
    // where [CLS], which begins all texts, has to tell them apart.
    let inputs = tensor.shape.dropFirst().reduce(1, *)
    let isDecoder = name.hasPrefix("text_decoder")
    let gain: Double
    if name.hasSuffix("attention.self.value.weight") {
      gain = !isDecoder ? 2.5 : name.contains("cross") ? 2 : 1
    } else if name.contains("attention.self.") {
      gain = isDecoder ? 1.3 : 2
    } else {
      gain = name.hasPrefix("cls_head") ? 2 : 1
    }
    return (0, gain / Double(inputs).squareRoot())
  }

  /// A number of the normal distribution, nearly: the sum of twelve even ones is computed alike on
  /// all machines, which logarithms are not.
  private static func normal(_ numbers: inout SeededNumbers) -> Double {
    var sum = -6.0
    for _ in 0..<12 { sum += Double(numbers.next() >> 11) / 0x1p53 }
    return sum
  }
}
