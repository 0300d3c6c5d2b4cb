import Records
import Tensors
import Text

extension MPLUGModel {
  package var weightsNote: String? { network.checkpoint.weightsNote }

  package var identity: [SignatureField] {
    let vocabulary = tokenizer.vocabulary
    // Another maker of products rounds differently; threads and instructions do not matter.
    let makesOwn = if case .kernels = engine.products { true } else { false }
    let tokens = (0..<vocabulary.count).map { vocabulary.token(Int32($0)) }
    let fields = [
      ("model", name), ("weights", network.checkpoint.sha256),
      ("sizes", network.configuration.stated), ("vocab", AnswerList.digest(of: tokens)),
      ("products", makesOwn ? "kernels" : "openblas"),
    ]
    return fields.map { SignatureField(key: $0.0, value: $0.1) }
  }
}

extension MPLUGConfiguration {
  /// All sizes on one line: heads, stride, epsilon and how many layers run are not to be seen in the
  /// weights.
  fileprivate var stated: String {
    let numbers = [
      vision.width, vision.layers, vision.patch, text.width, text.heads, text.intermediateWidth,
      text.vocabulary, text.positions, textLayers, fusionStored, fusionLayers, stride,
      decoderLayers, embedding,
    ]
    return (numbers.map(String.init) + ["\(text.epsilon)"]).joined(separator: ",")
  }
}
