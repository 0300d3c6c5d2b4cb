import Checkpoints
import Foundation
import Models
import Records
import TestSupport
import Testing

@Suite struct MPLUGPresetTests {
  @Test func theBinaryCarriesTheFilesOfTheRepository() throws {
    let folder = Golden.root.appendingPathComponent("benchmarks/models")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yaml") }.sorted()
    let presets = try MPLUGPreset.all()
    #expect(Set(presets.map { $0.name + ".yaml" }) == Set(files))
    #expect(
      presets.map(\.name) == ["mini", "mplug-base", "mplug-huge", "mplug-large", "mplug-large-v2"])
    for preset in presets {
      let path = folder.appendingPathComponent("\(preset.name).yaml").path
      let read = try MPLUGPreset(file: path)
      #expect(read.configuration == preset.configuration && read.title == preset.title)
      #expect(try MPLUGPreset.named(preset.name) == preset)
      #expect(preset.assumed.isEmpty == (preset.name != "mplug-huge"))
    }
    #expect(try MPLUGPreset.named("mplug-tiny") == nil)
    #expect(try MPLUGPreset.named("../vqav2") == nil)
  }

  @Test func whatIsPublishedOfAPreset() throws {
    let cards = try ModelRegistry.cards()
    let large = try #require(cards.first { $0.name == "mplug-large" })
    #expect(
      large.published.map(\.tunedOn)
        == ["coco-caption", "flickr30k-retrieval", "pretraining", "vqav2"])
    #expect(large.published[2].name == "mplug_large.pth")
    #expect(cards.first { $0.name == "mplug-huge" }?.published.isEmpty == true)
    let folder = try TemporaryFolder()
    #expect(try MPLUGPreset(file: folder.write("none.yaml", Self.small)).published.isEmpty)
    let one = try folder.write("one.yaml", Self.small + "\npublished: {vqav2: a/b.pth}\n")
    #expect(
      try MPLUGPreset(file: one).published
        == [PublishedCheckpoint(tunedOn: "vqav2", address: "a/b.pth")])
    for wrong in ["published: a/b.pth", "published: {vqav2: [a]}", "publish: {vqav2: a}"] {
      let path = try folder.write("wrong.yaml", Self.small + "\n\(wrong)\n")
      #expect(throws: ModelError.self, "\(wrong)") { try MPLUGPreset(file: path) }
    }
  }

  /// The numbers of weights, counted in the original.
  @Test func weightsAreAsManyAsTheOriginalHas() throws {
    func count(_ name: String, _ parts: Set<MPLUGPart>, stride: Int? = nil) throws -> Int {
      var configuration = try #require(try MPLUGPreset.named(name)).configuration
      configuration.stride = stride ?? configuration.stride
      // Counted there with positions for 384 and 336 pixels: 24 patches a side.
      return configuration.expectedTensors(for: parts, side: 24).reduce(0) {
        $0 + $1.shape.reduce(1, *)
      }
    }
    // That count has CLIP's last projection, which is not applied.
    let projections = (base: 768 * 512, large: 1024 * 768)
    #expect(try count("mplug-base", [.visual]) == 86_484_480 - projections.base)
    #expect(try count("mplug-large", [.visual]) == 304_293_888 - projections.large + 788_736)
    #expect(try count("mplug-base", [.text]) == 66_364_416)
    #expect(try count("mplug-large", [.fusion]) == 56_710_656)
    #expect(try count("mplug-large", [.reasoning]) == 2 * 56_710_656)
    // The fourth of base merges: it has no use for cross-attention.
    #expect(try count("mplug-base", [.fusion]) == 56_710_656 - 4 * 768 * 769 - 2 * 768)
    // The word embeddings are the head's weights, listed under both names.
    #expect(try count("mplug-base", [.decoder]) == 137_881_146 + 30522 * 768)
    #expect(
      try count("mplug-base", [.visual, .text, .fusion, .decoder], stride: 6) - 30522 * 768
        == 347_440_698 - projections.base)
    #expect(
      try count("mplug-large", [.visual, .text, .fusion, .decoder]) - 30522 * 768
        == 566_038_842 - projections.large)
  }

  @Test func aFileOfAUserMaySayLess() throws {
    let folder = try TemporaryFolder()
    let preset = try MPLUGPreset(file: folder.write("mine.yaml", Self.small))
    #expect(preset.name == "mine" && preset.title == "mine" && preset.checkpoint == nil)
    #expect(preset.configuration.vision.patch == 8 && preset.configuration.stride == 2)
    #expect(preset.configuration.text.epsilon == 1e-12)
    #expect(preset.text == Self.small)
    let json = try MPLUGPreset(
      file: GoldenModel.folder("tiny-large").appendingPathComponent("config.json").path)
    #expect(json.name == "config")
    #expect(try json.configuration == GoldenModel("tiny-large").configuration)
    #expect(json.configuration.vision.width == 128 && json.configuration.text.heads == 4)
  }

  static let small = """
    # A small one.
    vision: {width: 64, layers: 2, patch: 8}
    text: {width: 48, heads: 4, intermediate: 96, vocabulary: 704, positions: 64, epsilon: 1e-12, layers: 2}
    fusion: {stored: 3, layers: 3, stride: 2}
    decoder: {layers: 1}
    embedding: 16

    """

  /// What is changed in the small file, and what the error says of it: line, setting, finding.
  static let mistakes: [(String, String, String)] = [
    ("patch: 8", "patch: 0", ":2: vision.patch is '0', expected a whole number"),
    ("patch: 8", "patch: -8", ":2: vision.patch is '-8'"),
    ("patch: 8", "patch: 8.0", ":2: vision.patch is '8.0'"),
    ("patch: 8", "patch: '8'", ":2: vision.patch is '8'"),
    ("patch: 8", "patch: 0x10", ":2: vision.patch is '0x10'"),
    ("patch: 8", "patch: [8]", ":2: vision.patch is a list"),
    ("patch: 8", "patch: ", ":2: vision.patch is ''"),
    ("patch: 8", "patch: 99999999999999999999", "vision.patch is '99999999999999999999'"),
    ("patch: 8", "pach: 8", ":2: vision.pach is no setting, expected patch"),
    (", patch: 8", "", ":2: vision.patch is missing"),
    ("width: 64,", "width: 200,", "vision.width is 200, expected a multiple of its 3 heads"),
    ("width: 64,", "width: 1000000,", ":2: vision.width is '1000000'"),
    ("heads: 4", "heads: 5", "text.heads is 5, expected a divisor of the width 48"),
    ("epsilon: 1e-12", "epsilon: nan", ":3: text.epsilon is 'nan'"),
    ("epsilon: 1e-12", "epsilon: -1", ":3: text.epsilon is '-1'"),
    ("fusion: {stored: 3", "fusion: {stored: 2", "fusion.layers is 3, expected at most the 2"),
    ("stride: 2", "stride: 0", ":4: fusion.stride is '0'"),
    ("decoder: {layers: 1}", "decoder: 1", ":5: decoder is '1', expected a mapping"),
    ("decoder: {layers: 1}", "decoder: {layers: 1, layers: 2}", "no YAML"),
    ("decoder: {layers: 1}", "", "decoder is missing"),
    ("embedding: 16", "embedding: yes", ":6: embedding is 'yes'"),
    ("embedding: 16", "embedding: 16\nname: [a]", ":7: name is a list"),
    ("embedding: 16", "embedding: 16\nnote: &a x", ":7: the file is an anchor or an alias"),
    ("embedding: 16", "embedding: 16\n? [a]\n: 3", "a mapping with a list for a name"),
    ("embedding: 16", "embedding: 16\ncolour: red", ":7: colour is no setting"),
    ("embedding: 16", "embedding: {", "no YAML"),
  ]

  @Test(arguments: mistakes)
  func mistakesAreNamedWithTheirPlace(mistake: (String, String, String)) throws {
    let folder = try TemporaryFolder()
    let text = Self.small.replacing(mistake.0, with: mistake.1, maxReplacements: 1)
    #expect(text != Self.small)
    let path = try folder.write("mine.yaml", text)
    let error = #expect(throws: ModelError.self) { try MPLUGPreset(file: path) }
    let line = "\(try #require(error))"
    #expect(line.contains(mistake.2) && line.hasPrefix(path) && !line.contains("\n"), "\(line)")
  }

  @Test func filesThatAreNoSettingsAreRefused() throws {
    let folder = try TemporaryFolder()
    let deep = String(repeating: "- ", count: 30000)
    let texts = [
      "", "3", "[]", "- a", deep, String(repeating: "[", count: 60000),
      String(repeating: "a: 1\n", count: 20000), "\u{0}",
    ]
    for (index, text) in texts.enumerated() {
      for name in ["\(index).yaml", "\(index).json"] {
        let path = try folder.write(name, text)
        #expect {
          try MPLUGPreset(file: path)
        } throws: { ($0 is ModelError || $0 is JSONError) && !"\($0)".contains("\n") }
      }
    }
    let binary = try folder.write("binary.yaml", Data([0xFF, 0xFE, 0x00]))
    #expect(throws: ModelError.self) { try MPLUGPreset(file: binary) }
    #expect(throws: RecordError.self) { try MPLUGPreset(file: folder.path + "/none.yaml") }
    // Each size is possible; together they take more memory than any machine has.
    let huge = Self.small.replacing(
      "width: 48, heads: 4, intermediate: 96", with: "width: 16384, heads: 4, intermediate: 16384"
    ).replacing("layers: 1}", with: "layers: 200}")
    let path = try folder.write("huge.yaml", huge)
    #expect { try MPLUGPreset(file: path) } throws: { "\($0)".contains("weights") }
  }

  @Test(arguments: [
    ("\"layers\": 3", "\"layers\": 0", "vision.layers"),
    ("\"hidden_size\": 64", "\"hidden_size\": \"64\"", "bert.hidden_size"),
    ("\"fusion_layers\": 4", "\"fusion_layers\": 6", "bert.fusion_layers"),
    ("\"num_attention_heads\": 4", "\"num_attention_heads\": 7", "bert.num_attention_heads"),
    ("\"embed_dim\": 32", "\"embed_dim\": -1", "embed_dim"),
    ("\"layer_norm_eps\": 1e-12", "\"layer_norm_eps\": []", "bert.layer_norm_eps"),
    ("\"bert\"", "\"bart\"", "bert."),
  ])
  func mistakesInTheReferencesFormatAreNamed(mistake: (String, String, String)) throws {
    let original = try String(
      contentsOf: GoldenModel.folder("tiny-base").appendingPathComponent("config.json"),
      encoding: .utf8)
    let folder = try TemporaryFolder()
    let text = original.replacing(mistake.0, with: mistake.1, maxReplacements: 1)
    #expect(text != original)
    let path = try folder.write("config.json", text)
    #expect { try MPLUGPreset(file: path) } throws: { error in
      guard case .badSetting(path, let setting, _, _) = error as? ModelError else { return false }
      return setting.hasPrefix(mistake.2)
    }
  }
}
