import Records

extension MPLUGConfiguration {
  /// Reads the sizes from JSON with the names of the reference: `vision` (`width`, `layers`, `patch`),
  /// `bert` (its `config_bert.json`) and `embed_dim`, as the folders of golden tensors have it. What
  /// is not a size is not looked at.
  ///
  /// - Throws: `ModelError.badSetting`, `RecordError`, `JSONError`.
  package init(referenceJSON path: String) throws {
    try self.init(referenceJSON: SettingsText.read(path), file: path)
  }

  init(referenceJSON text: String, file: String) throws {
    var reader = try JSONReader(MappedFile(bytes: Array(text.utf8), name: file))
    let value = try reader.readValue()
    try reader.finish()
    try self.init(reference: value, file: file)
  }

  private init(reference value: JSONValue, file: String) throws {
    func integer(_ part: String?, _ name: String, _ range: ClosedRange<Int>, or usual: Int? = nil)
      throws -> Int
    {
      let setting = part.map { "\($0).\(name)" } ?? name
      let found = part.map { value[$0]?[name] } ?? value[name]
      if found == nil, let usual { return usual }
      guard let number = found?.int, range.contains(number) else {
        throw ModelError.badSetting(
          file: file, setting: setting, found: found.map { Self.short($0) } ?? "missing",
          expected: "a number from \(range.lowerBound) to \(range.upperBound)")
      }
      return number
    }
    vision = Vision(
      width: try integer("vision", "width", Limit.width),
      layers: try integer("vision", "layers", Limit.layers),
      patch: try integer("vision", "patch", Limit.patch))
    let epsilon = value["bert"]?["layer_norm_eps"] ?? .double(1e-12)
    guard let number = epsilon.double, Limit.epsilon.contains(number) else {
      throw ModelError.badSetting(
        file: file, setting: "bert.layer_norm_eps", found: Self.short(epsilon),
        expected: "a number from 0 to \(Limit.epsilon.upperBound)")
    }
    text = Text(
      width: try integer("bert", "hidden_size", Limit.width),
      heads: try integer("bert", "num_attention_heads", Limit.width),
      intermediateWidth: try integer("bert", "intermediate_size", Limit.width),
      vocabulary: try integer("bert", "vocab_size", Limit.vocabulary),
      positions: try integer("bert", "max_position_embeddings", Limit.positions),
      epsilon: Float(number))
    textLayers = try integer("bert", "text_encoder_layers", Limit.layers)
    fusionStored = try integer("bert", "num_hidden_layers", Limit.layers)
    fusionLayers = try integer("bert", "fusion_layers", Limit.layers)
    // As in the reference, a stack that no layer of merges where the setting is absent.
    stride = try integer("bert", "stride_layer", Limit.stride, or: 100)
    decoderLayers = try integer("bert", "text_decode_layers", Limit.layers)
    embedding = try integer(nil, "embed_dim", Limit.width)
    try check(
      file: file,
      names: Names(
        visionWidth: "vision.width", textHeads: "bert.num_attention_heads",
        fusionLayers: "bert.fusion_layers"))
  }

  private static func short(_ value: JSONValue) -> String {
    switch value {
    case .int(let number): "\(number)"
    case .double(let number): "\(number)"
    case .string(let text): "'\(text.prefix(40))'"
    case .bool(let truth): "\(truth)"
    case .null: "null"
    case .array: "a list"
    case .object: "an object"
    }
  }
}
