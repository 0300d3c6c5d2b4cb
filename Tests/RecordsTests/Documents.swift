import Foundation
import Records

/// A document in memory under the name `a.json`.
func document(_ text: String) -> MappedFile { document(Array(text.utf8)) }

func document(_ bytes: [UInt8]) -> MappedFile { MappedFile(bytes: bytes, name: "a.json") }

/// The whole document as a tree.
func parse(_ bytes: [UInt8]) throws -> JSONValue {
  var reader = try JSONReader(document(bytes))
  let value = try reader.readValue()
  try reader.finish()
  return value
}

/// Passes the whole document.
func skip(_ bytes: [UInt8]) throws {
  var reader = try JSONReader(document(bytes))
  try reader.skip()
  try reader.finish()
}

/// The error that a body throws, if it is one of JSON.
func jsonError(_ body: () throws -> Void) -> JSONError? {
  do {
    try body()
    return nil
  } catch {
    return error as? JSONError
  }
}

/// A fresh folder, deleted after the body.
func withFolder(_ body: (String) throws -> Void) throws {
  let folder = FileManager.default.temporaryDirectory
    .appendingPathComponent("records-tests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  try body(folder.path)
}

/// SplitMix64: the same numbers in every run.
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }
}

/// A document with everything in it.
let sample = """
  {"info": {"version": "2.0", "year": 2017, "empty": {}, "none": []},
   "annotations": [
    {"question_id": 262148000, "answers": [{"answer": "caf\\u00e9 \\"é\\" 日本 😀 \\ud83d\\ude00",
      "answer_id": 1}], "bbox": [1.5, -2e3, 0, -0.0, 473.07, 1e-7], "ok": true},
    {"question_id": -1, "answers": [], "not": false, "null": null, "\\t\\/\\b": "\\f\\n\\r\\\\"}
   ], "data_type": "mscoco"}

  """
