import Pickle
import Records

/// A record of a pickled list while its members are read.
struct PickleRecord {
  let path: String
  /// Counted from 0.
  let index: Int
  let value: PickleValue
  /// What the file should be, for the end of messages.
  let remedy: String

  func error(_ reason: String) -> DatasetError {
    .badValue(
      path: path, record: index, offset: value.offset ?? 0, reason: reason, remedy: remedy)
  }

  /// A member of a dictionary.
  ///
  /// - Throws: `DatasetError.badValue` where there is none.
  func member(_ key: StaticString, of value: PickleValue? = nil) throws -> PickleValue {
    let value = value ?? self.value
    guard let member = value[key] else {
      throw error(
        value.kind == .dict
          ? "\"\(key)\" is missing" : "expected a dictionary, found \(value.kind.rawValue)")
    }
    return member
  }

  /// An integer.
  ///
  /// - Throws: `DatasetError.badValue` for another kind.
  func int(_ key: StaticString, of value: PickleValue? = nil) throws -> Int {
    let member = try member(key, of: value)
    guard let int = member.int else {
      throw error("\"\(key)\" must be an integer, found \(member.kind.rawValue)")
    }
    return int
  }

  /// A string.
  ///
  /// - Throws: `DatasetError.badValue` for another kind.
  func string(_ key: StaticString, of value: PickleValue? = nil) throws -> String {
    let member = try member(key, of: value)
    guard let string = member.string else {
      throw error("\"\(key)\" must be a string, found \(member.kind.rawValue)")
    }
    return string
  }

  /// A list.
  ///
  /// - Throws: `DatasetError.badValue` for another kind.
  func list(_ key: StaticString) throws -> PickleElements {
    let member = try member(key)
    guard let elements = member.elements else {
      throw error("\"\(key)\" must be a list, found \(member.kind.rawValue)")
    }
    return elements
  }
}
