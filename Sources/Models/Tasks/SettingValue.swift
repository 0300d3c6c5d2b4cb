import Text
import Yams

/// A value of a YAML file with its place, for errors.
struct SettingValue {
  private let node: Node
  private let setting: String
  private let file: String

  init(_ node: Node, _ setting: String, _ file: String) {
    self.node = node
    self.setting = setting
    self.file = file
  }

  /// An integer in a range.
  func integer(_ range: ClosedRange<Int>) throws -> Int {
    guard let value = node.int, range.contains(value) else {
      throw wrong("a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// A number in a range.
  func number(_ range: ClosedRange<Double>) throws -> Double {
    guard let value = node.float, range.contains(value) else {
      throw wrong("a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return value
  }

  /// `true` or `false`.
  func bool() throws -> Bool {
    guard let value = node.bool else { throw wrong("true or false") }
    return value
  }

  /// A text on one line.
  func text() throws -> String {
    guard let value = node.string, !value.contains(where: \.isNewline) else {
      throw wrong("a text on one line")
    }
    return value
  }

  /// One of some words.
  func choice<Choice>(_ choices: [String: Choice]) throws -> Choice {
    guard let value = node.string.flatMap({ choices[$0] }) else {
      throw wrong(choices.isEmpty ? "nothing here" : "one of \(choices.keys.sorted().joined(separator: ", "))")
    }
    return value
  }

  /// The elements of a list; a single value is a list of one.
  var list: [SettingValue] {
    guard case .sequence(let nodes) = node else { return [self] }
    return nodes.enumerated().map { SettingValue($1, "\(setting)[\($0)]", file) }
  }

  /// The error of a value that does not fit.
  func wrong(_ expected: String) -> ModelError {
    .badSetting(file: file, setting: setting, found: found, expected: expected)
  }

  /// The error of a setting that a protocol does not have.
  func unknown(in task: TaskProtocol) -> ModelError {
    let names = task.ownSettingNames
    let name = setting.split(separator: ".").last.map(String.init) ?? setting
    let near = NearestNames.of(name, among: names, limit: 1)
    return .badSetting(
      file: file, setting: setting, found: "no setting of this task",
      expected: near.isEmpty ? "one of \(names.joined(separator: ", "))" : near[0])
  }

  private var found: String {
    switch node {
    case .scalar(let scalar): "'\(scalar.string.prefix(40))'"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }
}
