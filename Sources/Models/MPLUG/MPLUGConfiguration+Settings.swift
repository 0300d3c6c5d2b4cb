extension MPLUGConfiguration {
  /// Reads the sizes out of a file of settings.
  ///
  /// - Throws: `ModelError.badSetting`, with file and line.
  init(_ settings: SettingsMapping, file: String) throws {
    let (vision, text) = (try settings.mapping("vision"), try settings.mapping("text"))
    let (fusion, decoder) = (try settings.mapping("fusion"), try settings.mapping("decoder"))
    try vision.allow("width", "layers", "patch")
    try text.allow(
      "width", "heads", "intermediate", "vocabulary", "positions", "epsilon", "layers")
    try fusion.allow("stored", "layers", "stride")
    try decoder.allow("layers")
    self.vision = Vision(
      width: try vision.integer("width", Limit.width),
      layers: try vision.integer("layers", Limit.layers),
      patch: try vision.integer("patch", Limit.patch))
    self.text = Text(
      width: try text.integer("width", Limit.width),
      heads: try text.integer("heads", Limit.width),
      intermediateWidth: try text.integer("intermediate", Limit.width),
      vocabulary: try text.integer("vocabulary", Limit.vocabulary),
      positions: try text.integer("positions", Limit.positions),
      epsilon: Float(try text.number("epsilon", Limit.epsilon)))
    textLayers = try text.integer("layers", Limit.layers)
    fusionStored = try fusion.integer("stored", Limit.layers)
    fusionLayers = try fusion.integer("layers", Limit.layers)
    stride = try fusion.integer("stride", Limit.stride)
    decoderLayers = try decoder.integer("layers", Limit.layers)
    embedding = try settings.integer("embedding", Limit.width)
    try check(
      file: file,
      names: Names(
        visionWidth: "vision.width", textHeads: "text.heads", fusionLayers: "fusion.layers"))
  }
}
