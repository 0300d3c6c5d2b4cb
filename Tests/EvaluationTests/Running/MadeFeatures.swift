import Evaluation
import Models
import Tensors
import TestSupport

/// Features of nothing: numbers that tell one key from another.
enum MadeFeatures {
  static func features(
    _ seed: UInt64, tokens: Int = 3, width: Int = 4, embedding: Int? = 2
  ) -> VisualFeatures {
    var random = TestRandom(seed: seed)
    func number() -> Float { Float(random.below(2001) - 1000) / 64 }
    let floats = (0..<tokens * width).map { _ in number() }
    return VisualFeatures(
      tokens: Engine(threads: 1).matrix(tokens, width, floats),
      embedding: embedding.map { (0..<$0).map { _ in number() } })
  }

  static func key(_ number: Int) -> FeatureKey {
    FeatureKey(model: "m", signature: "res:64", media: "\(number)")
  }
}

extension VisualFeatures {
  /// Whether all numbers are the same.
  func equals(_ other: VisualFeatures?) -> Bool {
    guard let other else { return false }
    return tokens.rows == other.tokens.rows && tokens.width == other.tokens.width
      && tokens.floats == other.tokens.floats && embedding == other.embedding
  }
}
