import Media

extension TaskProtocol {
  /// The names under which settings stand in a YAML file, `tasks: <task>: <name>: <value>`, in the
  /// order in which they are looked at: `output` decides what else there is, `prompt` which quirks
  /// there are.
  package static let settingNames = [
    "output", "resolution", "transform", "frames", "words", "ids", "ocr_words", "objects", "beams",
    "min_length", "max_length", "length_exponent", "prompt", "tidy", "rank", "k", "labels",
    "correct",
  ]

  /// 2048 pixels are 21,316 patches of 14.
  package static let largestResolution = 2048

  /// Changes what a mapping names.
  ///
  /// - Throws: `ModelError.badSetting`.
  mutating func apply(_ settings: SettingsMapping) throws {
    if ownSettingNames.contains("output"), settings.contains("output") {
      let generates = try settings.choice("output", ["generate": true, "rank": false])
      switch (generates, output) {
      case (true, .text), (false, .ranking): break
      case (true, _): self = generating
      case (false, _): output = .ranking(RankingRule(kept: 128))
      }
    }
    try settings.allow(ownSettingNames)
    for name in Self.settingNames where settings.contains(name) { try set(name, settings) }
  }

  private mutating func set(_ name: String, _ settings: SettingsMapping) throws {
    switch name {
    case "output": break
    case "resolution": resolution = try settings.integer(name, 1...Self.largestResolution)
    case "transform":
      shape = try settings.choice(name, ["square": .square, "letterbox": .letterbox])
    case "frames": frames = try settings.integer(name, 1...256)
    case "correct":
      let known = Dictionary(uniqueKeysWithValues: quirks.map { ($0.rawValue, $0) })
      corrected = Set(try settings.choices(name, known))
    default:
      if text?.has(name) == true {
        try text?.set(name, settings)
      } else {
        try output.set(name, settings)
      }
    }
  }

  /// The settings that this protocol has.
  package var ownSettingNames: [String] {
    Self.settingNames.filter { name in
      switch name {
      case "resolution": true
      case "transform": frames == nil
      case "frames": frames != nil
      case "output": task == .vqa || task == .videoQA
      // A prompt brings a quirk with it.
      case "correct": !quirks.isEmpty
      default: text?.has(name) == true || output.has(name)
      }
    }
  }
}

extension TextRule {
  fileprivate func has(_ name: String) -> Bool {
    switch name {
    case "words": cleaning == .caption
    case "ids": true
    case "ocr_words", "objects": cleaning == .none
    default: false
    }
  }

  fileprivate mutating func set(_ name: String, _ settings: SettingsMapping) throws {
    switch name {
    case "words": words = try settings.integer(name, 1...512)
    case "ids": ids = try settings.integer(name, 2...512)
    case "ocr_words":
      let count = try settings.integer(name, 0...512)
      ocrWords = count == 0 ? nil : count
    default: addsObjects = try settings.bool(name)
    }
  }
}

extension OutputRule {
  fileprivate func has(_ name: String) -> Bool {
    switch self {
    case .text:
      ["beams", "min_length", "max_length", "length_exponent", "prompt", "tidy"].contains(name)
    case .ranking: name == "rank"
    case .matching: name == "k"
    case .box: false
    case .classes: name == "labels"
    }
  }

  fileprivate mutating func set(_ name: String, _ settings: SettingsMapping) throws {
    switch self {
    case .text(var rule):
      switch name {
      case "beams": rule.beams = try settings.integer(name, 1...64)
      case "min_length": rule.minLength = try settings.integer(name, 0...512)
      case "max_length": rule.maxLength = try settings.integer(name, 1...512)
      case "length_exponent": rule.lengthExponent = try settings.number(name, 0...10)
      case "prompt": rule.prompt = try settings.text(name) ?? ""
      default: rule.isTidied = try settings.bool(name)
      }
      self = .text(rule)
    case .ranking(var rule):
      rule.kept = try settings.integer(name, 1...1_000_000)
      self = .ranking(rule)
    case .matching(var rule):
      rule.shortlist = try settings.integer(name, 1...1_000_000)
      self = .matching(rule)
    case .classes(var rule):
      let labels = try settings.texts(name)
      guard labels.count == rule.labels.count, Set(labels).count == labels.count else {
        throw settings.wrong(name, expected: "\(rule.labels.count) different names, by index")
      }
      rule.labels = labels
      self = .classes(rule)
    case .box: break
    }
  }
}
