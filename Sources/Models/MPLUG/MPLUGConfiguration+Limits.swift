import Checkpoints

extension MPLUGConfiguration {
  /// How many weights a model may have: 64 GiB of float32.
  static let largestCount = 1 << 34

  /// The values that a size can have; beyond them a file is taken to be wrong.
  enum Limit {
    static let width = 1...16384
    static let layers = 1...256
    static let patch = 1...256
    static let vocabulary = 2...2_000_000
    static let positions = 1...65536
    static let stride = 1...1_000_000
    static let epsilon = 0.0...0.1
  }

  /// Checks what sizes must have in common.
  ///
  /// - Parameters:
  ///   - file: For errors.
  ///   - names: How the file names the settings that are looked at.
  /// - Throws: `ModelError.badSetting`
  func check(file: String, names: Names) throws {
    func require(_ holds: Bool, _ setting: String, _ found: Int, _ expected: String) throws {
      guard !holds else { return }
      throw ModelError.badSetting(
        file: file, setting: setting, found: "\(found)", expected: expected)
    }
    try require(
      vision.width.isMultiple(of: vision.heads), names.visionWidth, vision.width,
      "a multiple of its \(vision.heads) heads of 64 channels")
    try require(
      text.width.isMultiple(of: text.heads), names.textHeads, text.heads,
      "a divisor of the width \(text.width)")
    try require(
      fusionLayers <= fusionStored, names.fusionLayers, fusionLayers,
      "at most the \(fusionStored) layers that are stored")
    let count = expectedTensors(for: MPLUGPart.all).reduce(0) { sum, tensor in
      sum + tensor.shape.reduce(1, *)
    }
    try require(
      count <= Self.largestCount, "the model", count,
      "of at most \(Self.largestCount) weights: look for a size with too many digits")
  }

  /// How a file names settings that errors are about.
  struct Names {
    let visionWidth: String
    let textHeads: String
    let fusionLayers: String
  }
}
