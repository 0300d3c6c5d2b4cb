import Foundation
import Records

/// Whole JSON files for tests, read by our own reader.
package enum JSONFile {
  /// The value of a file; `.gz` is unpacked.
  package static func read(_ path: String) throws -> JSONValue {
    let bytes = try Golden.bytes(URL(fileURLWithPath: path))
    return try parse(Array(bytes), name: path)
  }

  /// The value of a text.
  package static func parse(_ text: String) throws -> JSONValue {
    try parse(Array(text.utf8), name: "text")
  }

  /// The value of each line.
  package static func lines(_ path: String) throws -> [JSONValue] {
    try String(decoding: try Golden.bytes(URL(fileURLWithPath: path)), as: UTF8.self)
      .split(separator: "\n").map { try parse(Array($0.utf8), name: path) }
  }

  private static func parse(_ bytes: [UInt8], name: String) throws -> JSONValue {
    var reader = try JSONReader(MappedFile(bytes: bytes, name: name))
    let value = try reader.readValue()
    try reader.finish()
    return value
  }
}

extension JSONValue {
  /// The value as a file of one line.
  package func text() throws -> String {
    String(decoding: try serialized(), as: UTF8.self) + "\n"
  }
}
