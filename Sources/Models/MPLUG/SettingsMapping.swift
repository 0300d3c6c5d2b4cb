import Text
import Yams

/// A mapping of a YAML file of settings, read strictly: a member that nobody knows is an error, and so
/// is a value of another kind.
struct SettingsMapping {
  private let members: [String: Node]
  private let place: String?
  private let file: String
  private let line: Int?

  /// The mapping that is a whole file.
  ///
  /// - Throws: `ModelError.badSetting`
  init(yaml: String, file: String) throws {
    let root: Node?
    do {
      root = try compose(yaml: yaml)
    } catch {
      throw ModelError.badSetting(
        file: file, setting: "the file", found: "no YAML (\(Self.oneLine("\(error)")))",
        expected: "a mapping of settings")
    }
    try self.init(root, nil, file)
  }

  private init(_ node: Node?, _ place: String?, _ file: String) throws {
    guard case .mapping(let mapping)? = node else {
      throw ModelError.badSetting(
        file: Self.at(node, file), setting: place ?? "the file",
        found: node.map(Self.shown) ?? "empty", expected: "a mapping of settings")
    }
    var members: [String: Node] = [:]
    for (key, value) in mapping {
      guard case .scalar(let name) = key else {
        throw ModelError.badSetting(
          file: Self.at(key, file), setting: place ?? "the file",
          found: "a mapping with \(Self.shown(key)) for a name", expected: "names that are words")
      }
      members[name.string] = value
    }
    (self.members, self.place, self.file, line) = (members, place, file, node?.mark?.line)
  }

  /// Checks that all members are known.
  ///
  /// - Throws: `ModelError.badSetting`, which suggests the nearest name.
  func allow(_ names: String...) throws { try allow(names) }

  /// As with names one by one.
  func allow(_ names: [String]) throws {
    for (name, value) in members.sorted(by: { $0.key < $1.key }) where !names.contains(name) {
      let near = NearestNames.of(name, among: names, limit: 1)
      throw ModelError.badSetting(
        file: Self.at(value, file), setting: setting(name), found: "no setting",
        expected: near.first ?? "one of \(names.joined(separator: ", "))")
    }
  }

  /// Whether there is a member of a name.
  func contains(_ name: String) -> Bool { members[name] != nil }

  /// A member that is a mapping.
  func mapping(_ name: String) throws -> SettingsMapping {
    try SettingsMapping(try member(name, "a mapping of settings"), setting(name), file)
  }

  /// A whole number, written in digits, in a range.
  func integer(_ name: String, _ range: ClosedRange<Int>) throws -> Int {
    let expected = "a whole number from \(range.lowerBound) to \(range.upperBound)"
    let node = try member(name, expected)
    guard case .scalar(let scalar) = node, scalar.style == .plain,
      scalar.string.utf8.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      let value = Int(scalar.string), range.contains(value)
    else { throw wrong(name, node, expected) }
    return value
  }

  /// A number in a range.
  func number(_ name: String, _ range: ClosedRange<Double>) throws -> Double {
    let expected = "a number from \(range.lowerBound) to \(range.upperBound)"
    let node = try member(name, expected)
    guard case .scalar(let scalar) = node, scalar.style == .plain,
      let value = Double(scalar.string), range.contains(value)
    else { throw wrong(name, node, expected) }
    return value
  }

  /// A text on one line; nil where there is none.
  func text(_ name: String) throws -> String? {
    guard let node = members[name] else { return nil }
    guard case .scalar(let scalar) = node, !scalar.string.contains(where: \.isNewline),
      !scalar.string.isEmpty
    else { throw wrong(name, node, "a text on one line") }
    return scalar.string
  }

  /// All members, each a text on one line, by name.
  func allTexts() throws -> [(name: String, text: String)] {
    try members.keys.sorted().compactMap { name in try text(name).map { (name, $0) } }
  }

  /// A list of texts; empty where there is none.
  func texts(_ name: String) throws -> [String] {
    guard let node = members[name] else { return [] }
    guard case .sequence(let nodes) = node else { throw wrong(name, node, "a list of texts") }
    return try nodes.map {
      guard case .scalar(let scalar) = $0 else { throw wrong(name, $0, "a list of texts") }
      return scalar.string
    }
  }

  /// `true` or `false`.
  func bool(_ name: String) throws -> Bool {
    let node = try member(name, "true or false")
    guard let value = node.bool else { throw wrong(name, node, "true or false") }
    return value
  }

  /// One of some words.
  func choice<Choice>(_ name: String, _ choices: [String: Choice]) throws -> Choice {
    try choice(name, of: member(name, Self.words(choices)), choices)
  }

  /// Some of some words.
  func choices<Choice>(_ name: String, _ choices: [String: Choice]) throws -> [Choice] {
    guard case .sequence(let nodes) = try member(name, "a list") else {
      return [try choice(name, choices)]
    }
    return try nodes.map { try choice(name, of: $0, choices) }
  }

  private func choice<Choice>(
    _ name: String, of node: Node, _ choices: [String: Choice]
  ) throws -> Choice {
    guard case .scalar(let scalar) = node, let value = choices[scalar.string] else {
      throw wrong(name, node, Self.words(choices))
    }
    return value
  }

  private static func words<Choice>(_ choices: [String: Choice]) -> String {
    "one of \(choices.keys.sorted().joined(separator: ", "))"
  }

  /// The error of a member that does not fit the others.
  func wrong(_ name: String, expected: String) -> ModelError {
    members[name].map { wrong(name, $0, expected) }
      ?? .badSetting(file: file, setting: setting(name), found: "missing", expected: expected)
  }

  private func member(_ name: String, _ expected: String) throws -> Node {
    guard let node = members[name] else {
      throw ModelError.badSetting(
        file: line.map { "\(file):\($0)" } ?? file, setting: setting(name), found: "missing",
        expected: expected)
    }
    return node
  }

  private func wrong(_ name: String, _ node: Node, _ expected: String) -> ModelError {
    .badSetting(
      file: Self.at(node, file), setting: setting(name), found: Self.shown(node),
      expected: expected)
  }

  private func setting(_ name: String) -> String {
    let name = Self.oneLine(String(name.prefix(40)))
    return place.map { "\($0).\(name)" } ?? name
  }

  private static func at(_ node: Node?, _ file: String) -> String {
    node?.mark.map { "\(file):\($0.line)" } ?? file
  }

  private static func shown(_ node: Node) -> String {
    switch node {
    case .scalar(let scalar): "'\(oneLine(String(scalar.string.prefix(40))))'"
    case .mapping: "a mapping"
    case .sequence: "a list"
    case .alias: "an alias"
    }
  }

  private static func oneLine(_ text: String) -> String {
    text.split(whereSeparator: \.isNewline).joined(separator: " ")
  }
}
