import Foundation
import TestSupport

/// Reads the golden metric files.
enum GoldenFiles {
  /// Decodes a file of the golden folder's `metrics`.
  static func decode<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> Value {
    guard let folder = Golden.folder else { throw CocoaError(.fileNoSuchFile) }
    let bytes = try Golden.bytes(folder.appendingPathComponent("metrics/\(path)"))
    return try JSONDecoder().decode(type, from: bytes)
  }

  /// Decodes a file of the fixtures.
  static func fixture<Value: Decodable>(_ type: Value.Type, _ path: String) throws -> Value {
    let bytes = try Data(contentsOf: Golden.fixtures.appendingPathComponent(path))
    return try JSONDecoder().decode(type, from: bytes)
  }
}

/// Counts how many values agree to a relative 1e-9, and how many to the bit.
struct Agreement {
  private(set) var values = 0
  private(set) var equal = 0
  private(set) var failures: [String] = []

  /// A logarithm or power may differ in its last bit between libraries, so 1e-9 is asked for.
  mutating func compare(_ found: Double, _ expected: Double, _ label: @autoclosure () -> String) {
    values += 1
    if found == expected { equal += 1 }
    let distance = abs(found - expected)
    if !(distance <= 1e-9 * max(abs(expected), 1e-300)) {
      failures.append("\(label()): expected \(expected), found \(found)")
    }
  }

  /// Compares lists value by value.
  mutating func compare(_ found: [Double]?, _ expected: [Double], _ label: String) {
    guard let found, found.count == expected.count else {
      failures.append("\(label): counts differ")
      return
    }
    for index in found.indices { compare(found[index], expected[index], "\(label)[\(index)]") }
  }
}
