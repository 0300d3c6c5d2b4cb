import Tensors

/// Features of pictures, clips and texts in one space, of unit length.
package struct ContrastiveHeads: Sendable {
  /// `vision_proj`, `[H → E]`
  let vision: Linear
  /// `text_proj`, `[H → E]`
  let text: Linear

  /// - Throws: `ModelError`, and what the source of the weights throws.
  package init(_ reader: WeightReader, _ configuration: MPLUGConfiguration) throws {
    let (width, features) = (configuration.text.width, configuration.embedding)
    vision = try reader.linear("vision_proj", inputs: width, outputs: features)
    text = try reader.linear("text_proj", inputs: width, outputs: features)
  }

  /// Features of pictures: of their class tokens.
  ///
  /// - Parameter x: Projected tokens, `[image rows, H]`
  /// - Returns: `[pictures, E]`
  package func features(ofImages x: HiddenStates, _ engine: Engine) -> Matrix {
    features(ofVideos: x, frames: 1, engine)
  }

  /// Features of clips: the mean over the frames of the projected class tokens, then normalised.
  ///
  /// - Parameters:
  ///   - x: Projected tokens of all frames, `[image rows, H]`, a sequence a frame.
  ///   - frames: Frames of a clip.
  /// - Returns: `[clips, E]`
  package func features(ofVideos x: HiddenStates, frames: Int, _ engine: Engine) -> Matrix {
    precondition(frames > 0 && x.sequences.count.isMultiple(of: frames))
    let projected = engine.linear(x.firstTokens(engine), vision)
    let means = engine.matrix(projected.rows / frames, projected.width)
    for clip in 0..<means.rows {
      let mean = means.row(clip)
      mean.update(from: projected.row(clip * frames), count: means.width)
      for frame in 1..<max(frames, 1) {
        let next = projected.row(clip * frames + frame)
        for channel in 0..<means.width { mean[channel] += next[channel] }
      }
      for channel in 0..<means.width { mean[channel] /= Float(frames) }
    }
    return Self.normalized(means, engine)
  }

  /// Features of texts: of their [CLS].
  ///
  /// - Parameter x: Tokens after the text encoder, `[text rows, H]`
  /// - Returns: `[texts, E]`
  package func features(ofTexts x: HiddenStates, _ engine: Engine) -> Matrix {
    Self.normalized(engine.linear(x.firstTokens(engine), text), engine)
  }

  /// Cosine similarities, without a temperature.
  ///
  /// - Parameters:
  ///   - visual: `[pictures, E]`
  ///   - texts: `[texts, E]`
  /// - Returns: `[pictures, texts]`
  package static func similarities(_ visual: Matrix, _ texts: Matrix, _ engine: Engine) -> Matrix {
    let layer = Linear(inputs: texts.width, outputs: texts.rows, bias: nil, engine: engine) {
      for (place, row) in $0.enumerated() {
        ($1 + place * texts.width).update(from: texts.row(row), count: texts.width)
      }
    }
    return engine.linear(visual, layer)
  }

  /// `x / max(‖x‖, 1e-12)` for each row.
  static func normalized(_ x: Matrix, _ engine: Engine) -> Matrix {
    let y = engine.matrix(x.rows, x.width)
    for row in 0..<x.rows {
      let (source, target) = (x.row(row), y.row(row))
      // In double precision, in order: the same whatever the instructions.
      let squares = (0..<x.width).reduce(0.0) { $0 + Double(source[$1]) * Double(source[$1]) }
      let length = max(Float(squares.squareRoot()), 1e-12)
      for channel in 0..<x.width { target[channel] = source[channel] / length }
    }
    return y
  }
}
