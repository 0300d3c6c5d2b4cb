import Media
import Text
import Yams

extension TaskProtocol {
  /// The names under which settings stand in a YAML file, `tasks: <task>: <name>: <value>`.
  package static let settingNames = [
    "resolution", "transform", "frames", "words", "ids", "ocr_words", "objects", "output", "beams",
    "min_length", "max_length", "length_exponent", "prompt", "tidy", "rank", "k", "labels",
    "correct",
  ]

  /// Changes what a YAML mapping names. `output` is looked at first: it decides what else there is.
  ///
  /// - Parameters:
  ///   - node: A mapping of settings, or a number: the resolution.
  ///   - file: The file, for errors.
  /// - Throws: `ModelError.badSetting`.
  package mutating func apply(_ node: Node, file: String) throws {
    let place = "tasks.\(task.rawValue)"
    if node.int != nil {
      return try set("resolution", SettingValue(node, place + ".resolution", file))
    }
    guard case .mapping(let mapping) = node else {
      throw ModelError.badSetting(
        file: file, setting: place, found: "a list or a text",
        expected: "a mapping such as {resolution: 384}")
    }
    let pairs = mapping.map { ($0.key.string ?? "", $0.value) }
    for (name, value) in pairs.filter({ $0.0 == "output" }) + pairs.filter({ $0.0 != "output" }) {
      try set(name, SettingValue(value, "\(place).\(name)", file))
    }
  }

  private mutating func set(_ name: String, _ value: SettingValue) throws {
    switch name {
    case "resolution": resolution = try value.integer(1...Self.largestResolution)
    case "transform" where frames == nil:
      shape = try value.choice(["square": .square, "letterbox": .letterbox])
    case "frames" where frames != nil: frames = try value.integer(1...256)
    case "output":
      switch try value.choice(["generate": true, "rank": false]) {
      case true where task == .vqa || task == .videoQA: self = generating
      case false where task == .vqa || task == .videoQA: output = .ranking(RankingRule(kept: 128))
      default: throw value.unknown(in: self)
      }
    case "correct":
      let known = Dictionary(uniqueKeysWithValues: quirks.map { ($0.rawValue, $0) })
      corrected = Set(try value.list.map { try $0.choice(known) })
    default:
      if var rule = text, try rule.set(name, value) {
        text = rule
      } else if try !output.set(name, value) {
        throw value.unknown(in: self)
      }
    }
  }

  /// 2048 pixels are 21,316 patches of 14.
  package static let largestResolution = 2048

  /// The settings that this protocol has.
  package var ownSettingNames: [String] {
    Self.settingNames.filter { name in
      switch name {
      case "resolution": true
      case "transform": frames == nil
      case "frames": frames != nil
      case "output": task == .vqa || task == .videoQA
      case "correct": !quirks.isEmpty
      default:
        text?.has(name) == true || output.has(name)
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

  /// Whether there is such a setting; then it is set.
  fileprivate mutating func set(_ name: String, _ value: SettingValue) throws -> Bool {
    guard has(name) else { return false }
    switch name {
    case "words": words = try value.integer(1...512)
    case "ids": ids = try value.integer(2...512)
    case "ocr_words":
      let count = try value.integer(0...512)
      ocrWords = count == 0 ? nil : count
    default: addsObjects = try value.bool()
    }
    return true
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

  /// Whether there is such a setting; then it is set.
  fileprivate mutating func set(_ name: String, _ value: SettingValue) throws -> Bool {
    guard has(name) else { return false }
    switch self {
    case .text(var rule):
      switch name {
      case "beams": rule.beams = try value.integer(1...64)
      case "min_length": rule.minLength = try value.integer(0...512)
      case "max_length": rule.maxLength = try value.integer(1...512)
      case "length_exponent": rule.lengthExponent = try value.number(0...10)
      case "prompt": rule.prompt = try value.text()
      default: rule.isTidied = try value.bool()
      }
      self = .text(rule)
    case .ranking(var rule):
      rule.kept = try value.integer(1...1_000_000)
      self = .ranking(rule)
    case .matching(var rule):
      rule.shortlist = try value.integer(1...1_000_000)
      self = .matching(rule)
    case .classes(var rule):
      let labels = try value.list.map { try $0.text() }
      guard labels.count == rule.labels.count, Set(labels).count == labels.count else {
        throw value.wrong("\(rule.labels.count) different names, by index")
      }
      rule.labels = labels
      self = .classes(rule)
    case .box: return false
    }
    return true
  }
}
