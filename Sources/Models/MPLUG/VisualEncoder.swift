import Media
import Tensors

/// The visual encoder: a CLIP ViT whose last projection is left off.
///
/// Source: `VisualTransformer` of the reference with `skip_last_layer`.
package struct VisualEncoder: Sendable {
  /// Of its layer normalisations.
  static let epsilon: Float = 1e-5
  static let name = "visual_encoder.visual"

  /// `conv1.weight`, `[3·P² → D]`
  let patches: Linear
  /// `class_embedding`, `[D]`
  let classToken: [Float]
  /// `positional_embedding`
  let positions: PositionGrid
  /// `ln_pre`
  let inputNorm: LayerNorm
  /// `transformer.resblocks.{i}`
  let blocks: [VisualBlock]
  /// `ln_post`
  let outputNorm: LayerNorm
  let configuration: MPLUGConfiguration.Vision

  /// - Throws: `ModelError`, and what the source of the weights throws.
  package init(_ reader: WeightReader, _ configuration: MPLUGConfiguration) throws {
    let (name, vision) = (Self.name, configuration.vision)
    self.configuration = vision
    patches = try reader.linear(
      name + ".conv1", inputs: 3 * vision.patch * vision.patch, outputs: vision.width,
      hasBias: false)
    classToken = try reader.vector(name + ".class_embedding", count: vision.width)
    positions = PositionGrid(
      try reader.positions(name + ".positional_embedding", width: vision.width))
    inputNorm = try reader.norm(name + ".ln_pre", width: vision.width, epsilon: Self.epsilon)
    blocks = try (0..<vision.layers).map {
      try VisualBlock(reader, "\(name).transformer.resblocks.\($0)", vision: vision)
    }
    outputNorm = try reader.norm(name + ".ln_post", width: vision.width, epsilon: Self.epsilon)
  }

  /// Encodes pictures; each may have a size of its own, any square of at least a patch.
  ///
  /// Many pictures are encoded a few at a time, so that no more memory is needed than for those and
  /// the result.
  ///
  /// - Returns: `[tokens of all pictures, D]`, after `ln_post`: per picture the class token, then its
  ///   patches row by row.
  /// - Throws: `ModelError.unfitImage`
  package func callAsFunction(_ pictures: [PixelTensor], _ engine: Engine) throws -> HiddenStates {
    let rows = PatchRows(patch: configuration.patch)
    let sides = try pictures.enumerated().map { try rows.side(of: $1, index: $0) }
    let lengths = sides.map { 1 + $0 * $0 }
    let encoded = BatchSplit.ranges(of: lengths, engine).map { range in
      encode(Array(pictures[range]), sides: Array(sides[range]), rows, engine)
    }
    return HiddenStates(
      rows: engine.stack(encoded, width: configuration.width),
      sequences: HiddenStates.sequences(ofLengths: lengths))
  }

  private func encode(
    _ pictures: [PixelTensor], sides: [Int], _ rows: PatchRows, _ engine: Engine
  ) -> Matrix {
    let sequences = HiddenStates.sequences(ofLengths: sides.map { 1 + $0 * $0 })
    var x = engine.layerNorm(embed(pictures, sides, sequences, rows, engine), inputNorm)
    for block in blocks {
      x = block(x, sequences: sequences, heads: configuration.heads, engine)
    }
    return engine.layerNorm(x, outputNorm)
  }

  /// The class token and the patches with their positions, `[rows, D]`.
  private func embed(
    _ pictures: [PixelTensor], _ sides: [Int], _ sequences: [Range<Int>], _ rows: PatchRows,
    _ engine: Engine
  ) -> Matrix {
    let count = sequences.last?.upperBound ?? 0
    let pixels = engine.matrix(count, patches.inputs)
    // What is added to the product: the positions, and the class token, whose patch is all zeros.
    let added = engine.matrix(count, patches.outputs)
    for (index, sequence) in sequences.enumerated() {
      pixels.row(sequence.lowerBound).update(repeating: 0, count: pixels.width)
      rows.write(
        pictures[index], side: sides[index],
        into: pixels.rows(sequence.lowerBound + 1..<sequence.upperBound))
      let grid = positions.resized(to: sides[index], engine)
      for (place, row) in sequence.enumerated() {
        added.row(row).update(from: grid.row(place), count: grid.width)
      }
      let first = added.row(sequence.lowerBound)
      for channel in 0..<added.width { first[channel] += classToken[channel] }
    }
    return engine.linear(pixels, patches, residual: added)
  }
}
